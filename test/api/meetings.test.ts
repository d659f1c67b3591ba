/** Meetings over HTTP: scheduled, noticed by the rules of the body, held, adjourned; and who may know what of them. */
import { afterEach, expect, it } from 'vitest';
import { describeOnEachStore } from '../support/book.ts';
import { clientFor } from '../support/client.ts';
import {
  attendanceOf,
  factsOf,
  inMinutes,
  meetingFacts,
  noticedOf,
  openMeetingOf,
  scheduledOf,
} from '../support/meetings.ts';
import { bodyOf } from '../support/resolutions.ts';

const unknown = '01890a5d-ac96-774b-bcce-b302099a8057';

describeOnEachStore('meetings', book => {
  afterEach(() => book().setClock(undefined));
  const bodyWith = (...voters: Parameters<typeof bodyOf>[1]) => bodyOf(book(), voters);
  const noticeRule = async (bodyId: string, special: object) => {
    const params = { bodyId };
    const { from, version, history, proof, ...rules } = (await book().as.public.getRules({ params })).body;
    const notice = { source: 'Bylaws, article 5', regular: null, special, holidays: 'us-federal' } as never;
    const body = { ...rules, notice, from: '2021-01-01', reason: 'Adopted.' };
    await book()
      .as.secretary.updateRules({ params, version, body })
      .then(answer => answer.body);
  };

  it('go from scheduling to adjournment, with every step on record', async () => {
    const { as, people, setClock } = book();
    const bodyId = await bodyWith('member', 'director', 'treasurer');
    setClock('2030-03-01T15:00:00.000Z');
    const times = { startsAt: '2030-03-15T01:00:00Z', endsAt: '2030-03-15T03:00:00Z' };
    const { id, version } = await scheduledOf(as.secretary, bodyId, times);
    const params = { meetingId: id };
    const agenda = [{ title: 'Budget', description: '*Figures*', resolutionId: null, documents: [] }];
    const body = factsOf({ ...times, agenda, guests: ['A Guest'] });
    const changed = (await as.secretary.updateMeeting({ params, version, body })).body;
    expect(changed).toMatchObject({ state: 'scheduled', version: 2, details: { agenda, guests: ['A Guest'] } });
    const noticed = (await as.secretary.giveNotice({ params, version: 2, body: {} })).body;
    const by = { id: people.secretary, name: 'Person secretary' };
    expect(noticed).toMatchObject({
      state: 'noticed',
      details: { notice: { by, givenAt: '2030-03-01T15:00:00.000Z', check: { meetsOn: '2030-03-14', inTime: true } } },
    });
    setClock('2030-03-15T01:02:00.000Z');
    const opened = (await as.secretary.openMeeting({ params, version: 3 })).body;
    expect(opened).toMatchObject({ state: 'open', details: { quorum: { present: 0, inOffice: 3 } } });
    const arrival = (personId: string, more: object = {}) =>
      as.secretary.recordArrival({ params: { ...params, personId }, body: more }).then(answer => answer.body);
    await arrival(people.member, { at: '2030-03-15T00:55:00Z' });
    await arrival(people.director, { remote: true });
    expect((await as.member.getMeeting({ params })).body.details?.quorum).toMatchObject({ present: 2, inOffice: 3 });
    setClock('2030-03-15T01:30:00.000Z');
    const departure = { ...params, personId: people.director };
    await as.secretary.recordDeparture({ params: departure, body: {} }).then(answer => answer.body);
    expect((await as.member.getMeeting({ params })).body.details?.quorum).toMatchObject({ present: 1 });
    expect(Object.fromEntries(await attendanceOf(as.member, id))).toEqual({
      'Person member': [{ from: '2030-03-15T00:55:00.000Z', to: null, remote: false }],
      'Person director': [{ from: '2030-03-15T01:02:00.000Z', to: '2030-03-15T01:30:00.000Z', remote: true }],
    });
    const adjourned = (await as.secretary.adjournMeeting({ params, version: 4 })).body;
    expect(adjourned).toMatchObject({
      state: 'adjourned',
      details: { quorum: null, held: { openedAt: '2030-03-15T01:02:00.000Z', closedAt: '2030-03-15T01:30:00.000Z' } },
    });
    const late = { params: { ...params, personId: people.treasurer }, body: {} };
    expect((await as.secretary.recordArrival(late)).problem.code).toBe('state-conflict');
    const events = (await as.auditor.listEvents({ params: { kind: 'meeting', recordId: id } })).body.items;
    expect(events.map(({ operation }) => operation).toReversed()).toEqual([
      'createMeeting',
      'updateMeeting',
      'giveNotice',
      'openMeeting',
      'adjournMeeting',
    ]);
    const attended = { kind: 'attendance', recordId: `${id}~${people.director}` };
    expect((await as.auditor.listEvents({ params: attended })).body.items).toHaveLength(2);
  });

  it('are noticed until the last minute of the last day, where the organisation is, and later only for a reason', async () => {
    const { as, setClock } = book();
    const bodyId = await bodyWith('member');
    await noticeRule(bodyId, { leastDays: 2, mostDays: 30, counted: 'calendar' });
    setClock('2030-03-01T15:00:00.000Z');
    // In New York it is on the evening of the 14th.
    const facts = { kind: 'special', startsAt: '2030-03-15T01:00:00Z', endsAt: '2030-03-15T03:00:00Z' } as const;
    const notice = async (at: string, waiver: string | null = null) => {
      setClock('2030-03-01T15:00:00.000Z');
      const { id, version } = await scheduledOf(as.secretary, bodyId, facts);
      setClock(at);
      return as.secretary.giveNotice({ params: { meetingId: id }, version, body: { waiver } });
    };
    const inTime = (await notice('2030-03-13T03:59:59.999Z')).body.details?.notice;
    expect(inTime).toMatchObject({ waiver: null, check: { givenOn: '2030-03-12', days: 2, lastDay: '2030-03-12' } });
    const late = (await notice('2030-03-13T04:00:00.000Z')).problem;
    expect(late).toMatchObject({ code: 'state-conflict' });
    expect(late.detail).toContain('the last possible day is 2030-03-12');
    const waived = (await notice('2030-03-13T04:00:00.000Z', 'All agreed.')).body.details?.notice;
    expect(waived).toMatchObject({ waiver: 'All agreed.', check: { inTime: false } });
  });

  it('count business days where the rules say so, and lose a notice that told another time', async () => {
    const { as, setClock } = book();
    const bodyId = await bodyWith('member');
    await noticeRule(bodyId, { leastDays: 3, mostDays: null, counted: 'business' });
    // Monday, 18 February 2030, was a holiday.
    setClock('2030-02-15T20:00:00.000Z');
    const times = (day: string) => ({ startsAt: `${day}T18:00:00Z`, endsAt: `${day}T19:00:00Z` });
    const { id, version } = await scheduledOf(as.secretary, bodyId, { kind: 'special', ...times('2030-02-20') });
    const params = { meetingId: id };
    const late = await as.secretary.giveNotice({ params, version, body: {} });
    expect(late.problem.detail).toContain('the last possible day is 2030-02-14');
    const opening = await as.secretary.openMeeting({ params, version });
    expect(opening.problem.detail).toContain('Notice of it was not given');
    const moved = factsOf({ kind: 'special', ...times('2030-02-21') });
    await as.secretary.updateMeeting({ params, version, body: moved });
    const noticed = (await as.secretary.giveNotice({ params, version: 2, body: {} })).body;
    expect(noticed.details?.notice?.check).toMatchObject({ days: 3, inTime: true });
    const again = { params, version: 3, body: factsOf({ kind: 'special', ...times('2030-02-22') }) };
    expect((await as.secretary.updateMeeting(again)).body).toMatchObject({
      state: 'scheduled',
      details: { notice: null },
    });
  });

  it('are known to everybody once noticed, if they are public; the rest is for the body and officers', async () => {
    const { as } = book();
    const bodyId = await bodyWith('member');
    const agenda = [{ title: 'The secret plan' }];
    const see = async (meetingId: string) => {
      const seen: Record<string, string> = {};
      for (const [role, client] of Object.entries(as)) {
        const answer = await client.getMeeting({ params: { meetingId } });
        if (answer.status === 200) seen[role] = answer.body.details === null ? 'that there is one' : 'all';
        else expect(answer.text, role).toBe((await client.getMeeting({ params: { meetingId: unknown } })).text);
        if (seen[role] === 'that there is one') expect(answer.text).not.toMatch(/secret|library/i);
        const minutes = await client.listAttendance({ params: { meetingId } });
        const hidden = client.token === undefined ? 401 : role === 'signed-in' ? 403 : 404;
        expect(minutes.status, role).toBe(seen[role] === 'all' ? 200 : hidden);
      }
      return seen;
    };
    const insiders = { member: 'all', director: 'all', secretary: 'all', treasurer: 'all', auditor: 'all' };
    const others = ['public', 'signed-in', 'administrator'];
    const rest = Object.fromEntries(others.map(role => [role, 'that there is one']));
    expect(await see((await scheduledOf(as.secretary, bodyId, { agenda })).id)).toEqual(insiders);
    const known = await noticedOf(as.secretary, bodyId, { agenda });
    expect(await see(known.id)).toEqual({ ...insiders, ...rest });
    expect(await see((await noticedOf(as.secretary, bodyId, { agenda, isPublic: false })).id)).toEqual(insiders);
    const titles = async (client: typeof as.public) => {
      const { items } = (await client.listMeetings({ params: { bodyId } })).body;
      return items.map(({ id, place }) => [id, place]);
    };
    expect(await titles(as.public)).toEqual([[known.id, null]]);
    expect(await titles(as.administrator)).toEqual([[known.id, null]]);
    expect(await titles(as.auditor)).toHaveLength(3);
    expect(await titles(as.member)).toHaveLength(3);
  });

  it('are led by whoever leads the body, and by nobody else', async () => {
    const { as, people } = book();
    const bodyId = await bodyOf(book(), ['director'], { office: 'co-chair' });
    await as.secretary.createSeat({
      params: { bodyId },
      body: { personId: people.member, office: 'member', title: null, voting: true, from: '2020-01-01', to: null },
    });
    const { id, version } = await openMeetingOf(as.director, bodyId);
    const params = { meetingId: id };
    const personId = people.member;
    for (const [role, status] of [
      ['member', 403],
      ['treasurer', 403],
      ['administrator', 404],
    ] as const) {
      const client = as[role];
      const answers = await Promise.all([
        client.updateMeeting({ params, version, body: factsOf() }),
        client.giveNotice({ params, version, body: {} }),
        client.cancelMeeting({ params, version, body: { reason: 'No.' } }),
        client.openMeeting({ params, version }),
        client.adjournMeeting({ params, version }),
        client.recordArrival({ params: { ...params, personId }, body: {} }),
        client.recordDeparture({ params: { ...params, personId }, body: {} }),
        client.recordMinutes({ params, version: 0, body: { text: 'x' } }),
      ]);
      expect(
        answers.map(answer => answer.status),
        role,
      ).toEqual(answers.map(() => status));
      expect((await client.createMeeting({ params: { bodyId }, body: meetingFacts() })).status).toBe(403);
    }
    expect((await as.director.getMeeting({ params })).body).toMatchObject({ state: 'open', version });
    expect(await attendanceOf(as.director, id)).toEqual(new Map());
  });

  it('are attended only by those with a seat on that day, once at a time, however many say so at once', async () => {
    const { as, people } = book();
    const bodyId = await bodyWith('member', 'director');
    const { id } = await openMeetingOf(as.secretary, bodyId);
    const arrive = (personId: string, body: { at?: string } = {}) =>
      as.secretary.recordArrival({ params: { meetingId: id, personId }, body });
    for (const personId of [people.treasurer, unknown]) {
      expect((await arrive(personId)).problem).toMatchObject({ code: 'state-conflict' });
    }
    const answers = await Promise.all([1, 2, 3, 4].map(() => arrive(people.member, { at: inMinutes(-1) })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409]);
    expect((await attendanceOf(as.member, id)).get('Person member')).toHaveLength(1);
    expect((await arrive(people.director, { at: inMinutes(5) })).problem.errors).toMatchObject([{ field: '/at' }]);
    expect((await arrive(people.director, { at: inMinutes(-200) })).status).toBe(409);
  });

  it('change once when two change the same, and are made once with one key', async () => {
    const { as, origin } = book();
    const bodyId = await bodyWith('member');
    const { id, version } = await scheduledOf(as.secretary, bodyId);
    const notice = () =>
      as.secretary.giveNotice({ params: { meetingId: id }, version, body: { waiver: 'All agreed.' } });
    const statuses = (await Promise.all([notice(), notice()])).map(answer => answer.status);
    expect(statuses.toSorted()).toEqual([200, 412]);
    const client = clientFor(origin, as.secretary.token);
    const create = () => client.createMeeting({ params: { bodyId }, key: `key-${bodyId}`, body: meetingFacts() });
    const [one, again] = await Promise.all([create(), create()]);
    expect(one.body).toEqual(again.body);
    expect((await as.secretary.listMeetings({ params: { bodyId } })).body.items).toHaveLength(2);
  });
});
