/** Plain dates and instants: no clock in here, the moment is always a parameter. */

/** A date without a time, `2023-06-30`, in the organisation's time zone. Compares as text. */
export type PlainDate = string;

/** A moment as RFC 3339 in UTC with milliseconds, `2023-06-30T12:00:00.000Z`. Compares as text. */
export type Instant = string;

/** True for a date that exists: 29 February only in leap years, years 0001 to 9999. */
export function isPlainDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null || match[1] === '0000') return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** The moment in the one form that is stored and compared. */
export function instant(date: Date): Instant {
  return date.toISOString();
}

/** The date that a calendar on the wall shows at that moment in that IANA time zone. */
export function dateIn(timeZone: string, at: Instant): PlainDate {
  let format = dateFormats.get(timeZone);
  if (format === undefined) {
    // The Swedish locale writes dates as ISO 8601 does.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
    dateFormats.set(timeZone, format);
  }
  return format.format(new Date(at));
}

/** One for each time zone: making one takes fifty times as long as using it. */
const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** The time that a clock on the wall shows at that moment in that IANA time zone, `18:30`. */
export function timeIn(timeZone: string, at: Instant): string {
  return wallIn(timeZone, Date.parse(at)).slice(11, 16);
}

/**
 * The moment at which a calendar and a clock on the wall show that date and that time (`18:30`) in that IANA time zone.
 *
 * The first one when clocks go back over it; when they go forward over it, as much later as they go forward (RFC 5545, 3.3.5).
 */
export function instantAt(timeZone: string, date: PlainDate, time: string): Instant {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const ahead = (at: number) => Date.parse(`${wallIn(timeZone, at)}Z`) - at;
  // Clocks change less than once in two days: the zone is as far ahead of UTC as a day before, or as a day after.
  const [before, after] = [wall - ahead(wall - 86_400_000), wall - ahead(wall + 86_400_000)];
  const shown = [before, after].filter(at => at + ahead(at) === wall);
  return instant(new Date(shown.length === 0 ? before : Math.min(...shown)));
}

/** Date and time on the wall, `2023-06-30T18:30:00`. */
function wallIn(timeZone: string, at: number): string {
  let format = timeFormats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    timeFormats.set(timeZone, format);
  }
  return format.format(at).replace(' ', 'T');
}

const timeFormats = new Map<string, Intl.DateTimeFormat>();

/** True for a name of the IANA time zone database that this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    // Offsets such as "+02:00" are accepted by Intl, but are no places.
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** True for a well-formed BCP 47 language tag, such as `en` or `pt-BR`. */
export function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** No date lies behind this one. */
const lastDate: PlainDate = '9999-12-31';

/** The date so many days later, the last one at most; earlier when negative. */
export function addDays(date: PlainDate, days: number): PlainDate {
  const then = Date.parse(`${date}T00:00:00Z`) + days * 86_400_000;
  return then > Date.parse(lastDate) ? lastDate : new Date(then).toISOString().slice(0, 10);
}

/** Days from one date to another; negative when the other is earlier. */
export const daysBetween = (from: PlainDate, to: PlainDate): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;

/** The same day so many years later, the last one at most; 28 February for a 29th that the year does not have. */
export function addYears(date: PlainDate, years: number): PlainDate {
  const year = Number(date.slice(0, 4)) + years;
  if (year > 9999) return lastDate;
  const same = `${String(year).padStart(4, '0')}${date.slice(4)}`;
  return isPlainDate(same) ? same : `${same.slice(0, 8)}28`;
}

/** A span of days, both included; open-ended when `to` is null. */
export interface Term {
  readonly from: PlainDate;
  readonly to: PlainDate | null;
}

/** True when the day lies in the term. */
export function covers(term: Term, day: PlainDate): boolean {
  return term.from <= day && (term.to === null || day <= term.to);
}

/** True when the two terms share at least one day. */
export function overlaps(a: Term, b: Term): boolean {
  return (b.to === null || a.from <= b.to) && (a.to === null || b.from <= a.to);
}
