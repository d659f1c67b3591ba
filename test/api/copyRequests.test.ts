/** Requests for copies over HTTP: the days that the law gives, the answer, and who may know of them. */
import { expect, it } from 'vitest';
import { describeOnEachStore } from '../support/book.ts';
import { copyRequestFacts, copyRequestOf } from '../support/inspectionRequests.ts';

describeOnEachStore('requests for copies', open => {
  const at = (day: string) => {
    open().setClock(`${day}T15:00:00.000Z`);
    return open();
  };
  const answerOf = (
    on: string,
    how: 'mailed' | 'handed-over' | 'widely-available' = 'mailed',
    note: string | null = null,
  ) => ({
    on,
    how,
    note,
  });

  it.each([
    ['in-person', '2024-06-03', '2024-06-03'],
    ['written', '2024-06-03', '2024-07-03'],
    ['electronic', '2024-02-01', '2024-03-02'],
    ['written', '2023-12-15', '2024-01-14'],
  ] as const)('are due, when they come %s on %s, by %s', async (how, receivedOn, due) => {
    const book = at('2024-08-01');
    expect(await copyRequestOf(book, { how, receivedOn })).toMatchObject({ how, receivedOn, due, answer: null });
  });

  it('count the days: open until the last one is over, then overdue, then answered late', async () => {
    const { id } = await copyRequestOf(at('2024-06-03'));
    const params = { requestId: id };
    const read = async (day: string) => (await at(day).as.auditor.getCopyRequest({ params })).body;
    expect(await read('2024-06-03')).toMatchObject({ state: 'open', daysLeft: 30 });
    expect(await read('2024-07-03')).toMatchObject({ state: 'open', daysLeft: 0 });
    expect(await read('2024-07-04')).toMatchObject({ state: 'overdue', daysLeft: -1 });
    const { as } = at('2024-07-06');
    const body = answerOf('2024-07-05', 'mailed', 'By post.');
    const answered = await as.treasurer.answerCopyRequest({ params, version: 1, body });
    expect(answered.body).toMatchObject({ state: 'answered-late', daysLeft: -2, answer: { ...body, lookedFor: null } });
    expect(await read('2024-09-01')).toMatchObject({ state: 'answered-late', daysLeft: -2, version: 2 });
  });

  it('are answered once, on a day between that of the request and today', async () => {
    const book = at('2024-06-10');
    const { id } = await copyRequestOf(book);
    const params = { requestId: id };
    const { secretary } = book.as;
    const send = (on: string, version = 1) => secretary.answerCopyRequest({ params, version, body: answerOf(on) });
    expect((await secretary.answerCopyRequest({ params, body: answerOf('2024-06-05') })).status).toBe(428);
    expect((await send('2024-06-05', 2)).status).toBe(412);
    for (const day of ['2024-06-02', '2024-06-11']) {
      expect((await send(day)).problem).toMatchObject({ code: 'validation-failed', errors: [{ field: '/on' }] });
    }
    expect((await send('2024-06-10')).body).toMatchObject({ state: 'answered', daysLeft: 23 });
    expect((await send('2024-06-10', 2)).problem).toMatchObject({
      code: 'state-conflict',
      detail: expect.stringContaining('another request'),
    });
    expect((await secretary.getCopyRequest({ params })).body.version).toBe(2);
  });

  it('are refused from the future, and when they ask for nothing', async () => {
    const { as } = at('2024-06-02');
    const late = await as.secretary.createCopyRequest({ body: copyRequestFacts({ receivedOn: '2024-06-03' }) });
    expect(late.problem).toMatchObject({ code: 'validation-failed', errors: [{ field: '/receivedOn' }] });
    const mistyped = await as.secretary.createCopyRequest({ body: copyRequestFacts({ receivedOn: '0224-06-03' }) });
    expect(mistyped.problem.errors).toMatchObject([{ field: '/receivedOn' }]);
    const nothing = { ...copyRequestFacts({ receivedOn: '2024-06-01' }), what: [] };
    expect((await as.secretary.createCopyRequest({ body: nothing })).problem.errors).toMatchObject([
      { field: '/what' },
    ]);
  });

  it('are listed by year, the latest first, and while they wait by their last day; lists tell no contact', async () => {
    const book = at('2021-12-01');
    const early = await copyRequestOf(book, { receivedOn: '2021-03-01' });
    const urgent = await copyRequestOf(book, { receivedOn: '2021-03-05', how: 'in-person' });
    const done = await copyRequestOf(book, { receivedOn: '2021-02-01' });
    const body = answerOf('2021-02-20');
    await book.as.secretary.answerCopyRequest({ params: { requestId: done.id }, version: 1, body });
    const idsOf = async (query: Record<string, string>) =>
      (await book.as.director.listCopyRequests({ query })).body.items.map(({ id }) => id);
    expect(await idsOf({ year: '2021' })).toEqual([urgent.id, early.id, done.id]);
    const open = await idsOf({ open: 'true' });
    expect(open.slice(0, 2)).toEqual([urgent.id, early.id]);
    expect(open).not.toContain(done.id);
    const first = (await book.as.director.listCopyRequests({ query: { year: '2021', limit: '1' } })).body;
    expect(first.items).toHaveLength(1);
    expect(first.next).toContain('cursor=');
    const { text } = await book.as.director.listCopyRequests({ query: { year: '2021' } });
    expect(text).not.toContain('reader@test.example');
  });

  it('stay in the history, and what is public says nothing of them', async () => {
    const book = at('2024-06-03');
    const { id } = await copyRequestOf(book);
    const events = await book.as.secretary.listEvents({ params: { kind: 'copy-request', recordId: id } });
    expect(events.body.items).toHaveLength(1);
    expect((await book.as.public.getInspectionSet()).text).not.toContain('reader@test.example');
    expect((await book.as.public.getCopyRequest({ params: { requestId: id } })).status).toBe(401);
    expect((await book.as.member.listCopyRequests()).status).toBe(403);
  });
});
