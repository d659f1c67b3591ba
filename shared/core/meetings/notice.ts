/** Whether the notice of a meeting is given in time, by the body's own rule. */
import { StateConflictError } from '../../errors.ts';
import { addDays, daysBetween, type PlainDate } from '../calendar.ts';
import type { NoticePeriod, NoticeRule } from '../decisions/rulebook.ts';
import { addBusinessDays, businessDaysBetween, type HolidayCalendar } from '../holidays.ts';

/** The result of holding a notice against the rule. Days count after the day of the notice, up to and including the day of the meeting. */
export interface NoticeCheck {
  readonly source: string;
  /** Null where the rule asks for no particular time. */
  readonly period: NoticePeriod | null;
  readonly holidays: HolidayCalendar;
  readonly givenOn: PlainDate;
  readonly meetsOn: PlainDate;
  /** Of the kind that the period counts; calendar days where there is none. */
  readonly days: number;
  readonly inTime: boolean;
  /** The first and the last day on which notice is in time; null where there is no such limit. */
  readonly firstDay: PlainDate | null;
  readonly lastDay: PlainDate | null;
}

/** @param givenOn and `meetsOn` are dates in the organisation's time zone. */
export function checkNotice(
  rule: NoticeRule,
  kind: 'regular' | 'special',
  givenOn: PlainDate,
  meetsOn: PlainDate,
): NoticeCheck {
  const { source, holidays } = rule;
  const period = rule[kind];
  const counted = period?.counted ?? 'calendar';
  const daysFrom = (day: PlainDate) =>
    counted === 'business' ? businessDaysBetween(day, meetsOn, holidays) : daysBetween(day, meetsOn);
  const days = daysFrom(givenOn);
  // The last day from which there are still so many days to the meeting.
  const latest = (least: number) =>
    counted === 'business'
      ? addDays(addBusinessDays(addDays(meetsOn, 1), -least, holidays), -1)
      : addDays(meetsOn, -least);
  const firstDay = period === null || period.mostDays === null ? null : addDays(latest(period.mostDays + 1), 1);
  return {
    source,
    period,
    holidays,
    givenOn,
    meetsOn,
    days,
    inTime: period === null || (days >= period.leastDays && (period.mostDays === null || days <= period.mostDays)),
    firstDay,
    lastDay: period === null ? null : latest(period.leastDays),
  };
}

/** @throws {StateConflictError} notice is too late or too early; the message names the day that would do. */
export function demandInTime({ source, period, days, inTime, firstDay, lastDay, meetsOn }: NoticeCheck): void {
  if (inTime || period === null) return;
  const unit = period.counted === 'business' ? 'business days' : 'days';
  if (days < period.leastDays) {
    throw new StateConflictError(
      `Notice has to be given at least ${period.leastDays} ${unit} before (${source}). For a meeting on ${meetsOn} the last possible day is ${lastDay}; record the reason of a waiver, or choose a later day for the meeting.`,
    );
  }
  throw new StateConflictError(
    `Notice may be given at most ${period.mostDays} ${unit} before (${source}). For a meeting on ${meetsOn} the first possible day is ${firstDay}; record the reason of a waiver, or give it then.`,
  );
}
