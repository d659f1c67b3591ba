// Legal holidays against the tables that were published for these years, and business days counted one by one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../shared/core/calendar.ts';
import {
  addBusinessDays,
  businessDaysBetween,
  type HolidayCalendar,
  holidayCalendars,
  holidaysOf,
  isBusinessDay,
} from '../../../shared/core/holidays.ts';

/** Federal holidays as observed: New Year, King, Washington, Memorial, Juneteenth, Independence, Labor, Columbus, Veterans, Thanksgiving, Christmas. */
const published = [
  [2021, '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31', '04-16'],
  [2022, '01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26', '04-15'],
  [2023, '01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25', '04-17'],
  [2024, '01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25', '04-16'],
  [2025, '01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25', '04-16'],
  [2026, '01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25', '04-16'],
  [2027, '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31', '04-16'],
] as const;

const datesOf = (calendar: Parameters<typeof holidaysOf>[0], year: number) =>
  holidaysOf(calendar, year).map(({ date }) => date);

describe('holidays', () => {
  it.each(published)('of %i are those that were published', (year, dates, emancipation) => {
    const expected = dates.split(' ').map(day => `${year}-${day}`);
    expect(datesOf('us-federal', year)).toEqual(expected);
    expect(datesOf('us-dc', year)).toEqual([...expected, `${year}-${emancipation}`].toSorted());
    expect(datesOf('none', year)).toEqual([]);
  });

  it('hold from the day of their law on', () => {
    const names = (year: number) => holidaysOf('us-dc', year).map(({ name }) => name);
    expect(names(2020)).not.toContain('Juneteenth National Independence Day');
    expect(names(2004)).not.toContain('District of Columbia Emancipation Day');
    expect(names(2006)).toContain('District of Columbia Emancipation Day');
    expect(names(1985)).not.toContain('Birthday of Martin Luther King, Jr.');
    expect(names(1986)).toContain('Birthday of Martin Luther King, Jr.');
    expect(datesOf('us-federal', 1977)).toEqual([]);
  });

  it('say where the law has them from', () => {
    expect(holidaysOf('us-dc', 2024).every(({ source }) => /U\.S\.C\.|D\.C\. Code/.test(source))).toBe(true);
  });
});

const anyCalendar = fc.constantFrom(...holidayCalendars);
const anyDate = fc.integer({ min: 0, max: 9000 }).map(days => addDays('2010-01-01', days));

describe('business days', () => {
  it.each<[string, HolidayCalendar, boolean, string]>([
    ['2024-07-03', 'us-federal', true, 'a Wednesday'],
    ['2024-07-04', 'us-federal', false, 'Independence Day'],
    ['2024-07-04', 'none', true, 'Independence Day, where none is kept'],
    ['2024-07-06', 'none', false, 'a Saturday'],
    ['2024-07-07', 'none', false, 'a Sunday'],
    ['2022-04-15', 'us-dc', false, 'the Friday before an Emancipation Day'],
    ['2022-04-15', 'us-federal', true, 'the same Friday elsewhere'],
    ['2021-12-31', 'us-federal', false, 'a New Year that is kept in the year before'],
  ])('%s in %s: %s, %s', (date, calendar, expected) => {
    expect(isBusinessDay(date, calendar)).toBe(expected);
  });

  it.each([
    ['2022-04-14', 1, 'us-dc', '2022-04-18'],
    ['2024-07-03', 1, 'us-federal', '2024-07-05'],
    ['2024-07-05', -1, 'us-federal', '2024-07-03'],
    ['2024-07-06', 0, 'us-federal', '2024-07-06'],
    ['2024-07-06', 1, 'us-federal', '2024-07-08'],
    ['2024-12-20', 10, 'us-federal', '2025-01-07'],
  ] as const)('%s and %i of %s is %s', (date, days, calendar, expected) => {
    expect(addBusinessDays(date, days, calendar)).toBe(expected);
  });

  it('are never a day off, and as many lie between as were added', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 40 }), anyCalendar, (date, days, calendar) => {
        const later = addBusinessDays(date, days, calendar);
        expect(isBusinessDay(later, calendar)).toBe(true);
        expect(businessDaysBetween(date, later, calendar)).toBe(days);
        expect(businessDaysBetween(date, addDays(later, -1), calendar)).toBe(days - 1);
        const back = addBusinessDays(later, -days, calendar);
        expect(back <= date).toBe(true);
        expect(businessDaysBetween(back, date, calendar)).toBe(0);
      }),
    );
  });

  it('go to the last year that dates have', () => {
    expect(datesOf('us-federal', 9999)).toContain('9999-07-05');
    expect(isBusinessDay('9999-12-31', 'us-dc')).toBe(true);
  });

  it('between two days are none backwards', () => {
    expect(businessDaysBetween('2024-07-05', '2024-07-01', 'none')).toBe(0);
    expect(businessDaysBetween('2024-07-05', '2024-07-05', 'none')).toBe(0);
  });
});
