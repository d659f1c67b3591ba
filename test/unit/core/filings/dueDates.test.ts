// Due dates against a table that was written by hand from the text of the law, with a calendar on the wall.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../shared/core/calendar.ts';
import { filingIdOf } from '../../../../shared/core/filings/obligations.ts';
import { obligationsOf, rules } from '../../../../shared/core/filings/obligationsOf.ts';
import { isBusinessDay } from '../../../../shared/core/holidays.ts';
import { everything, factsOf, historyOf, ownOf, returnsOf } from './facts.ts';

/**
 * The day on which the fiscal year ends; the 15th day of the 5th month after it (Treas. Reg. 1.6033-2(e)); the day to which
 * Saturdays, Sundays and holidays of the District of Columbia move it (IRC 7503); the last day with the extension of Form 8868.
 */
const annualReturns = `
2020-12-31 | 2021-05-15 | 2021-05-17 | 2021-11-15 | a Saturday
2021-12-31 | 2022-05-15 | 2022-05-16 | 2022-11-15 | a Sunday
2022-12-31 | 2023-05-15 | 2023-05-15 | 2023-11-15 | a Monday
2023-12-31 | 2024-05-15 | 2024-05-15 | 2024-11-15 | a Wednesday
2024-12-31 | 2025-05-15 | 2025-05-15 | 2025-11-17 | extended to a Saturday
2025-12-31 | 2026-05-15 | 2026-05-15 | 2026-11-16 | extended to a Sunday
2026-12-31 | 2027-05-15 | 2027-05-17 | 2027-11-15 | the extension begins with the day that the rule names
2027-12-31 | 2028-05-15 | 2028-05-15 | 2028-11-15 | a leap year
2022-01-31 | 2022-06-15 | 2022-06-15 | 2022-12-15 | January
2024-01-31 | 2024-06-15 | 2024-06-17 | 2024-12-16 | January; Saturday, extended to a Sunday
2023-02-28 | 2023-07-15 | 2023-07-17 | 2024-01-16 | February; extended to the birthday of Martin Luther King
2024-02-29 | 2024-07-15 | 2024-07-15 | 2025-01-15 | 29 February
2024-03-31 | 2024-08-15 | 2024-08-15 | 2025-02-18 | March; extended to the Saturday before Washington's birthday
2026-03-31 | 2026-08-15 | 2026-08-17 | 2027-02-16 | March; extended to Washington's birthday
2023-04-30 | 2023-09-15 | 2023-09-15 | 2024-03-15 | April
2024-04-30 | 2024-09-15 | 2024-09-16 | 2025-03-17 | April; Sunday, extended to a Saturday
2021-05-31 | 2021-10-15 | 2021-10-15 | 2022-04-18 | May; extended to the Friday on which Emancipation Day is observed
2022-05-31 | 2022-10-15 | 2022-10-17 | 2023-04-18 | May; extended to the Saturday before the Monday on which Emancipation Day is observed
2023-05-31 | 2023-10-15 | 2023-10-16 | 2024-04-15 | May; extended to the day before Emancipation Day
2023-06-30 | 2023-11-15 | 2023-11-15 | 2024-05-15 | June
2025-06-30 | 2025-11-15 | 2025-11-17 | 2026-05-15 | June; Saturday
2026-06-30 | 2026-11-15 | 2026-11-16 | 2027-05-17 | June; Sunday, extended to a Saturday
2020-07-31 | 2020-12-15 | 2020-12-15 | 2021-06-15 | July; extended into the week of the first Juneteenth
2024-07-31 | 2024-12-15 | 2024-12-16 | 2025-06-16 | July; Sunday, extended to a Sunday
2021-08-31 | 2022-01-15 | 2022-01-18 | 2022-07-15 | August; the Saturday before the birthday of Martin Luther King
2023-08-31 | 2024-01-15 | 2024-01-16 | 2024-07-15 | August; the birthday of Martin Luther King
2024-09-30 | 2025-02-15 | 2025-02-18 | 2025-08-15 | September; the Saturday before Washington's birthday
2025-09-30 | 2026-02-15 | 2026-02-17 | 2026-08-17 | September; the Sunday before it, extended to a Saturday
2023-10-31 | 2024-03-15 | 2024-03-15 | 2024-09-16 | October; extended to a Sunday
2024-10-31 | 2025-03-15 | 2025-03-17 | 2025-09-15 | October; Saturday
2021-11-30 | 2022-04-15 | 2022-04-18 | 2022-10-17 | November; Emancipation Day is observed on the Friday before its Saturday
2022-11-30 | 2023-04-15 | 2023-04-18 | 2023-10-16 | November; Emancipation Day is observed on the Monday after its Sunday
2023-11-30 | 2024-04-15 | 2024-04-15 | 2024-10-15 | November; Emancipation Day is the day after
2026-11-30 | 2027-04-15 | 2027-04-15 | 2027-10-15 | November
2027-11-30 | 2028-04-15 | 2028-04-18 | 2028-10-16 | November of a leap year
2011-11-30 | 2012-04-15 | 2012-04-17 | 2012-07-16 | Emancipation Day on a Monday; three months of extension in those years
2015-12-31 | 2016-05-15 | 2016-05-16 | 2016-08-15 | the last calendar year with three months
2016-06-30 | 2016-11-15 | 2016-11-15 | 2017-02-15 | a year that began in 2015
2016-12-31 | 2017-05-15 | 2017-05-15 | 2017-11-15 | the first with six
2096-02-29 | 2096-07-15 | 2096-07-16 | 2097-01-15 | a Sunday far away
2099-12-31 | 2100-05-15 | 2100-05-17 | 2100-11-15 | a century that is no leap year
2100-02-28 | 2100-07-15 | 2100-07-15 | 2101-01-18 | February there; extended to the Saturday before the birthday of Martin Luther King`
  .trim()
  .split('\n')
  .map(line => line.split('|').map(cell => cell.trim()) as [string, string, string, string, string]);

