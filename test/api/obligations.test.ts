/** What is owed, over HTTP: rules and own obligations, fiscal years, and who changes them. */
import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import { ownFacts, yearFacts } from '../support/obligationRequests.ts';

describeOnEachStore('obligations', open => {
  const today = '2026-03-02T15:00:00.000Z';
  const book = (at = today) => {
    open().setClock(at);
    return open();
  };
  const spanOf = (from: string, to: string) => ({ query: { from, to, limit: '100' } });
  const owed = async ({ as }: TestBook, from: string, to: string) =>
    (await as.auditor.listObligations(spanOf(from, to))).body.items;
  const usd = (dollars: number) => ({ amount: dollars * 100, currency: 'USD' });

  const record = async (end: string, change: object = {}) => {
    const { as } = open();
    const { version } = (await as.treasurer.getFiscalYear({ params: { end } })).body;
    return as.treasurer.recordFiscalYear({ params: { end }, version, body: { ...yearFacts, ...change } });
  };

  it('records since when filings are kept, from version 0 on, with its history', async () => {
    const { as, people } = book();
    const nothing = await as.director.getCompliance();
    expect(nothing.body).toEqual({ since: null, solicitsIn: [], responsible: [], version: 0 });
    const body = {
      since: '2020-01-01',
      solicitsIn: ['US-VA'],
      responsible: [{ ruleId: 'us-irs-return', personIds: [people.treasurer, people.member] }],
    };
    const made = await as.treasurer.updateCompliance({ version: 0, body });
    expect(made).toMatchObject({ status: 200, body: { ...body, version: 1 } });
    expect((await as.director.getCompliance()).body).toEqual({ ...body, version: 1 });
    expect((await as.treasurer.updateCompliance({ version: 0, body })).status).toBe(412);
    const { items } = (await as.auditor.listEvents({ params: { kind: 'compliance', recordId: 'compliance' } })).body;
    expect(items).toMatchObject([{ operation: 'updateCompliance', by: expect.anything() }]);
  });

  it.each([
    ['/responsible/0/personIds/0', { responsible: [{ ruleId: 'us-irs-return', personIds: [v7()] }] }],
    ['/responsible/0/ruleId', { responsible: [{ ruleId: v7(), personIds: ['treasurer'] }] }],
    ['/responsible/0/ruleId', { responsible: [{ ruleId: 'us-irs-1040', personIds: ['treasurer'] }] }],
    ['/responsible/1/ruleId', { responsible: Array(2).fill({ ruleId: 'us-va-102', personIds: ['treasurer'] }) }],
    ['/responsible/0/personIds/1', { responsible: [{ ruleId: 'us-va-102', personIds: ['treasurer', 'treasurer'] }] }],
    ['/responsible/0/personIds', { responsible: [{ ruleId: 'us-va-102', personIds: [] }] }],
    ['/responsible/0/personIds', { responsible: [{ ruleId: 'us-va-102', personIds: Array(11).fill('treasurer') }] }],
    ['/solicitsIn/0', { solicitsIn: ['Virginia'] }],
    ['/solicitsIn/1', { solicitsIn: ['US-VA', 'US-VA'] }],
    ['/since', { since: '2023-02-29' }],
    ['/since', { since: '0204-01-01' }],
    ['/since', { since: '2204-01-01' }],
  ])('names the field %s of compliance when it is wrong', async (field, change) => {
    const { as, people } = book();
    const { version } = (await as.secretary.getCompliance()).body;
    const named = JSON.parse(JSON.stringify(change).replaceAll('"treasurer"', `"${people.treasurer}"`));
    const body = { since: '2020-01-01', solicitsIn: [], responsible: [], ...named };
    const answer = await as.secretary.updateCompliance({ version, body });
    expect(answer).toMatchObject({ status: 400, problem: { errors: [{ in: 'body', field }] } });
    expect((await as.secretary.getCompliance()).body.version).toBe(version);
  });

  it('works out what the law asks for, with source and explanation, a year ahead unless told', async () => {
    const { as } = book();
    const { body } = await as.director.listObligations();
    expect(body.notice).toContain('not legal advice');
    expect(body.items.map(({ filingId, due }) => [filingId, due])).toEqual([
      ['us-irs-return~2025-12-31', '2026-05-15'],
      ['us-va-102~2025-12-31', '2026-05-15'],
      ['us-va-annual-report~2027-01-31', '2027-01-31'],
    ]);
    expect(body.items[0]).toMatchObject({
      form: null,
      named: '2026-05-15',
      extendable: '2026-11-16',
      period: { from: '2025-01-01', to: '2025-12-31' },
      citation: expect.stringContaining('IRC 6033'),
      fee: null,
    });
    expect(body.items[2]?.fee).toEqual(usd(25));
  });

  it('reads the fiscal years, and from their figures the form, and Form 990-T', async () => {
    const { as } = book();
    const years = (await as.director.listFiscalYears({ query: { limit: '3' } })).body;
    expect(years.items.map(({ from, to, version }) => [from, to, version])).toEqual([
      ['2026-01-01', '2026-12-31', 0],
      ['2025-01-01', '2025-12-31', 0],
      ['2024-01-01', '2024-12-31', 0],
    ]);
    const cursor = String(new URLSearchParams(years.next?.split('?')[1]).get('cursor'));
    const rest = (await as.director.listFiscalYears({ query: { limit: '100', cursor } })).body;
    expect(rest.items.map(({ to }) => to)).toEqual(['2023-12-31', '2022-12-31', '2021-12-31', '2020-12-31']);
    expect(rest.next).toBeNull();

    const made = await record('2025-12-31', { grossReceipts: usd(180_000), unrelatedIncome: usd(1000) });
    expect(made).toMatchObject({ status: 200, body: { from: '2025-01-01', to: '2025-12-31', version: 1 } });
    expect((await as.auditor.getFiscalYear({ params: { end: '2025-12-31' } })).body).toEqual(made.body);
    const due = async () => (await owed(open(), '2026-05-15', '2026-05-15')).map(({ ruleId, form }) => [ruleId, form]);
    expect(await due()).toEqual([
      ['us-irs-990t', '990-T'],
      ['us-irs-return', '990-EZ'],
      ['us-va-102', 'va-102'],
    ]);
    const again = await record('2025-12-31', { grossReceipts: usd(200_000), unrelatedIncome: null });
    expect(again.body.version).toBe(2);
    expect(await due()).toEqual([
      ['us-irs-return', '990'],
      ['us-va-102', 'va-102'],
    ]);
    const listed = (await as.director.listFiscalYears()).body.items.find(({ to }) => to === '2025-12-31');
    expect(listed).toEqual(again.body);
  });

  it.each([
    ['2025-06-30', '2024-12-31 and 2025-12-31'],
    ['2027-12-31', '2026-12-31'],
    ['2019-12-31', '2020-12-31'],
  ])('refuses figures of a year that ends on %s, and names the nearest ends', async (end, nearest) => {
    const { as } = book();
    const answer = await as.treasurer.recordFiscalYear({ params: { end }, version: 0, body: yearFacts });
    expect(answer.status).toBe(400);
    expect(answer.problem.errors).toMatchObject([{ in: 'path', field: '/end' }]);
    expect(answer.problem.errors?.[0]?.message).toContain(nearest);
    expect((await as.treasurer.getFiscalYear({ params: { end } })).status).toBe(400);
  });

  it.each([
    ['/totalAssets/currency', { totalAssets: { amount: 1, currency: 'EUR' } }],
    ['/grossReceipts/amount', { grossReceipts: usd(-1) }],
    ['/grossReceipts/amount', { grossReceipts: { amount: 1.5, currency: 'USD' } }],
    ['/source', { source: ' ' }],
    ['/circumstances/chapters', { circumstances: { ...yearFacts.circumstances, chapters: 'no' } }],
  ])('names the field %s of a fiscal year when it is wrong', async (field, change) => {
    const { as } = book();
    const params = { end: '2024-12-31' };
    const body = { ...yearFacts, ...change } as never;
    const answer = await as.treasurer.recordFiscalYear({ params, version: 0, body });
    expect(answer).toMatchObject({ status: 400, problem: { errors: [{ in: 'body', field }] } });
    expect((await as.treasurer.getFiscalYear({ params })).body.version).toBe(0);
  });

  it('keeps own obligations, fixed and recurring, shows them among the rest, and ends them', async () => {
    const { as } = book();
    const facts = { ...ownFacts, firstDue: '2026-03-31', everyMonths: 6, movesPast: 'us-dc' as const, fee: usd(10) };
    const made = await as.treasurer.createObligation({ body: facts });
    expect(made).toMatchObject({ status: 201, body: { ...facts, version: 1 } });
    expect(made.headers.get('location')).toBe(`/v1/own-obligations/${made.body.id}`);
    const once = await as.secretary.createObligation({
      body: { ...ownFacts, firstDue: '2026-07-04', everyMonths: null },
    });
    const { items } = (await as.director.listOwnObligations()).body;
    expect(items).toEqual(expect.arrayContaining([made.body, once.body]));
    const ids = [made.body.id, once.body.id];
    const dates = async () =>
      (await owed(open(), '2026-01-01', '2027-12-31'))
        .filter(({ ruleId }) => ids.includes(ruleId))
        .map(({ due, filingId }) => `${due} ${ids.indexOf(filingId.slice(0, 36))} ${filingId.slice(37)}`);
    // 31 March 2026 is a Tuesday, 30 September 2026 a Wednesday, 31 March 2027 a Wednesday, 30 September 2027 a Thursday.
    expect(await dates()).toEqual([
      '2026-03-31 0 2026-03-31',
      '2026-07-04 1 2026-07-04',
      '2026-09-30 0 2026-09-30',
      '2027-03-31 0 2027-03-31',
      '2027-09-30 0 2027-09-30',
    ]);
    const params = { obligationId: made.body.id };
    const ended = await as.treasurer.updateObligation({ params, version: 1, body: { ...facts, to: '2026-12-31' } });
    expect(ended.body).toMatchObject({ to: '2026-12-31', version: 2 });
    expect((await dates()).length).toBe(3);
    expect((await as.treasurer.updateObligation({ params, version: 1, body: facts })).status).toBe(412);
    const unknown = { params: { obligationId: v7() }, version: 1, body: facts };
    expect((await as.treasurer.updateObligation(unknown)).status).toBe(404);
    const responsible = [{ ruleId: made.body.id, personIds: [open().people.member] }];
    const { version } = (await as.secretary.getCompliance()).body;
    const settings = { since: '2020-01-01', solicitsIn: ['US-VA'], responsible };
    expect((await as.secretary.updateCompliance({ version, body: settings })).status).toBe(200);
  });

  it.each([
    ['/firstDue', { firstDue: '2023-12-31' }],
    ['/to', { to: '2030-03-30' }],
    ['/everyMonths', { everyMonths: 0 }],
    ['/everyMonths', { everyMonths: 121 }],
    ['/replaces', { replaces: 'us-irs-1040' }],
    ['/replaces', { replaces: 'us-irs-return' }],
    ['/replaces', { replaces: 'us-irs-990t' }],
    ['/title', { title: '' }],
    ['/movesPast', { movesPast: 'us-va' }],
  ])('names the field %s of an own obligation when it is wrong', async (field, change) => {
    const { as } = book();
    const answer = await as.secretary.createObligation({ body: { ...ownFacts, ...change } as never });
    expect(answer).toMatchObject({ status: 400, problem: { errors: [{ in: 'body', field }] } });
  });

  it('lets an own obligation stand in the place of a rule from a day on', async () => {
    const { as } = book();
    const body = { ...ownFacts, from: '2027-01-01', firstDue: '2027-06-30', replaces: 'us-va-annual-report' as const };
    const { id } = (await as.secretary.createObligation({ body })).body;
    const reports = (await owed(open(), '2026-01-01', '2028-12-31')).filter(({ form }) => form === 'va-annual-report');
    expect(reports.map(({ filingId }) => filingId)).toEqual([
      'us-va-annual-report~2026-01-31',
      `${id}~2027-06-30`,
      `${id}~2028-06-30`,
    ]);
  });

  it('takes own obligations of many at once, each counted, and refuses more than a thousand', async () => {
    const { as, records } = book();
    const made = await Promise.all(Array.from({ length: 5 }, () => as.secretary.createObligation({ body: ownFacts })));
    expect(made.map(({ status }) => status)).toEqual(Array(5).fill(201));
    const key = { table: 'records' as const, partition: 'compliance#compliance', sort: 'own-obligations' };
    const { items } = (await as.secretary.listOwnObligations({ query: { limit: '100' } })).body;
    const item = await records.get(key);
    expect(item?.data).toEqual({ count: items.length });
    const full = { put: { key, version: 99, data: { count: 1000 } }, expect: 'any' as const };
    await records.commit([full]);
    const refused = await as.secretary.createObligation({ body: ownFacts });
    expect(refused).toMatchObject({ status: 409, problem: { code: 'state-conflict' } });
    await records.commit([{ put: { key, version: 100, data: { count: items.length } }, expect: 'any' as const }]);
  });

  it('reckons to the last day that dates have', async () => {
    const years = (await owed(open(), '9999-12-01', '9999-12-31')).filter(({ form }) => form === 'va-102');
    expect(years.map(({ due }) => due)).toEqual(['9999-12-15']);
    expect((await book().as.auditor.listObligations({ query: { from: '9999-12-31' } })).status).toBe(200);
  });

  it('pages through what is due, and refuses spans that are wrong or too long', async () => {
    const { as } = book();
    const all = await owed(open(), '2026-01-01', '2030-12-31');
    const paged: unknown[] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = { from: '2026-01-01', to: '2030-12-31', limit: '7' };
      const page = await as.auditor.listObligations({ query: cursor === null ? query : { ...query, cursor } });
      const { items, next }: { items: readonly unknown[]; next: string | null } = page.body;
      paged.push(...items);
      cursor = next === null ? null : new URLSearchParams(next.split('?')[1]).get('cursor');
    } while (cursor !== null);
    expect(paged).toEqual(all);
    for (const [from, to] of [
      ['2026-01-02', '2026-01-01'],
      ['2026-01-01', '2031-01-02'],
    ] as const) {
      const answer = await as.auditor.listObligations(spanOf(from, to));
      expect(answer).toMatchObject({ status: 400, problem: { errors: [{ in: 'query', field: '/to' }] } });
    }
  });
});
