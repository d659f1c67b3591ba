/** The calendar of filings at a personal address: for whoever governs today, and empty for everybody else. */
import ICAL from 'ical.js';
import { expect, it } from 'vitest';
import { describeOnEachStore } from '../support/book.ts';
import { expectedOf, inDays } from '../support/filings.ts';
import { calendarCodeOf } from '../support/meetings.ts';

const eventsOf = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map(event => ({
    uid: String(event.getFirstPropertyValue('uid')),
    start: String(event.getFirstPropertyValue('dtstart')),
    sequence: Number(event.getFirstPropertyValue('sequence')),
    summary: String(event.getFirstPropertyValue('summary')),
  }));

describeOnEachStore('the calendar of filings', book => {
  const dueIn = (days: number) => {
    const date = inDays(book(), days);
    return expectedOf(book(), {
      named: date,
      due: date,
      period: { from: date, to: date },
      extendable: null,
      form: null,
    });
  };

  it('shows what is to be done, however long it is overdue, and what was done since last year', async () => {
    const { as, origin } = book();
    const soon = await dueIn(5);
    const old = await dueIn(-1500);
    const forgotten = await dueIn(-1501);
    const body = { on: inDays(book(), -1501), by: 'A', way: 'mail' as const };
    await as.treasurer.submitFiling({ params: { filingId: forgotten.filingId }, version: forgotten.version, body });
    const code = await calendarCodeOf(as.auditor);
    const address = `${origin}/v1/calendars/${code}/filings`;
    const answer = await fetch(address);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    const text = await answer.text();
    expect(eventsOf(text).map(({ uid, start }) => [uid, start])).toEqual([
      [old.filingId, inDays(book(), -1500)],
      [soon.filingId, inDays(book(), 5)],
    ]);
    const etag = { headers: { 'if-none-match': String(answer.headers.get('etag')) } };
    expect((await fetch(address, etag)).status).toBe(304);
    const params = { filingId: soon.filingId };
    const moved = { due: inDays(book(), 9), reason: 'A notice.' };
    await as.secretary.moveFiling({ params, version: soon.version, body: moved });
    const changed = await fetch(address, etag);
    expect(changed.status).toBe(200);
    expect(eventsOf(await changed.text()).at(-1)).toMatchObject({
      uid: soon.filingId,
      start: inDays(book(), 9),
      sequence: 1,
    });
  });

  it('is empty for members, for whoever governs no more, and not there under a code that was revoked', async () => {
    const { as, bodies, signedIn } = book();
    await dueIn(6);
    const read = async (code: string) => as.public.readFilingsCalendar({ params: { code } });
    expect(eventsOf((await read(await calendarCodeOf(as.member))).text)).toEqual([]);

    const email = 'former@test.example';
    const { id } = (await as.secretary.createPerson({ body: { name: 'Former', email } })).body;
    const seat = { personId: id, office: 'director', title: null, voting: true, from: '2020-01-01', to: null } as const;
    const { id: seatId, version } = (await as.secretary.createSeat({ params: { bodyId: bodies.board }, body: seat }))
      .body;
    const client = await signedIn(email);
    const code = await calendarCodeOf(client);
    expect(eventsOf((await read(code)).text).length).toBeGreaterThan(0);
    const end = { lastDay: '2021-01-01', reason: 'Over.' };
    expect((await as.secretary.endSeat({ params: { seatId }, version, body: end })).status).toBe(200);
    expect(eventsOf((await read(code)).text)).toEqual([]);
    const revoked = await calendarCodeOf(as.director);
    await as.director.revokeCalendarAddress();
    const gone = await read(revoked);
    expect(gone.status).toBe(404);
    expect(gone.text).toBe((await read('AAAAAAAAAAAAAAAAAAAAAA')).text);
  });
});
