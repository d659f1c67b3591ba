/** The fiscal year that somebody asks about, and who asks. */
import type { Caller } from '../../shared/core/authorisation.ts';
import { dateIn, type Instant, type PlainDate } from '../../shared/core/calendar.ts';
import type { Period } from '../../shared/core/filings/obligations.ts';
import { type Organisation, organisationId, timeZoneOf } from '../../shared/core/organisation.ts';
import { readRecord } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { demandYear } from '../obligations/fiscalYears.ts';

export interface YearAsked {
  readonly period: Period;
  readonly today: PlainDate;
  /** The last day of the year; today while it lasts. */
  readonly lastDay: PlainDate;
  readonly caller: Caller;
  readonly now: Instant;
  /** The date where the organisation is. */
  readonly dateOf: (at: Instant) => PlainDate;
}

/** One read. @throws {ValidationError} the organisation has had no fiscal year with that last day so far. */
export async function readYearAsked(
  records: RecordStore,
  end: PlainDate,
  caller: Caller,
  now: Instant,
): Promise<YearAsked> {
  const { data } = await readRecord<Organisation>(records, 'organisation', organisationId);
  const dateOf = (at: Instant) => dateIn(timeZoneOf(data, at), at);
  const today = dateOf(now);
  const period = demandYear(data, end, today);
  return { period, today, lastDay: end < today ? end : today, caller, now, dateOf };
}

/** The calendar years that a fiscal year touches. */
export function calendarYears({ from, to }: Period): string[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}
