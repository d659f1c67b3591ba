/** Calendars of meetings: what everybody may know of a body, and what one person's address shows while the seats last. */
import ICAL from 'ical.js';
import { expect, it } from 'vitest';
import { sha256 } from '../../shared/core/digest.ts';
import { calendarKey } from '../../shared/core/meetings/calendarAddress.ts';
import { recordKey } from '../../shared/core/records.ts';
import { describeOnEachStore } from '../support/book.ts';
import { calendarCodeOf, factsOf, noticedOf, scheduledOf } from '../support/meetings.ts';
import { bodyOf } from '../support/resolutions.ts';

const eventsOf = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map(event => ({
    uid: String(event.getFirstPropertyValue('uid')),
    summary: String(event.getFirstPropertyValue('summary')),
    status: String(event.getFirstPropertyValue('status')),
    sequence: Number(event.getFirstPropertyValue('sequence')),
    location: event.getFirstPropertyValue('location'),
  }));

describeOnEachStore('calendars', book => {
  const personWith = async (name: string, bodyId: string) => {
    const { as, signedIn } = book();
    const email = `${name}@test.example`;
    const { id } = (await as.secretary.createPerson({ body: { name, email } })).body;
    const seat = { personId: id, office: 'member', title: null, voting: true, from: '2020-01-01', to: null } as const;
    const { id: seatId, version } = (await as.secretary.createSeat({ params: { bodyId }, body: seat })).body;
    const end = (lastDay: string) =>
      as.secretary
        .endSeat({ params: { seatId }, version, body: { lastDay, reason: 'Over.' } })
        .then(answer => answer.body);
    return { id, client: await signedIn(email), end };
  };

  it('of a body hold what everybody may know, in every state, and no more', async () => {
    const { as, origin } = book();
    const bodyId = await bodyOf(book(), ['member']);
    await scheduledOf(as.secretary, bodyId, { title: 'Not noticed' });
    await noticedOf(as.secretary, bodyId, { title: 'Hidden', isPublic: false });
    const known = await noticedOf(as.secretary, bodyId, { title: 'Budget, staff; \\plans\\' });
    const read = async () => (await as.member.readBodyCalendar({ params: { bodyId } })).text;
    const before = await read();
    const confirmed = { uid: known.id, summary: 'Budget, staff; \\plans\\ (A body)', location: null };
    expect(eventsOf(before)).toEqual([{ ...confirmed, status: 'CONFIRMED', sequence: 1 }]);
    expect(before).not.toMatch(/library|secret/i);
    const reason = { reason: 'Snow.' };
    await as.secretary.cancelMeeting({ params: { meetingId: known.id }, version: known.version, body: reason });
    expect(eventsOf(await read())).toEqual([{ ...confirmed, status: 'CANCELLED', sequence: 2 }]);
    const address = `${origin}/v1/bodies/${bodyId}/calendar`;
    const answer = await fetch(address);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(answer.headers.get('cache-control')).toContain('public');
    const again = await fetch(address, { headers: { 'if-none-match': String(answer.headers.get('etag')) } });
    expect(again.status).toBe(304);
  });

  it('of a person hold all meetings of the bodies in which the person sits, and nothing once the seat has ended', async () => {
    const { as, origin } = book();
    const bodyId = await bodyOf(book(), ['member']);
    const other = await bodyOf(book(), ['member']);
    const { client, end } = await personWith('calendar', bodyId);
    const scheduled = await scheduledOf(as.secretary, bodyId, { title: 'Not noticed' });
    await noticedOf(as.secretary, bodyId, { title: 'Hidden', isPublic: false });
    await noticedOf(as.secretary, other, { title: 'Of another body' });
    const { address } = (await client.createCalendarAddress()).body;
    expect(address).toMatch(new RegExp(`^${origin}/v1/calendars/[\\w-]{22}$`));
    const read = async () => eventsOf(await (await fetch(address)).text());
    const place = { location: 'The library' };
    expect(await read()).toMatchObject([
      { uid: scheduled.id, summary: 'Not noticed (A body)', status: 'TENTATIVE', sequence: 0, ...place },
      { summary: 'Hidden (A body)', status: 'CONFIRMED', sequence: 1, ...place },
    ]);
    const answer = await fetch(address);
    expect(await answer.text()).not.toContain('secret-room');
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    const etag = { headers: { 'if-none-match': String(answer.headers.get('etag')) } };
    expect((await fetch(address, etag)).status).toBe(304);
    const { id: meetingId, version } = scheduled;
    await as.secretary.updateMeeting({ params: { meetingId }, version, body: factsOf({ title: 'Renamed' }) });
    expect((await fetch(address, etag)).status).toBe(200);
    expect((await read()).map(({ summary }) => summary)).toContain('Renamed (A body)');
    await end('2021-01-01');
    expect(await read()).toEqual([]);
  });

  it('are found at one address at a time: a new one or a revocation ends the one before', async () => {
    const { as, bodies } = book();
    const { client } = await personWith('moving', bodies.group);
    const status = async (code: string) => (await as.public.readCalendar({ params: { code } })).status;
    const first = await calendarCodeOf(client);
    expect(await status(first)).toBe(200);
    const second = await calendarCodeOf(client);
    expect([await status(first), await status(second)]).toEqual([404, 200]);
    expect((await client.revokeCalendarAddress()).body).toEqual({ revoked: true });
    expect((await client.revokeCalendarAddress()).body).toEqual({ revoked: false });
    const gone = await as.public.readCalendar({ params: { code: second } });
    const never = await as.public.readCalendar({ params: { code: 'AAAAAAAAAAAAAAAAAAAAAA' } });
    expect([gone.status, gone.text]).toEqual([404, never.text]);
    const together = await Promise.all([1, 2, 3].map(() => calendarCodeOf(client)));
    const left = await Promise.all(together.map(status));
    expect(left.toSorted()).toEqual([200, 404, 404]);
  });

  it('have addresses that are told once, and stand in no record, no event and no line of the log', async () => {
    const { as, bodies, records, log } = book();
    const { id, client } = await personWith('quiet', bodies.group);
    const key = `calendar-${id}`;
    const { address } = (await client.createCalendarAddress({ key })).body;
    expect((await client.createCalendarAddress({ key })).problem.code).toBe('already-exists');
    const code = String(address.split('/').at(-1));
    await as.public.readCalendar({ params: { code } });
    await as.public.readCalendar({ params: { code: `${code}x` } });
    const { body } = await as.auditor.listEvents({ params: { kind: 'calendar-address', recordId: id } });
    const known = await records.getMany([recordKey('calendar-address', id), calendarKey(sha256(code))]);
    expect(known.every(item => item !== undefined)).toBe(true);
    expect(log.some(({ operation }) => operation === 'readCalendar')).toBe(true);
    expect(JSON.stringify([body, known, log])).not.toContain(code);
  });
});
