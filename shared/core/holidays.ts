/** Legal holidays, as rules with the day from which each holds. */
import { addDays, type PlainDate } from './calendar.ts';

export const holidayCalendars = ['none', 'us-federal', 'us-dc'] as const;
export type HolidayCalendar = (typeof holidayCalendars)[number];

export interface Holiday {
  readonly name: string;
  /** The day on which no business is done for it: not always the day itself. */
  readonly date: PlainDate;
  /** Where the law says so. */
  readonly source: string;
}

/** A day of the year, or a weekday (0 is Sunday) of a month: its first, second and so on, or its last. */
type Day =
  | { readonly month: number; readonly day: number }
  | { readonly month: number; readonly weekday: number; readonly nth: number | 'last' };

interface HolidayRule {
  readonly name: string;
  readonly on: Day;
  /** No holiday before that day. */
  readonly from: PlainDate;
  readonly source: string;
}

const statute = '5 U.S.C. 6103 (a)';
const [sunday, monday, thursday, saturday] = [0, 1, 4, 6];

/** As the law stands since 1978; what it said of some of them before is not in here. */
const federal: readonly HolidayRule[] = [
  { name: "New Year's Day", on: { month: 1, day: 1 }, from: '1978-01-01', source: statute },
  {
    name: 'Birthday of Martin Luther King, Jr.',
    on: { month: 1, weekday: monday, nth: 3 },
    from: '1986-01-01',
    source: `${statute}, Pub. L. 98-144`,
  },
  { name: "Washington's Birthday", on: { month: 2, weekday: monday, nth: 3 }, from: '1978-01-01', source: statute },
  { name: 'Memorial Day', on: { month: 5, weekday: monday, nth: 'last' }, from: '1978-01-01', source: statute },
  {
    name: 'Juneteenth National Independence Day',
    on: { month: 6, day: 19 },
    from: '2021-06-17',
    source: `${statute}, Pub. L. 117-17`,
  },
  { name: 'Independence Day', on: { month: 7, day: 4 }, from: '1978-01-01', source: statute },
  { name: 'Labor Day', on: { month: 9, weekday: monday, nth: 1 }, from: '1978-01-01', source: statute },
  { name: 'Columbus Day', on: { month: 10, weekday: monday, nth: 2 }, from: '1978-01-01', source: statute },
  { name: 'Veterans Day', on: { month: 11, day: 11 }, from: '1978-01-01', source: statute },
  { name: 'Thanksgiving Day', on: { month: 11, weekday: thursday, nth: 4 }, from: '1978-01-01', source: statute },
  { name: 'Christmas Day', on: { month: 12, day: 25 }, from: '1978-01-01', source: statute },
];

const emancipation: HolidayRule = {
  name: 'District of Columbia Emancipation Day',
  on: { month: 4, day: 16 },
  from: '2005-04-05',
  source: 'D.C. Code § 28-2701; Rev. Rul. 2015-13',
};

const rulesOf: Readonly<Record<HolidayCalendar, readonly HolidayRule[]>> = {
  none: [],
  'us-federal': federal,
  'us-dc': [...federal, emancipation],
};

/** No date lies behind its last day. */
const lastYear = 9999;

/**
 * The holidays that are observed in a year, by date: on the Friday before a Saturday, on the Monday after a Sunday
 * (5 U.S.C. 6103 (b), Executive Order 11582, D.C. Code § 28-2701). So a New Year's Day can belong to the year before.
 */
export function holidaysOf(calendar: HolidayCalendar, year: number): Holiday[] {
  return [year, year + 1]
    .filter(one => one <= lastYear)
    .flatMap(one => rulesOf[calendar].map(rule => ({ rule, date: observed(dayIn(rule.on, one)) })))
    .filter(({ rule, date }) => Number(date.slice(0, 4)) === year && date >= rule.from)
    .map(({ rule, date }) => ({ name: rule.name, date, source: rule.source }))
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

/** Neither a Saturday nor a Sunday, nor a holiday. */
export function isBusinessDay(date: PlainDate, calendar: HolidayCalendar): boolean {
  const weekday = weekdayOf(date);
  return weekday !== saturday && weekday !== sunday && !holidayDates(calendar, Number(date.slice(0, 4))).has(date);
}

/** The date so many business days later, not counting the date itself; earlier when negative. The date itself for none. */
export function addBusinessDays(date: PlainDate, days: number, calendar: HolidayCalendar): PlainDate {
  const step = days < 0 ? -1 : 1;
  let day = date;
  for (let left = Math.abs(days); left > 0; ) {
    day = addDays(day, step);
    if (isBusinessDay(day, calendar)) left--;
  }
  return day;
}

/** How many business days there are after the first date, up to and including the second. */
export function businessDaysBetween(after: PlainDate, upTo: PlainDate, calendar: HolidayCalendar): number {
  let count = 0;
  for (let day = after; day < upTo; ) {
    day = addDays(day, 1);
    if (isBusinessDay(day, calendar)) count++;
  }
  return count;
}

function dayIn(on: Day, year: number): PlainDate {
  const first = `${String(year).padStart(4, '0')}-${String(on.month).padStart(2, '0')}-01`;
  if ('day' in on) return addDays(first, on.day - 1);
  const { weekday, nth } = on;
  const firstSuch = addDays(first, (weekday - weekdayOf(first) + 7) % 7);
  if (nth !== 'last') return addDays(firstSuch, 7 * (nth - 1));
  const fifth = addDays(firstSuch, 28);
  return fifth.slice(0, 7) === first.slice(0, 7) ? fifth : addDays(firstSuch, 21);
}

function observed(date: PlainDate): PlainDate {
  const weekday = weekdayOf(date);
  if (weekday === saturday) return addDays(date, -1);
  return weekday === sunday ? addDays(date, 1) : date;
}

const weekdayOf = (date: PlainDate) => new Date(`${date}T00:00:00Z`).getUTCDay();

/** One set for each calendar and year: days are asked for one by one. */
const known = new Map<string, ReadonlySet<PlainDate>>();

function holidayDates(calendar: HolidayCalendar, year: number): ReadonlySet<PlainDate> {
  const key = `${calendar}#${year}`;
  const dates = known.get(key) ?? new Set(holidaysOf(calendar, year).map(({ date }) => date));
  known.set(key, dates);
  return dates;
}
