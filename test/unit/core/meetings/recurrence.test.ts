// Meetings that repeat: the same time on the wall over changes of the clock, and days that not every month has.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateIn, instantAt, timeIn } from '../../../../shared/core/calendar.ts';
import { occurrences, type Repeat } from '../../../../shared/core/meetings/recurrence.ts';

const zone = 'America/New_York';
const datesOf = (date: string, repeat: Repeat, time = '18:30') => {
  const startsAt = instantAt(zone, date, time);
  const endsAt = new Date(Date.parse(startsAt) + 5_400_000).toISOString();
  return occurrences({ startsAt, endsAt }, zone, repeat);
};
const daysOf = (...asked: Parameters<typeof datesOf>) =>
  datesOf(...asked).map(({ startsAt }) => dateIn(zone, startsAt).slice(2));

describe('occurrences', () => {
  it.each([
    ['weeks', '2024-02-27', { every: 'week', same: 'weekday', count: 3 }, '24-02-27 24-03-05 24-03-12'],
    [
      'second Tuesdays',
      '2024-02-13',
      { every: 'month', same: 'weekday', count: 4 },
      '24-02-13 24-03-12 24-04-09 24-05-14',
    ],
    [
      'fifth Thursdays, or last ones',
      '2024-02-29',
      { every: 'month', same: 'weekday', count: 4 },
      '24-02-29 24-03-28 24-04-25 24-05-30',
    ],
    [
      '31sts, or last days',
      '2024-01-31',
      { every: 'month', same: 'day', count: 4 },
      '24-01-31 24-02-29 24-03-31 24-04-30',
    ],
    ['quarters over a year', '2023-11-30', { every: 'quarter', same: 'day', count: 3 }, '23-11-30 24-02-29 24-05-30'],
    ['29 February every year', '2024-02-29', { every: 'year', same: 'day', count: 3 }, '24-02-29 25-02-28 26-02-28'],
    [
      'first Mondays of a month every year',
      '2024-12-02',
      { every: 'year', same: 'weekday', count: 3 },
      '24-12-02 25-12-01 26-12-07',
    ],
  ] as const)('%s', (_what, first, repeat, expected) => {
    expect(daysOf(first, repeat).join(' ')).toBe(expected);
  });

  it('begin at the same time on the wall, and last as long, when clocks change in between', () => {
    const all = datesOf('2024-02-26', { every: 'week', same: 'weekday', count: 4 });
    expect(all.map(({ startsAt }) => startsAt.slice(5, 16))).toEqual([
      '02-26T23:30',
      '03-04T23:30',
      '03-11T22:30',
      '03-18T22:30',
    ]);
    expect(all.every(({ startsAt, endsAt }) => Date.parse(endsAt) - Date.parse(startsAt) === 5_400_000)).toBe(true);
  });

  it('begin later where clocks skip their time', () => {
    const all = datesOf('2024-03-03', { every: 'week', same: 'weekday', count: 3 }, '02:30');
    expect(all.map(({ startsAt }) => timeIn(zone, startsAt))).toEqual(['02:30', '03:30', '02:30']);
  });

  it('are as many as asked for, in order, on the weekday or the day that was asked for', () => {
    const anyRepeat = fc.record({
      every: fc.constantFrom('week' as const, 'month' as const, 'quarter' as const, 'year' as const),
      same: fc.constantFrom('weekday' as const, 'day' as const),
      count: fc.integer({ min: 2, max: 12 }),
    });
    const anyDay = fc
      .integer({ min: 0, max: 3000 })
      .map(days => new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10));
    const weekday = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay();
    fc.assert(
      fc.property(anyDay, anyRepeat, (first, repeat) => {
        const all = datesOf(first, repeat);
        const dates = all.map(({ startsAt }) => dateIn(zone, startsAt));
        expect(dates).toHaveLength(repeat.count);
        expect(dates).toEqual([...new Set(dates)].toSorted());
        if (repeat.same === 'weekday' || repeat.every === 'week') {
          expect(new Set(dates.map(weekday))).toEqual(new Set([weekday(first)]));
        } else {
          expect(dates.every(date => date.slice(8) <= first.slice(8))).toBe(true);
        }
        const months = { week: 0, month: 1, quarter: 3, year: 12 }[repeat.every];
        const monthOf = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
        if (months > 0) {
          expect(dates.map(monthOf)).toEqual(dates.map((_, index) => monthOf(first) + months * index));
        }
      }),
    );
  });
});
