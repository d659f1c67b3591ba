// What follows when a filing is late: days, penalties, and the exemption that is lost.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../shared/core/calendar.ts';
import { latenessOf, penaltiesOf } from '../../../../shared/core/filings/consequences.ts';
import type { Filing, Submission } from '../../../../shared/core/filings/filings.ts';
import type { Form, Obligation } from '../../../../shared/core/filings/obligations.ts';
import { revocationRisk } from '../../../../shared/core/filings/revocation.ts';
import { figuresOf } from './facts.ts';

const submitted = (on: string, change: Partial<Submission> = {}): Submission => ({
  amends: false,
  form: null,
  on,
  by: 'person',
  way: 'electronic',
  confirmation: null,
  papers: [],
  publicCopies: [],
  answer: null,
  recordedAt: `${on}T12:00:00.000Z`,
  ...change,
});

const filingOf = (change: Partial<Obligation>, more: Partial<Filing> = {}): Filing => ({
  obligation: {
    ruleId: 'us-irs-return',
    title: '',
    authority: '',
    explanation: '',
    citation: '',
    period: { from: '2022-01-01', to: '2022-12-31' },
    form: '990-EZ',
    named: '2023-05-15',
    due: '2023-05-15',
    extendable: '2023-11-15',
    fee: null,
    ...change,
  },
  moved: null,
  responsible: [],
  preparedSince: null,
  review: null,
  extension: null,
  submissions: [],
  excuse: null,
  ...more,
});

describe('lateness', () => {
  const filing = (more: Partial<Filing> = {}) => filingOf({}, more);
  const extension = { askedOn: '2023-05-01', until: '2023-11-15', confirmation: null, evidence: null };
  const rejected = { accepted: false, on: '2023-05-16', note: null };

  it.each([
    ['on its last day', filing(), '2023-05-15', { late: false, overdue: false, days: 0 }],
    ['the day after', filing(), '2023-05-16', { late: false, overdue: true, days: 1 }],
    ['a leap year later', filing(), '2024-05-15', { late: false, overdue: true, days: 366 }],
    [
      'filed on its last day',
      filing({ submissions: [submitted('2023-05-15')] }),
      '2024-01-01',
      { late: false, overdue: false, days: 0 },
    ],
    [
      'filed after it',
      filing({ submissions: [submitted('2023-05-25')] }),
      '2024-01-01',
      { late: true, overdue: false, days: 10 },
    ],
    ['extended', filing({ extension }), '2023-11-15', { late: false, overdue: false, days: 0 }],
    ['extended, and over', filing({ extension }), '2023-11-16', { late: false, overdue: true, days: 1 }],
    [
      'filed in time and rejected',
      filing({ submissions: [submitted('2023-05-15', { answer: rejected })] }),
      '2023-05-20',
      { late: false, overdue: true, days: 5 },
    ],
    [
      'excused',
      filing({ excuse: { reason: 'A church', evidence: null, lapsed: false } }),
      '2024-01-01',
      { late: false, overdue: false, days: 0 },
    ],
  ])('%s', (_, one, today, expected) => {
    expect(latenessOf(one, today)).toEqual(expected);
  });
});