const withYearEnd = (end: string) => {
  const fiscalYearEnd = end.slice(5) === '02-29' ? '02-28' : end.slice(5);
  return factsOf({ organisation: historyOf({ fiscalYearEnd }) });
};

describe('the annual return', () => {
  it('has forty due dates and more to be compared with', () => {
    expect(annualReturns.length).toBeGreaterThanOrEqual(40);
    expect(new Set(annualReturns.map(([end]) => end.slice(5, 7))).size).toBe(12);
  });

  it.each(annualReturns)(
    'for the year that ends on %s is due on %s, so %s; extended, %s: %s',
    (end, named, due, ext) => {
      const owed = returnsOf(obligationsOf(withYearEnd(end), { from: due, to: due }));
      expect(owed).toHaveLength(1);
      expect(owed[0]).toMatchObject({ named, due, extendable: ext, form: null, fee: null });
      expect(owed[0]?.period.to).toBe(end);
    },
  );

  it('for a first year that is short, is due after that year', () => {
    const organisation = historyOf({ incorporatedOn: '2022-11-20', fiscalYearEnd: '06-30' });
    const owed = returnsOf(obligationsOf(factsOf({ organisation }), { from: '2022-01-01', to: '2024-12-31' }));
    expect(owed.map(({ period, due }) => [period.from, period.to, due])).toEqual([
      ['2022-11-20', '2023-06-30', '2023-11-15'],
      ['2023-07-01', '2024-06-30', '2024-11-15'],
    ]);
  });

  it('for the short year between two fiscal year ends, is due after that year', () => {
    const organisation = historyOf({}, { from: '2024-03-01', fiscalYearEnd: '06-30' });
    const owed = returnsOf(obligationsOf(factsOf({ organisation }), { from: '2024-01-01', to: '2025-12-31' }));
    expect(owed.map(({ period, due }) => [period.from, period.to, due])).toEqual([
      ['2023-01-01', '2023-12-31', '2024-05-15'],
      ['2024-01-01', '2024-06-30', '2024-11-15'],
      ['2024-07-01', '2025-06-30', '2025-11-17'],
    ]);
  });

  it('is owed by those that are exempt at the end of the year, whatever came later', () => {
    const organisation = historyOf(
      { taxStatus: null },
      { from: '2022-07-01', taxStatus: '501(c)(3)' },
      {
        from: '2024-02-01',
        taxStatus: null,
      },
    );
    const owed = returnsOf(obligationsOf(factsOf({ organisation }), everything));
    expect(owed.map(filingIdOf)).toEqual(['us-irs-return~2022-12-31', 'us-irs-return~2023-12-31']);
  });

  it('for years that end before the book keeps filings, is not looked at; nothing is, while nobody said since when', () => {
    const since = (day: string | null) =>
      obligationsOf(factsOf({ since: day }), { from: '2023-01-01', to: '2024-12-31' }).map(filingIdOf);
    expect(since('2022-12-31')).toEqual(['us-irs-return~2022-12-31', 'us-irs-return~2023-12-31']);
    expect(since('2023-01-01')).toEqual(['us-irs-return~2023-12-31']);
    expect(since(null)).toEqual([]);
  });
});

