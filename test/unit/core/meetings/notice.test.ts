// Notice in time, to the day: calendar days and business days, least and most.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../shared/core/calendar.ts';
import type { NoticePeriod, NoticeRule } from '../../../../shared/core/decisions/rulebook.ts';
import { type HolidayCalendar, holidayCalendars } from '../../../../shared/core/holidays.ts';
import { checkNotice, demandInTime } from '../../../../shared/core/meetings/notice.ts';
import { StateConflictError } from '../../../../shared/errors.ts';

const ruleOf = (period: NoticePeriod | null, holidays: HolidayCalendar = 'us-federal'): NoticeRule => ({
  source: 'Bylaws, article 5',
  regular: null,
  special: period,
  holidays,
});
const calendarDays = (leastDays: number, mostDays: number | null = null) =>
  ({ leastDays, mostDays, counted: 'calendar' }) as const;
const businessDays = (leastDays: number, mostDays: number | null = null) =>
  ({ leastDays, mostDays, counted: 'business' }) as const;

describe('notice', () => {
  it.each([
    ['two days before, on the last possible day', calendarDays(2), '2024-02-09', '2024-02-07', true],
    ['a day too late', calendarDays(2), '2024-02-09', '2024-02-08', false],
    ['on the day itself, where no days are asked for', calendarDays(0), '2024-02-09', '2024-02-09', true],
    ['over the end of a leap February', calendarDays(10), '2024-03-05', '2024-02-24', true],
    ['a day too late, over the end of a leap February', calendarDays(10), '2024-03-05', '2024-02-25', false],
    ['on the first possible day', calendarDays(10, 60), '2024-05-01', '2024-03-02', true],
    ['a day too early', calendarDays(10, 60), '2024-05-01', '2024-03-01', false],
    // 1 March 2024 is a Friday; 19 February was a holiday.
    ['ten business days before', businessDays(10), '2024-03-01', '2024-02-15', true],
    ['nine business days before', businessDays(10), '2024-03-01', '2024-02-16', false],
    ['on a Saturday before a Monday', businessDays(1), '2024-03-04', '2024-03-02', true],
    ['on the Monday itself', businessDays(1), '2024-03-04', '2024-03-04', false],
    ['for a Sunday, on the Friday before it', businessDays(1), '2024-03-03', '2024-03-01', false],
    ['for a Sunday, on the Thursday before it', businessDays(1), '2024-03-03', '2024-02-29', true],
  ])('%s', (_what, period, meetsOn, givenOn, inTime) => {
    const check = checkNotice(ruleOf(period), 'special', givenOn, meetsOn);
    expect(check).toMatchObject({ inTime, givenOn, meetsOn, period });
    if (inTime) demandInTime(check);
    else expect(() => demandInTime(check)).toThrow(StateConflictError);
  });

  it('names the day that would have done', () => {
    const late = checkNotice(ruleOf(businessDays(10)), 'special', '2024-02-20', '2024-03-01');
    expect(() => demandInTime(late)).toThrow(
      'Notice has to be given at least 10 business days before (Bylaws, article 5). For a meeting on 2024-03-01 the last possible day is 2024-02-15',
    );
    const early = checkNotice(ruleOf(calendarDays(10, 60)), 'special', '2024-02-01', '2024-05-01');
    expect(() => demandInTime(early)).toThrow('the first possible day is 2024-03-02');
  });

  it('is always in time for kinds of meetings without a period', () => {
    const check = checkNotice(ruleOf(calendarDays(10)), 'regular', '2024-02-09', '2024-02-09');
    expect(check).toMatchObject({ inTime: true, period: null, firstDay: null, lastDay: null });
    demandInTime(check);
  });

  it('is in time from the first day to the last one that it names, and on no other', () => {
    const anyPeriod = fc
      .record({
        leastDays: fc.integer({ min: 0, max: 15 }),
        spread: fc.option(fc.integer({ min: 0, max: 20 })),
        counted: fc.constantFrom('calendar' as const, 'business' as const),
      })
      .map(
        ({ leastDays, spread, counted }): NoticePeriod => ({
          leastDays,
          mostDays: spread === null ? null : leastDays + spread,
          counted,
        }),
      );
    fc.assert(
      fc.property(
        anyPeriod,
        fc.constantFrom(...holidayCalendars),
        fc.integer({ min: 0, max: 2000 }),
        fc.integer({ min: 0, max: 60 }),
        (period, holidays, day, before) => {
          const meetsOn = addDays('2021-01-01', day);
          const givenOn = addDays(meetsOn, -before);
          const { inTime, firstDay, lastDay } = checkNotice(ruleOf(period, holidays), 'special', givenOn, meetsOn);
          expect(inTime).toBe(givenOn <= (lastDay ?? '') && (firstDay === null || givenOn >= firstDay));
        },
      ),
    );
  });
});