describe('penalties', () => {
  const due = (day: string) => ({ due: day, named: day });
  const inDollars = (form: Form | null, dueOn: string, days: number, receipts: number | null) => {
    const filing = filingOf({ form, ...due(dueOn) });
    const [penalty] = penaltiesOf(filing, addDays(dueOn, days), receipts === null ? null : figuresOf(receipts));
    return penalty?.amount === null ? null : (penalty?.amount.amount ?? 0) / 100;
  };

  it.each<[Form | null, string, number, number | null, number | null, string]>([
    ['990', '2010-05-17', 1, 900_000, 20, '$20 a day: IRC 6652(c)(1)(A)'],
    ['990', '2010-05-17', 100, 900_000, 2000, 'for a hundred days'],
    ['990', '2010-05-17', 501, 900_000, 10_000, 'up to $10,000'],
    ['990', '2010-05-17', 500, 1_000_000, 10_000, 'receipts of a million are not above it'],
    ['990', '2010-05-17', 1, 1_000_001, 100, '$100 a day above a million'],
    ['990', '2010-05-17', 501, 1_000_001, 50_000, 'up to $50,000'],
    ['990-EZ', '2010-05-17', 400, 80_000, 4000, 'up to 5% of the receipts'],
    ['990-EZ', '2010-05-17', 400, 0, 0, 'of nothing'],
    ['990-EZ', '2010-05-17', 400, null, null, 'unknown receipts'],
    [null, '2010-05-17', 400, 80_000, null, 'an unknown form may be the notice'],
    ['990-N', '2010-05-17', 400, 30_000, 0, 'the notice costs nothing'],
    ['990', '2024-05-15', 800, 900_000, 12_000, 'adjusted for inflation, up to $12,000'],
    ['990', '2024-05-15', 3, 1_208_500, 60, 'the limit, adjusted'],
    ['990', '2024-05-15', 3, 1_208_501, 360, '$120 a day above it'],
    ['990', '2024-05-15', 800, 2_000_000, 60_000, 'up to $60,000'],
  ])('of %s due on %s, %i days late, with receipts of %s: %s dollars: %s', (form, on, days, receipts, expected) => {
    expect(inDollars(form, on, days, receipts)).toBe(expected);
  });

  it('say where they are from, and when they are the least that it can be', () => {
    const of = (day: string) => penaltiesOf(filingOf(due(day)), addDays(day, 5), figuresOf(100_000))[0];
    expect(of('2015-05-15')).toMatchObject({ atLeast: false, citation: expect.stringContaining('6652(c)(1)(A)') });
    expect(of('2023-05-15')).toMatchObject({ atLeast: true });
    expect(of('2024-05-15')).toMatchObject({ atLeast: false });
    expect(of('2025-05-15')).toMatchObject({ atLeast: true });
    expect(of('2024-05-15')?.explanation).toContain('$20, up to $12,000 or 5%');
  });

  it('follow the form that was filed, and are none for what was in time', () => {
    const late = (form: Form) => filingOf({ form: null }, { submissions: [submitted('2023-05-25', { form })] });
    expect(penaltiesOf(late('990-N'), '2024-01-01', null)).toMatchObject([{ amount: { amount: 0 } }]);
    expect(penaltiesOf(late('990-EZ'), '2024-01-01', figuresOf(90_000))).toMatchObject([
      { amount: { amount: 20_000 } },
    ]);
    expect(penaltiesOf(filingOf({}), '2023-05-15', figuresOf(90_000))).toEqual([]);
  });

  it('of Virginia are $10, also where an own obligation took the place of the rule', () => {
    const report = (ruleId: string) => filingOf({ ruleId, form: 'va-annual-report' });
    for (const ruleId of ['us-va-annual-report', '01890a5d-ac96-774b-bcce-b302099a8061']) {
      expect(penaltiesOf(report(ruleId), '2023-05-16', null)).toMatchObject([
        { amount: { amount: 1000, currency: 'USD' }, citation: expect.stringContaining('13.1-914') },
      ]);
    }
    expect(penaltiesOf(filingOf({ ruleId: 'us-va-102', form: 'va-102' }), '2024-01-01', null)).toEqual([]);
    expect(penaltiesOf(filingOf({ ruleId: 'us-irs-990t', form: '990-T' }), '2024-01-01', null)).toMatchObject([
      { amount: null },
    ]);
  });
});

