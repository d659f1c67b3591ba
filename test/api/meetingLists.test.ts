/** Lists of meetings, meetings that repeat, and requests that are not right. */
import { afterEach, expect, it } from 'vitest';
import { describeOnEachStore } from '../support/book.ts';
import type { Client } from '../support/client.ts';
import { documentFacts, publishedDocumentOf } from '../support/documents.ts';
import { inMinutes, meetingFacts, noticedOf, openMeetingOf, scheduledOf } from '../support/meetings.ts';
import { bodyOf, draftedOf } from '../support/resolutions.ts';

const unknown = '01890a5d-ac96-774b-bcce-b302099a8057';

describeOnEachStore('lists of meetings', book => {
  afterEach(() => book().setClock(undefined));
  const on = (day: string) => ({ startsAt: `${day}T17:00:00Z`, endsAt: `${day}T18:00:00Z`, title: day });
  const titlesOf = async (client: Client, bodyId: string, query: Record<string, string> = {}) => {
    const titles: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const all: Record<string, string> = { ...query, ...(cursor === '' ? {} : { cursor }) };
      const { items, next }: Listed = (await client.listMeetings({ params: { bodyId }, query: all })).body;
      titles.push(...items.map(({ title }) => title));
      cursor = next === null ? null : new URL(next, 'http://book').searchParams.get('cursor');
    }
    return titles;
  };

  it('show what is to come in its order, what is past the latest first, and years, page by page', async () => {
    const { as, setClock } = book();
    const bodyId = await bodyOf(book(), ['member']);
    setClock('2029-01-01T12:00:00.000Z');
    const days = ['2029-12-20', '2030-01-10', '2030-05-10', '2030-06-10', '2030-07-10', '2031-01-10'];
    for (const day of days.toReversed()) await scheduledOf(as.secretary, bodyId, on(day));
    setClock('2030-06-10T17:30:00.000Z');
    for (const limit of ['1', '2', '100']) {
      expect(await titlesOf(as.member, bodyId, { limit })).toEqual(days.slice(3));
      expect(await titlesOf(as.member, bodyId, { limit, when: 'past' })).toEqual(days.slice(0, 3).toReversed());
      expect(await titlesOf(as.member, bodyId, { limit, year: '2030' })).toEqual(days.slice(1, 5));
      expect(await titlesOf(as.member, bodyId, { limit, year: '2030', when: 'upcoming' })).toEqual(days.slice(3, 5));
    }
    setClock('2030-06-10T18:00:00.000Z');
    expect(await titlesOf(as.member, bodyId)).toEqual(days.slice(4));
    expect((await as.public.listMeetings({ params: { bodyId: unknown } })).status).toBe(404);
  });

  it('name what is under way as the next meeting, then what comes, and nothing that is cancelled or hidden', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member']);
    const next = async (client: Client) => (await client.getNextMeeting({ params: { bodyId } })).body.meeting?.title;
    expect(await next(as.member)).toBeUndefined();
    const later = { startsAt: inMinutes(3000), endsAt: inMinutes(3060) };
    await noticedOf(as.secretary, bodyId, { ...later, title: 'Later' });
    const sooner = { startsAt: inMinutes(2000), endsAt: inMinutes(2060), title: 'Sooner' };
    const { id, version } = await scheduledOf(as.secretary, bodyId, sooner);
    expect([await next(as.member), await next(as.public)]).toEqual(['Sooner', 'Later']);
    await as.secretary.cancelMeeting({ params: { meetingId: id }, version, body: { reason: 'Snow.' } });
    expect([await next(as.member), await next(as.public)]).toEqual(['Later', 'Later']);
    const open = await openMeetingOf(as.secretary, bodyId, { title: 'Now', isPublic: false });
    expect([await next(as.member), await next(as.public)]).toEqual(['Now', 'Later']);
    await as.secretary.adjournMeeting({ params: { meetingId: open.id }, version: open.version });
    expect(await next(as.member)).toBe('Later');
  });

  it('hold all occurrences of a meeting that repeats, at the same time on the wall', async () => {
    const { as, setClock } = book();
    const bodyId = await bodyOf(book(), ['member']);
    setClock('2030-02-01T12:00:00.000Z');
    const repeat = { every: 'month', same: 'weekday', count: 12 } as const;
    const facts = { startsAt: '2030-02-12T23:30:00Z', endsAt: '2030-02-13T01:00:00Z', repeat };
    const { items } = (await as.secretary.createMeeting({ params: { bodyId }, body: meetingFacts(facts) })).body;
    expect(items).toHaveLength(12);
    expect(items.slice(0, 3).map(({ startsAt, endsAt }) => [startsAt.slice(5, 16), endsAt.slice(5, 16)])).toEqual([
      ['02-12T23:30', '02-13T01:00'],
      ['03-12T22:30', '03-13T00:00'],
      ['04-09T22:30', '04-10T00:00'],
    ]);
    expect(await titlesOf(as.member, bodyId)).toHaveLength(12);
    const series = new Set<string | null | undefined>();
    for (const { id } of items) {
      series.add((await as.member.getMeeting({ params: { meetingId: id } })).body.details?.seriesId);
      const { body } = await as.auditor.listEvents({ params: { kind: 'meeting', recordId: id } });
      expect(body.items).toHaveLength(1);
    }
    expect([...series]).toEqual([expect.any(String)]);
  });

  it.each<[string, object, string]>([
    ['an end before the beginning', { endsAt: inMinutes(-10) }, '/endsAt'],
    ['an end in the past', { startsAt: inMinutes(-100), endsAt: inMinutes(-50) }, '/endsAt'],
    ['a beginning that is no whole minute', { startsAt: '2030-01-01T10:00:30Z' }, '/startsAt'],
    ['a beginning that is no moment', { startsAt: '2030-02-30T10:00:00Z' }, '/startsAt'],
    ['a time zone that there is not', { timeZone: 'America/Nowhere' }, '/timeZone'],
    ['another kind', { kind: 'secret' }, '/kind'],
    ['a title over two lines', { title: 'One\r\nSTATUS:CANCELLED' }, '/title'],
    ['no title', { title: ' ' }, '/title'],
    ['too many guests', { guests: Array.from({ length: 51 }, () => 'A Guest') }, '/guests'],
    ['too long an agenda', { agenda: Array.from({ length: 51 }, () => ({ title: 'x' })) }, '/agenda'],
    [
      'an agenda with too much text',
      { agenda: Array.from({ length: 9 }, () => ({ title: 'x', description: 'x'.repeat(5000) })) },
      '/agenda',
    ],
    ['a resolution that there is not', { agenda: [{ title: 'x', resolutionId: unknown }] }, '/agenda/0/resolutionId'],
    [
      'a document that there is not',
      { agenda: [{ title: 'x', documents: [{ documentId: unknown, version: 1 }] }] },
      '/agenda/0/documents/0',
    ],
    ['too many occurrences', { repeat: { every: 'week', count: 13 } }, '/repeat/count'],
    ['one occurrence', { repeat: { every: 'week', count: 1 } }, '/repeat/count'],
    ['an unknown interval', { repeat: { every: 'day', count: 2 } }, '/repeat/every'],
    ['a field that is not known', { secret: true }, '/secret'],
  ])('refuse %s, by the name of the field', async (_what, more, field) => {
    const { as, bodies } = book();
    const body = { ...meetingFacts(), ...more } as never;
    const answer = await as.secretary.createMeeting({ params: { bodyId: bodies.group }, body });
    expect(answer.problem).toMatchObject({ code: 'validation-failed' });
    expect(answer.problem.errors?.map(error => error.field)).toContain(field);
    expect(await titlesOf(as.secretary, bodies.group)).toEqual([]);
  });

  it('link agendas only to what the body has, and its leader sees', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member'], { office: 'chair' as 'co-chair' });
    const other = await bodyOf(book(), ['member', 'director']);
    const item = (more: object) => ({ agenda: [{ title: 'x', ...more }] });
    const create = (more: object) =>
      as.member.createMeeting({ params: { bodyId }, body: { ...meetingFacts(), ...more } });
    const own = await draftedOf(as.member, bodyId);
    const foreign = await draftedOf(as.member, other);
    expect((await create(item({ resolutionId: own.id }))).status).toBe(201);
    expect((await create(item({ resolutionId: foreign.id }))).problem.errors).toMatchObject([
      { field: '/agenda/0/resolutionId' },
    ]);
    const { documentId } = await publishedDocumentOf(book());
    expect((await create(item({ documents: [{ documentId, version: 1 }] }))).status).toBe(201);
    const secret = documentFacts({ access: 'confidential' });
    const { id } = (await as.secretary.createDocument({ body: secret })).body;
    for (const document of [
      { documentId, version: 2 },
      { documentId: id, version: 1 },
    ]) {
      expect((await create(item({ documents: [document] }))).problem.errors).toMatchObject([
        { field: '/agenda/0/documents/0' },
      ]);
    }
  });
});

type Listed = Awaited<ReturnType<Client['listMeetings']>>['body'];
