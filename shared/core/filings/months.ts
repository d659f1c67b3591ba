/** Reckoning in months: last days, and the same day some months later. */
import { addYears, type PlainDate } from '../calendar.ts';

const daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The last day of the month in which the day lies. */
export function lastDayOfMonth(day: PlainDate): PlainDate {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return `${day.slice(0, 8)}${month === 2 && isLeap ? 29 : daysOfMonths[month - 1]}`;
}

/**
 * The same day of the month so many months later, and the last day of that month where it has no such day: 28 or 29 February
 * one month after 31 January. No later than 9999-12-31.
 */
export function addMonths(day: PlainDate, months: number): PlainDate {
  const whole = Number(day.slice(5, 7)) - 1 + months;
  const years = Math.floor(whole / 12);
  const first = addYears(`${day.slice(0, 4)}-01-01`, years);
  if (first === '9999-12-31') return first;
  const month = `${first.slice(0, 4)}-${String(whole - 12 * years + 1).padStart(2, '0')}`;
  const last = lastDayOfMonth(`${month}-01`);
  const same = `${month}-${day.slice(8)}`;
  return same < last ? same : last;
}

/** How many months lie between the months of the two days. */
export const monthsBetween = (from: PlainDate, to: PlainDate): number =>
  12 * (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