describe('the exemption', () => {
  /** The returns of years from 2020 on, each with the day on which it was filed, if it was. */
  const returns = (...filed: (string | null)[]) =>
    filed.map((on, index) => {
      const year = 2020 + index;
      const dueOn = `${year + 1}-05-15`;
      return filingOf(
        { period: { from: `${year}-01-01`, to: `${year}-12-31` }, named: dueOn, due: dueOn },
        { submissions: on === null ? [] : [submitted(on)] },
      );
    });
  const ids = (risk: ReturnType<typeof revocationRisk>) => risk?.missed.map(({ filingId }) => filingId.slice(-10, -6));

  it('is in no danger while nothing is missed', () => {
    expect(revocationRisk([], '2030-01-01')).toBeNull();
    expect(revocationRisk(returns(null, null, null), '2021-05-15')).toBeNull();
    expect(revocationRisk(returns('2021-05-15', '2022-05-01', null), '2023-05-15')).toBeNull();
  });

  it('is in danger from the first missed year on, and lost on the due date of the third', () => {
    const all = returns(null, null, null, null);
    const first = revocationRisk(all, '2021-05-16');
    expect(first).toMatchObject({ left: 2, on: '2023-05-15', revoked: false });
    expect(ids(first)).toEqual(['2020']);
    expect(revocationRisk(all, '2022-05-15')).toMatchObject({ left: 2, on: '2023-05-15' });
    expect(revocationRisk(all, '2022-05-16')).toMatchObject({ left: 1, on: '2023-05-15', revoked: false });
    expect(revocationRisk(all, '2023-05-15')).toMatchObject({ left: 1, revoked: false });
    const lost = revocationRisk(all, '2023-05-16');
    expect(lost).toMatchObject({ left: 0, on: '2023-05-15', revoked: true });
    expect(ids(lost)).toEqual(['2020', '2021', '2022']);
    expect(revocationRisk(all, '2024-06-01')).toMatchObject({ on: '2023-05-15', revoked: true });
  });

  it('is lost later when the third has an extension', () => {
    const [one, two, third] = returns(null, null, null);
    const extension = { askedOn: '2023-05-01', until: '2023-11-15', confirmation: null, evidence: null };
    const extended = [one, two, third === undefined ? undefined : { ...third, extension }] as Filing[];
    expect(revocationRisk(extended, '2023-06-01')).toMatchObject({ left: 1, on: '2023-11-15', revoked: false });
    expect(revocationRisk(extended, '2023-11-16')).toMatchObject({ left: 0, on: '2023-11-15', revoked: true });
  });

  it('is foretold by the rule where the third is not on record yet', () => {
    // 15 May 2023 is a Monday; after the fiscal year 2025, 15 May 2026 a Friday; after 2026, 15 May 2027 a Saturday.
    expect(revocationRisk(returns(null), '2021-06-01')).toMatchObject({ left: 2, on: '2023-05-15' });
    const late = returns(...Array(4).fill('2020-12-31'), null, null);
    expect(revocationRisk(late, '2026-06-01')).toMatchObject({ left: 1, on: '2027-05-17' });
  });

  it('is kept by what is filed late, but before the third date, and no longer by what comes after', () => {
    expect(revocationRisk(returns(null, '2023-05-15', null), '2023-06-01')).toMatchObject({
      left: 2,
      on: '2025-05-15',
    });
    expect(revocationRisk(returns('2023-01-01', null, null), '2023-06-01')).toMatchObject({
      left: 1,
      on: '2024-05-15',
    });
    expect(revocationRisk(returns('2021-07-01', null), '2021-08-01')).toBeNull();
    expect(ids(revocationRisk(returns('2022-07-01', null), '2022-08-01'))).toEqual(['2021']);
    expect(revocationRisk(returns(null, null, '2023-05-15'), '2023-06-01')).toBeNull();
    expect(revocationRisk(returns(null, null, '2023-05-16'), '2023-06-01')).toMatchObject({ left: 0, revoked: true });
    expect(revocationRisk(returns(null, '2023-05-16', null), '2023-06-01')).toMatchObject({ left: 0, revoked: true });
  });

  it('counts years in a row only', () => {
    const all = returns(null, null, null);
    const gap = [all[0], all[2]] as Filing[];
    expect(ids(revocationRisk(gap, '2023-06-01'))).toEqual(['2022']);
    const excused = all.map((one, index) =>
      index === 1 ? { ...one, excuse: { reason: 'None owed', evidence: null, lapsed: false } } : one,
    );
    expect(ids(revocationRisk(excused, '2023-06-01'))).toEqual(['2022']);
    const other = all.map(one => ({ ...one, obligation: { ...one.obligation, ruleId: 'us-irs-990t' } }));
    expect(revocationRisk(other, '2023-06-01')).toBeNull();
  });

  it('is lost exactly when three in a row were not filed by the date of the third, as a plain reading says', () => {
    const anyFiled = fc.option(fc.integer({ min: -100, max: 1500 }));
    fc.assert(
      fc.property(
        fc.array(anyFiled, { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 1, max: 900 }),
        (offsets, after) => {
          const third = '2023-05-15';
          const filed = offsets.map((offset, index) =>
            offset === null ? null : addDays(`${2021 + index}-05-15`, offset),
          );
          const today = addDays(third, after);
          // What is filed after today is not filed yet.
          const known = filed.map(on => (on !== null && on > today ? null : on));
          const lost = known.every(on => on === null || on > third);
          expect(revocationRisk(returns(...known), today)?.revoked ?? false).toBe(lost);
        },
      ),
    );
  });
});