describe('rules', () => {
  it('say where they are from, and one rule has one edition at a time', () => {
    for (const rule of rules) {
      expect(rule.citation, rule.id).toMatch(/IRC|Va\. Code|VAC/);
      const others = rules.filter(other => other.id === rule.id && other !== rule);
      for (const other of others) {
        const overlaps =
          (other.effectiveTo === null || rule.effectiveFrom <= other.effectiveTo) &&
          (rule.effectiveTo === null || other.effectiveFrom <= rule.effectiveTo);
        expect(overlaps, rule.id).toBe(false);
      }
    }
  });
});

const monthEnds = [
  '01-31',
  '02-28',
  '03-31',
  '04-30',
  '05-31',
  '06-30',
  '07-31',
  '08-31',
  '09-30',
  '10-31',
  '11-30',
  '12-31',
];
const anyDay = fc.integer({ min: 0, max: 30_000 }).map(days => addDays('2010-01-01', days));
const anyEnd = fc.constantFrom(...monthEnds);

describe('whatever the fiscal year', () => {
  it('a date that moves comes to a business day, not before the day that is named, and within four days', () => {
    fc.assert(
      fc.property(anyEnd, anyDay, (fiscalYearEnd, from) => {
        const facts = factsOf({ organisation: historyOf({ fiscalYearEnd, incorporatedOn: '2009-01-01' }) });
        const owed = returnsOf(obligationsOf(facts, { from, to: addDays(from, 1200) }));
        expect(owed.length).toBeGreaterThan(0);
        for (const { named, due, extendable } of owed) {
          expect(isBusinessDay(due, 'us-dc') && isBusinessDay(extendable ?? '', 'us-dc')).toBe(true);
          expect(due >= named && due <= addDays(named, 4)).toBe(true);
          expect(named.slice(8)).toBe('15');
          // No business day lies between: the next one is taken, not a later one.
          for (let day = named; day < due; day = addDays(day, 1)) expect(isBusinessDay(day, 'us-dc')).toBe(false);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('what is due in a span is what is due in its parts, sorted, each once', () => {
    const anyOwn = fc.record({
      firstDue: anyDay,
      everyMonths: fc.option(fc.integer({ min: 1, max: 30 })),
      movesPast: fc.constantFrom('us-dc' as const, 'none' as const, null),
    });
    fc.assert(
      fc.property(
        anyEnd,
        anyDay,
        fc.integer({ min: 1, max: 900 }),
        fc.array(anyOwn, { maxLength: 4 }),
        (end, from, days, own) => {
          const facts = factsOf({
            organisation: historyOf({ fiscalYearEnd: end, jurisdiction: { code: 'US-VA', name: 'Virginia' } }),
            solicitsIn: ['US-VA'],
            own: own.map((data, index) => ({ id: `own-${index}`, version: 1, data: ownOf(data) })),
          });
          const middle = addDays(from, days);
          const whole = obligationsOf(facts, { from, to: addDays(from, 1000) });
          const parts = [
            ...obligationsOf(facts, { from, to: middle }),
            ...obligationsOf(facts, { from: addDays(middle, 1), to: addDays(from, 1000) }),
          ];
          expect(whole).toEqual(parts);
          expect(new Set(whole.map(filingIdOf)).size).toBe(whole.length);
        },
      ),
      { numRuns: 100 },
    );
  });
});
