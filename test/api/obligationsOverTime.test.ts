/** What is owed as days and profiles change: plain dates at both ends of the world, and another fiscal year end. */
import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { expectKey } from '../../shared/core/filings/expecting.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { describeOnEachStore, organisation, type TestBook } from '../support/book.ts';
import { clientFor } from '../support/client.ts';
import { ownFacts, yearFacts } from '../support/obligationRequests.ts';

describeOnEachStore('obligations over time', open => {
  const today = '2026-03-02T15:00:00.000Z';
  const book = (at = today) => {
    open().setClock(at);
    return open();
  };
  const spanOf = (from: string, to: string) => ({ query: { from, to, limit: '100' } });
  const owed = async ({ as }: TestBook, from: string, to: string) =>
    (await as.auditor.listObligations(spanOf(from, to))).body.items;

  const changeOrganisation = async (change: object, from = '2020-01-01') => {
    const { as } = open();
    const { version } = (await as.public.getOrganisation()).body;
    return as.secretary.updateOrganisation({ version, body: { ...organisation, ...change, from } });
  };

  it.each([
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z', '2026-03-09T03:59:59.999Z', 'a day of 23 hours'],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T04:59:59.999Z', 'a day of 25 hours'],
    [
      'Pacific/Kiritimati',
      '2026-03-08',
      '2026-03-07T10:00:00.000Z',
      '2026-03-08T09:59:59.999Z',
      'where days begin first',
    ],
    ['Pacific/Pago_Pago', '2026-03-08', '2026-03-08T11:00:00.000Z', '2026-03-09T10:59:59.999Z', 'where they end last'],
  ])(
    'in %s what is due on %s is ahead until that day is over there: %s to %s, %s',
    async (timeZone, day, first, last) => {
      const { as } = book();
      expect((await changeOrganisation({ timeZone })).status).toBe(200);
      const body = { ...ownFacts, firstDue: day, everyMonths: null };
      const { id } = (await as.secretary.createObligation({ body })).body;
      const isAhead = async (at: string) => {
        const { items } = (await book(at).as.director.listObligations({ query: { to: '2026-12-31', limit: '100' } }))
          .body;
        return items.some(({ ruleId, due }) => ruleId === id && due === day);
      };
      const after = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString();
      expect([await isAhead(after(first, -1)), await isAhead(first), await isAhead(last)]).toEqual([true, true, true]);
      expect(await isAhead(after(last, 1))).toBe(false);
      const { items } = (await book(first).as.director.listObligations({ query: { to: day, limit: '100' } })).body;
      expect(items.every(({ due }) => due === day)).toBe(true);
      expect((await book(after(first, -1)).as.director.listObligations({ query: { to: day } })).status).toBe(200);
    },
  );

  it('asks with every change, in the same commit, for what is expected to be worked out again', async () => {
    const { as, records, serveWith } = book();
    const wishes: number[] = [];
    const watched: RecordStore = {
      get: key => records.get(key),
      getMany: keys => records.getMany(keys),
      query: query => records.query(query),
      commit: async writes => {
        await records.commit(writes);
        const wish = writes.find(write => 'put' in write && isDeepStrictEqual(write.put.key, expectKey));
        const changes = writes.some(write => 'put' in write && write.put.key.sort.startsWith('event#'));
        if (changes) wishes.push(wish !== undefined && 'put' in wish ? wish.put.version : Number.NaN);
      },
    };
    const client = clientFor(await serveWith({ records: watched }), as.secretary.token);
    const end = '2023-12-31';
    const made = (await client.createObligation({ body: ownFacts })).body;
    const params = { obligationId: made.id };
    const settings = { since: '2021-01-01', solicitsIn: ['US-MD'], responsible: [] };
    const { version: complianceVersion } = (await client.getCompliance()).body;
    const { version: organisationVersion } = (await client.getOrganisation()).body;
    const answers = [
      await client.updateObligation({ params, version: 1, body: { ...ownFacts, to: '2032-01-01' } }),
      await client.updateCompliance({ version: complianceVersion, body: settings }),
      await client.recordFiscalYear({ params: { end }, version: 0, body: yearFacts }),
      await client.updateOrganisation({
        version: organisationVersion,
        body: { ...organisation, mission: 'Another.', from: '2020-01-01' },
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(wishes).toEqual(Array(5).fill(Date.parse(today)));
  });

  it('follows the profile: another fiscal year end from a day on, and no years of 52 or 53 weeks', async () => {
    const { as } = book();
    for (const fiscalYearEnd of ['12-27', '06-15', '02-29', '01-01']) {
      const answer = await changeOrganisation({ fiscalYearEnd }, '2026-02-01');
      expect(answer.status).toBe(400);
      expect(answer.problem.errors).toMatchObject([{ in: 'body', field: '/fiscalYearEnd' }]);
      expect(answer.problem.errors?.[0]?.message).toMatch(/52 or 53 weeks.*name the last day of the month/);
    }
    expect((await changeOrganisation({ fiscalYearEnd: '06-30' }, '2026-02-01')).status).toBe(200);
    const [year] = (await as.director.listFiscalYears()).body.items;
    expect([year?.from, year?.to]).toEqual(['2026-01-01', '2026-06-30']);
    const returns = (await owed(open(), '2026-01-01', '2027-12-31')).filter(({ ruleId }) => ruleId === 'us-irs-return');
    expect(returns.map(({ period, due }) => [period.to, due])).toEqual([
      ['2025-12-31', '2026-05-15'],
      ['2026-06-30', '2026-11-16'],
      ['2027-06-30', '2027-11-15'],
    ]);
  });
});
