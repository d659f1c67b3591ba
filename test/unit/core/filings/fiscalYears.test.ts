// Fiscal years against cases by hand, and against a clerk who walks through them day by day.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addYears } from '../../../../shared/core/calendar.ts';
import { fiscalYears } from '../../../../shared/core/filings/fiscalYears.ts';
import { addMonths, lastDayOfMonth } from '../../../../shared/core/filings/months.ts';
import { fiscalYearThatEnds } from '../../../../shared/core/filings/ownObligations.ts';
import { historyOf } from './facts.ts';

const yearsOf = (organisation: ReturnType<typeof historyOf>, until: string) =>
  fiscalYears(organisation, until).map(({ from, to }) => `${from} ${to}`);

describe('fiscal years', () => {
  it('begin on the day of incorporation with a short one', () => {
    expect(yearsOf(historyOf({ incorporatedOn: '2022-01-14' }), '2023-06-01')).toEqual([
      '2022-01-14 2022-12-31',
      '2023-01-01 2023-12-31',
    ]);
    expect(yearsOf(historyOf({ incorporatedOn: '2022-12-31' }), '2023-01-01')).toEqual([
      '2022-12-31 2022-12-31',
      '2023-01-01 2023-12-31',
    ]);
    expect(yearsOf(historyOf({ incorporatedOn: '2022-01-14' }), '2022-01-13')).toEqual([]);
  });

  it('end with February, whatever its last day', () => {
    const organisation = historyOf({ incorporatedOn: '2022-03-01', fiscalYearEnd: '02-28' });
    expect(yearsOf(organisation, '2024-06-01')).toEqual([
      '2022-03-01 2023-02-28',
      '2023-03-01 2024-02-29',
      '2024-03-01 2025-02-28',
    ]);
  });

  it.each([
    ['2024-03-01', '06-30', ['2024-01-01 2024-06-30', '2024-07-01 2025-06-30']],
    ['2024-06-30', '06-30', ['2024-01-01 2024-06-30', '2024-07-01 2025-06-30']],
    ['2024-07-01', '06-30', ['2024-01-01 2024-12-31', '2025-01-01 2025-06-30']],
    ['2024-12-31', '06-30', ['2024-01-01 2024-12-31', '2025-01-01 2025-06-30']],
    ['2025-01-01', '06-30', ['2024-01-01 2024-12-31', '2025-01-01 2025-06-30']],
    ['2024-11-30', '11-30', ['2024-01-01 2024-11-30', '2024-12-01 2025-11-30']],
  ])('change from December with facts from %s on: %s', (from, fiscalYearEnd, expected) => {
    const organisation = historyOf({ incorporatedOn: '2023-01-01' }, { from, fiscalYearEnd });
    expect(yearsOf(organisation, '2025-03-01').slice(1)).toEqual(expected);
  });

  it('that would never end end after twelve months', () => {
    const organisation = historyOf(
      { incorporatedOn: '2024-01-14', fiscalYearEnd: '12-31' },
      { from: '2024-12-30', fiscalYearEnd: '03-31' },
    );
    expect(yearsOf(organisation, '2025-06-01')).toEqual([
      '2024-01-14 2024-12-31',
      '2025-01-01 2025-03-31',
      '2025-04-01 2026-03-31',
    ]);
  });

  it('name those that end nearest to a day on which none ends', () => {
    const organisation = historyOf({ incorporatedOn: '2022-01-14' });
    const found = (end: string) => fiscalYearThatEnds(organisation, end, '2024-06-01');
    expect(found('2023-12-31')).toEqual({ year: { from: '2023-01-01', to: '2023-12-31' } });
    expect(found('2024-12-31')).toHaveProperty('year');
    expect(found('2023-06-30')).toEqual({ nearest: ['2022-12-31', '2023-12-31'] });
    expect(found('2025-12-31')).toEqual({ nearest: ['2024-12-31'] });
    expect(found('2021-12-31')).toEqual({ nearest: ['2022-12-31'] });
  });

  it('begun before the year 9999 come to an end', () => {
    expect(yearsOf(historyOf({ incorporatedOn: '9998-06-01' }), '9999-12-31')).toEqual([
      '9998-06-01 9998-12-31',
      '9999-01-01 9999-12-31',
    ]);
  });

  const ends = ['01-31', '02-28', '03-31', '04-30', '06-30', '09-30', '11-30', '12-31'];
  const anyDay = fc.integer({ min: 0, max: 5000 }).map(days => addDays('2011-12-01', days));
  const anyHistory = fc
    .record({
      incorporatedOn: anyDay,
      first: fc.constantFrom(...ends),
      changes: fc.array(fc.record({ from: anyDay, fiscalYearEnd: fc.constantFrom(...ends) }), { maxLength: 4 }),
    })
    .map(({ incorporatedOn, first, changes }) =>
      historyOf(
        { incorporatedOn, fiscalYearEnd: first, from: '2000-01-01' },
        ...[...new Map(changes.map(change => [change.from, change])).values()].toSorted((a, b) =>
          a.from < b.from ? -1 : 1,
        ),
      ),
    );

  it('leave no gap, never overlap, end with months, and are no longer than twelve of them', () => {
    fc.assert(
      fc.property(anyHistory, organisation => {
        const years = fiscalYears(organisation, '2030-01-01');
        expect(years[0]?.from).toBe(organisation[0]?.incorporatedOn);
        expect((years.at(-1)?.to ?? '') >= '2030-01-01').toBe(true);
        for (const [index, { from, to }] of years.entries()) {
          if (index > 0) expect(from).toBe(addDays(years[index - 1]?.to ?? '', 1));
          expect(to >= from && to < addYears(from, 1)).toBe(true);
          expect(addDays(to, 1).slice(8)).toBe('01');
        }
      }),
    );
  });

  it('are those of a clerk who looks every evening whether the year is over', () => {
    const clerk = (organisation: ReturnType<typeof historyOf>, until: string) => {
      const years: string[] = [];
      let from = organisation[0]?.incorporatedOn ?? '';
      for (let day = from; day <= until || from <= until; day = addDays(day, 1)) {
        const tomorrow = addDays(day, 1);
        if (tomorrow.slice(8) !== '01') continue;
        const inForce = organisation.filter(entry => entry.from <= day).at(-1);
        const isTheEnd = inForce?.fiscalYearEnd.slice(0, 2) === day.slice(5, 7);
        // Another whole month would make it longer than a year.
        let nextMonthEnd = tomorrow;
        while (addDays(nextMonthEnd, 1).slice(8) !== '01') nextMonthEnd = addDays(nextMonthEnd, 1);
        const wouldBeTooLong = nextMonthEnd >= addYears(from, 1);
        if (!isTheEnd && !wouldBeTooLong) continue;
        years.push(`${from} ${day}`);
        from = tomorrow;
      }
      return years;
    };
    fc.assert(
      fc.property(anyHistory, organisation => {
        expect(yearsOf(organisation, '2028-01-01')).toEqual(clerk(organisation, '2028-01-01'));
      }),
      { numRuns: 60 },
    );
  });
});

describe('months', () => {
  it.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-01-31', 2, '2024-03-31'],
    ['2024-01-15', -1, '2023-12-15'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2024-11-15', 6, '2025-05-15'],
    ['2024-05-15', 0, '2024-05-15'],
    ['9999-12-01', 1, '9999-12-31'],
    ['9999-11-30', 1, '9999-12-30'],
  ])('from %s, %i months on it is %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });

  it.each([
    ['2024-02-01', '2024-02-29'],
    ['2023-02-28', '2023-02-28'],
    ['2100-02-10', '2100-02-28'],
    ['2000-02-10', '2000-02-29'],
    ['2024-12-31', '2024-12-31'],
    ['9999-12-05', '9999-12-31'],
  ])('the month of %s ends on %s', (day, last) => {
    expect(lastDayOfMonth(day)).toBe(last);
  });
});
