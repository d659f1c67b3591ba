/** Reminders of what is due: 60, 30, 14, 7 and 1 day before, in the morning. */
import { addDays, type Instant, instantAt, type PlainDate } from '../calendar.ts';
import { mailingRows } from '../mailings.ts';
import type { Row } from '../records.ts';
import { dueOf, type Filing } from './filings.ts';

/** So many days before something is due. */
export const reminderDays = [60, 30, 14, 7, 1] as const;

/** On the clock of the organisation. */
const morning = '09:00';

/**
 * The reminders that a change brings about: those of a due date that it sets, as far as they lie ahead. The ones of the former due date
 * stay where they are: when their time comes it is another date that counts, and nobody is told.
 * @param before undefined for a new filing.
 * @param timeZone of the organisation, IANA.
 */
export function reminderRows(
  id: string,
  before: Filing | undefined,
  after: Filing,
  timeZone: string,
  now: Instant,
): Row[] {
  const due = dueOf(after);
  if (before !== undefined && dueOf(before) === due) return [];
  return reminderTimes(due, timeZone)
    .filter(at => at > now)
    .flatMap(at => mailingRows.filingDue(id, due, at));
}

/** In order. */
export const reminderTimes = (due: PlainDate, timeZone: string): Instant[] =>
  reminderDays.map(days => instantAt(timeZone, addDays(due, -days), morning));

/** True when a later reminder of the same due date has taken the place of the one that was to be sent at `dueAt`. */
export function isOvertaken(due: PlainDate, timeZone: string, dueAt: Instant, now: Instant): boolean {
  // They lie days apart: what differs by hours is the same one, in another time zone.
  const isLater = (at: Instant) => Date.parse(at) - Date.parse(dueAt) > dayMilliseconds;
  return reminderTimes(due, timeZone).some(at => isLater(at) && at <= now);
}

const dayMilliseconds = 86_400_000;
