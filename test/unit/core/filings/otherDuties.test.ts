// What Virginia asks for, and what the organisation added itself, by dates written out by hand.
import { describe, expect, it } from 'vitest';
import { filingIdOf } from '../../../../shared/core/filings/obligations.ts';
import { obligationsOf } from '../../../../shared/core/filings/obligationsOf.ts';
import type { HolidayCalendar } from '../../../../shared/core/holidays.ts';
import { factsOf, historyOf, ownOf } from './facts.ts';

describe('what Virginia asks for', () => {
  const virginia = (change: object = {}) =>
    historyOf({ jurisdiction: { code: 'US-VA', name: 'Virginia' }, taxStatus: null, ...change });

  it.each([
    ['2022-01-14', '2023-01-31', 'the twelfth month after that of incorporation'],
    ['2022-01-14', '2026-01-31', 'a Saturday, which nothing moves'],
    ['2021-02-10', '2023-02-28', 'February'],
    ['2021-02-10', '2024-02-29', 'February of a leap year'],
    ['2020-02-29', '2021-02-28', 'incorporated on 29 February'],
    ['2021-12-31', '2022-12-31', 'the last day of the year'],
  ])('incorporated on %s, it reports by %s and pays 25 dollars: %s', (incorporatedOn, due) => {
    const facts = factsOf({ organisation: virginia({ incorporatedOn }) });
    expect(obligationsOf(facts, { from: due, to: due })).toMatchObject([
      {
        ruleId: 'us-va-annual-report',
        form: 'va-annual-report',
        period: { to: due },
        named: due,
        due,
        extendable: null,
        fee: { amount: 2500, currency: 'USD' },
      },
    ]);
  });

  it('begins the year after incorporation, and asks nobody else', () => {
    const reports = (organisation: ReturnType<typeof virginia>) =>
      obligationsOf(factsOf({ organisation }), { from: '2022-01-01', to: '2024-12-31' }).map(({ due }) => due);
    expect(reports(virginia({ incorporatedOn: '2022-01-14' }))).toEqual(['2023-01-31', '2024-01-31']);
    const elsewhere = { jurisdiction: { code: 'US-MD', name: 'Maryland' } };
    expect(reports(virginia({ incorporatedOn: '2022-01-14', ...elsewhere }))).toEqual([]);
    const moved = historyOf(
      { incorporatedOn: '2020-05-05', taxStatus: null, ...elsewhere },
      { from: '2023-06-01', jurisdiction: { code: 'US-VA', name: 'Virginia' } },
    );
    expect(reports(moved)).toEqual(['2024-05-31']);
  });

  it('asks for Form 102 where it solicits, on the day that the regulation names', () => {
    const facts = factsOf({ organisation: historyOf({ taxStatus: null }), solicitsIn: ['US-MD', 'US-VA'] });
    expect(obligationsOf(facts, { from: '2027-01-01', to: '2027-12-31' })).toMatchObject([
      { ruleId: 'us-va-102', form: 'va-102', named: '2027-05-15', due: '2027-05-15', extendable: null },
    ]);
    expect(obligationsOf({ ...facts, solicitsIn: ['US-MD'] }, { from: '2027-01-01', to: '2027-12-31' })).toEqual([]);
  });
});

