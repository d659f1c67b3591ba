/** Policies over HTTP: which text holds from when on, and what it takes to say so. */
import { beforeAll, expect, it } from 'vitest';
import { describeOnEachStore } from '../support/book.ts';
import { end, type GovernedBook, governedBook, titleOf, year } from '../support/governanceBook.ts';

describeOnEachStore('policies', book => {
  let made: GovernedBook;
  beforeAll(async () => {
    made = await governedBook(book());
  }, 120_000);

  const line13 = async () => {
    const { answers } = (await book().as.auditor.getGovernance({ params: { end } })).body;
    return answers.find(({ line }) => line === '13');
  };
  const text = (documentId: string | undefined, more = {}) => ({
    documentId: String(documentId),
    version: 1,
    resolutionId: null,
    ...more,
  });
  const put = (topic: string, body: object, version = 0) =>
    book().as.secretary.designatePolicy({
      params: { topic },
      version,
      body: { from: `${year}-03-01`, reason: 'So it is.', ...body } as never,
    });

  it('are listed with their texts from when on, and designated at the version that was read', async () => {
    const { as } = book();
    const { items } = (await as.treasurer.listPolicies({ query: { limit: '100' } })).body;
    expect(items.map(({ topic }) => topic)).toEqual(Object.keys(made.policies).sort());
    const documentId = made.policies.chapters;
    const one = await put('expenses', { text: text(documentId) });
    expect(one).toMatchObject({
      status: 200,
      body: { topic: 'expenses', version: 1, history: [{ from: `${year}-03-01` }] },
    });
    expect((await put('expenses', { text: null })).status).toBe(412);
    const gone = await put('expenses', { from: `${year}-05-01`, text: null }, 1);
    expect(gone.body.history.map(({ from, text: has }) => [from, has?.documentId ?? null])).toEqual([
      [`${year}-03-01`, documentId],
      [`${year}-05-01`, null],
    ]);
    const replaced = await put('expenses', { from: `${year}-05-01`, text: text(documentId) }, 2);
    expect(replaced.body.history).toHaveLength(2);
    const listed = (await as.treasurer.listPolicies({ query: { limit: '100' } })).body.items;
    expect(listed.find(({ topic }) => topic === 'expenses')).toEqual(replaced.body);
  });

  it('count while they are in force at the end of the year', async () => {
    const version = 1;
    const gone = await put('whistleblower', { from: end, text: null }, version);
    expect(await line13()).toMatchObject({ answer: 'no', evidence: [] });
    const policy = text(made.policies.whistleblower, { resolutionId: made.adopting });
    const later = await put('whistleblower', { from: `${Number(year) + 1}-01-01`, text: policy }, gone.body.version);
    expect((await line13())?.answer).toBe('no');
    await put('whistleblower', { from: end, text: policy }, later.body.version);
    expect(await line13()).toMatchObject({
      answer: 'yes',
      evidence: [{ kind: 'policy', id: 'whistleblower', title: titleOf('whistleblower'), date: end }, {}],
    });
  });

  it.each([
    ['body', '/text/version', () => ({ text: text(made.policies.chapters, { version: 2 }) })],
    ['body', '/text/documentId', () => ({ text: text(made.articles) })],
    ['body', '/text/resolutionId', () => ({ text: text(made.policies.chapters, { resolutionId: made.recused }) })],
    [
      'body',
      '/from',
      () => ({ from: `${year}-02-02`, text: text(made.policies.chapters, { resolutionId: made.adopting }) }),
    ],
    ['body', '/reason', () => ({ text: null, reason: '' })],
  ] as const)('name in the %s the field %s when it is wrong, and stay as they are', async (where, field, body) => {
    const answer = await put('travel', body());
    expect(answer).toMatchObject({ status: 400, problem: { errors: [{ in: where, field }] } });
    const { items } = (await book().as.auditor.listPolicies({ query: { limit: '100' } })).body;
    expect(items.map(({ topic }) => topic)).not.toContain('travel');
  });

  it('have topics that are words', async () => {
    for (const topic of ['Travel', 'a_b', '-a', 'a--b', 'x'.repeat(61)]) {
      const answer = await put(topic, { text: null });
      expect(answer, topic).toMatchObject({ status: 400, problem: { errors: [{ in: 'path', field: '/topic' }] } });
    }
  });
});
