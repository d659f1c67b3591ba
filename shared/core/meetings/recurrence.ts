/** Meetings that repeat: the same time on the wall, whatever clocks do in between. */
import { addDays, dateIn, type Instant, instant, instantAt, type PlainDate, timeIn } from '../calendar.ts';

export const intervals = ['week', 'month', 'quarter', 'year'] as const;
export const sameDays = ['weekday', 'day'] as const;

/** More are not written at once. */
export const mostOccurrences = 12;

export interface Repeat {
  readonly every: (typeof intervals)[number];
  /**
   * `weekday`: such as the second Tuesday of the month; a fifth one is the last one where there are only four.
   * `day`: such as the 31st; the last day of a month that has none. Weeks do not ask.
   */
  readonly same: (typeof sameDays)[number];
  /** With the first. */
  readonly count: number;
}

export interface Occurrence {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** All occurrences with the first, each as long as the first. */
export function occurrences({ startsAt, endsAt }: Occurrence, timeZone: string, repeat: Repeat): Occurrence[] {
  const [first, time] = [dateIn(timeZone, startsAt), timeIn(timeZone, startsAt)];
  const lasts = Date.parse(endsAt) - Date.parse(startsAt);
  const later = Array.from({ length: repeat.count - 1 }, (_, index): Occurrence => {
    const begins = instantAt(timeZone, dateOf(first, repeat, index + 1), time);
    return { startsAt: begins, endsAt: instant(new Date(Date.parse(begins) + lasts)) };
  });
  return [{ startsAt, endsAt }, ...later];
}

const monthsOf = { month: 1, quarter: 3, year: 12 } as const;

function dateOf(first: PlainDate, { every, same }: Repeat, index: number): PlainDate {
  if (every === 'week') return addDays(first, 7 * index);
  const month = new Date(`${first.slice(0, 7)}-01T00:00:00Z`);
  month.setUTCMonth(month.getUTCMonth() + monthsOf[every] * index);
  const begins = instant(month).slice(0, 10);
  month.setUTCMonth(month.getUTCMonth() + 1);
  const last = addDays(instant(month).slice(0, 10), -1);
  const day = Number(first.slice(8));
  const sameDay = addDays(begins, day - 1);
  if (same === 'day') return sameDay < last ? sameDay : last;
  const weekday = weekdayOf(first);
  const nth = addDays(begins, ((weekday - weekdayOf(begins) + 7) % 7) + 7 * Math.floor((day - 1) / 7));
  return nth <= last ? nth : addDays(nth, -7);
}

const weekdayOf = (date: PlainDate) => new Date(`${date}T00:00:00Z`).getUTCDay();