describe('own obligations', () => {
  const dueDates = (change: Parameters<typeof ownOf>[0], span: { from: string; to: string }) =>
    obligationsOf(
      factsOf({ organisation: historyOf({ taxStatus: null }), own: [{ id: 'own', version: 1, data: ownOf(change) }] }),
      span,
    ).map(({ due }) => due);
  const span = { from: '2024-01-01', to: '2024-12-31' };

  it('are due once, on their day', () => {
    expect(dueDates({ firstDue: '2024-06-30' }, span)).toEqual(['2024-06-30']);
    expect(dueDates({ firstDue: '2023-06-30' }, span)).toEqual([]);
  });

  it('are due again on the same day of the month, or on the last of a shorter one', () => {
    expect(dueDates({ firstDue: '2024-01-31', everyMonths: 1 }, { from: '2024-01-01', to: '2024-05-31' })).toEqual([
      '2024-01-31',
      '2024-02-29',
      '2024-03-31',
      '2024-04-30',
      '2024-05-31',
    ]);
    expect(dueDates({ firstDue: '2020-02-29', everyMonths: 12 }, { from: '2022-01-01', to: '2024-12-31' })).toEqual([
      '2022-02-28',
      '2023-02-28',
      '2024-02-29',
    ]);
    expect(dueDates({ firstDue: '2023-11-30', everyMonths: 3 }, span)).toEqual([
      '2024-02-29',
      '2024-05-30',
      '2024-08-30',
      '2024-11-30',
    ]);
  });

  it('are found in the month into which they are moved', () => {
    // 31 August 2024 is a Saturday, 2 September Labor Day.
    const monthly = { firstDue: '2024-01-31', everyMonths: 1, movesPast: 'us-dc' as const };
    expect(dueDates(monthly, { from: '2024-09-01', to: '2024-09-29' })).toEqual(['2024-09-03']);
  });

  it('hold for due dates from a day to another', () => {
    const term = { firstDue: '2023-01-15', everyMonths: 3, from: '2024-01-16', to: '2024-07-15' };
    expect(dueDates(term, span)).toEqual(['2024-04-15', '2024-07-15']);
  });

  it.each<[string, HolidayCalendar | null, string, string]>([
    ['2027-06-18', 'us-federal', '2027-06-21', 'the Friday on which Juneteenth is observed'],
    ['2022-06-18', 'us-dc', '2022-06-21', 'the Saturday before the Monday on which Juneteenth is observed'],
    ['2021-06-18', 'us-dc', '2021-06-21', 'the first Juneteenth, a day after its law'],
    ['2020-06-19', 'us-dc', '2020-06-19', 'Juneteenth before it was a holiday'],
    ['2025-04-16', 'us-federal', '2025-04-16', 'Emancipation Day, which is none of the federal holidays'],
    ['2025-04-16', 'us-dc', '2025-04-17', 'Emancipation Day'],
    ['2022-12-31', 'us-dc', '2023-01-03', 'the Saturday before a New Year that is observed on the Monday'],
    ['2024-07-06', 'none', '2024-07-08', 'a Saturday'],
    ['2024-07-04', 'none', '2024-07-04', 'Independence Day, where no holidays are kept'],
    ['2024-07-06', null, '2024-07-06', 'a Saturday, which moves nothing'],
  ])('due on %s, moved past %s, are due on %s: %s', (firstDue, movesPast, due) => {
    expect(dueDates({ firstDue, movesPast }, { from: '2020-01-01', to: '2028-01-01' })).toEqual([due]);
  });

  it('stand in the place of a rule from a day on, for good or for a time', () => {
    const own = (to: string | null) => ({
      id: 'moved',
      version: 1,
      data: ownOf({
        replaces: 'us-va-annual-report',
        firstDue: '2025-06-30',
        everyMonths: 12,
        from: '2025-01-01',
        to,
        fee: { amount: 2500, currency: 'USD' },
      }),
    });
    const organisation = historyOf({
      incorporatedOn: '2022-01-14',
      taxStatus: null,
      jurisdiction: { code: 'US-VA', name: 'Virginia' },
    });
    const owed = (to: string | null) =>
      obligationsOf(factsOf({ organisation, own: [own(to)] }), { from: '2024-01-01', to: '2027-12-31' });
    expect(owed(null).map(filingIdOf)).toEqual([
      'us-va-annual-report~2024-01-31',
      'moved~2025-06-30',
      'moved~2026-06-30',
      'moved~2027-06-30',
    ]);
    expect(owed(null).map(({ form }) => form)).toEqual(Array(4).fill('va-annual-report'));
    expect(owed('2025-12-31').map(filingIdOf)).toEqual([
      'us-va-annual-report~2024-01-31',
      'moved~2025-06-30',
      'us-va-annual-report~2026-01-31',
      'us-va-annual-report~2027-01-31',
    ]);
  });
});
