/** The legal entity whose book this is. */
import type { Instant } from './calendar.ts';
import { type History, inForce } from './history.ts';

/** The facts about the organisation that hold from a day on. */
export interface Profile {
  readonly legalName: string;
  readonly shortName: string | null;
  /** Where it is incorporated: ISO 3166-2 code and name. */
  readonly jurisdiction: { readonly code: string; readonly name: string };
  readonly incorporatedOn: string;
  /** Such as `501(c)(3)`; null when it has none. */
  readonly taxStatus: string | null;
  /** Employer Identification Number, `12-3456789`, leading zeros kept. */
  readonly ein: string | null;
  /** Month and day, `12-31`. */
  readonly fiscalYearEnd: string;
  /** IANA name. Every plain date in the book is a date there. */
  readonly timeZone: string;
  /** Markdown. */
  readonly mission: string;
  readonly website: string | null;
  /** True while the book holds invented data; every page then says so. */
  readonly demonstration: boolean;
}

export interface Organisation {
  readonly history: History<Profile>;
}

/** There is one organisation to a book; this is its identifier among the records. */
export const organisationId = 'organisation';

/** The time zone that holds now. Which facts those are is decided by the date in UTC, for before them no zone is known. */
export function timeZoneOf({ history }: Organisation, now: Instant): string {
  return (inForce(history, now.slice(0, 10)) ?? history[0])?.timeZone ?? 'UTC';
}

/**
 * True for the last day of a month: a fiscal year ends on no other (IRC 441(e)). `02-28` is the last day of February, in leap years
 * too. Years of 52 or 53 weeks (IRC 441(f)) end on other days.
 */
export function isFiscalYearEnd(text: string): boolean {
  return /^(0[13578]|1[02])-31$|^(0[469]|11)-30$|^02-28$/.test(text);
}
