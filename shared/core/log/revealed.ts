/**
 * Which statements of a record may be shown to somebody who may read the record now.
 *
 * What the book said of a record may have been sealed before anybody was to read it: whoever scheduled a disclosure and changed its text
 * before its day said two things, and only one of them ever became public.
 */
import type { Instant } from '../calendar.ts';

/**
 * How much somebody sees of what was ever said of a record.
 *
 * `all`: all of it. `latest`: what is said now, and never what was said before. `since`: what was said at some moment from then on, which has come.
 * `none`: the record is not there for them.
 */
export type Sight = 'all' | 'latest' | 'none' | { readonly since: Instant };

/** How long a statement was what the book says. */
export interface Standing {
  /** When the next one took its place; null for the latest. */
  readonly until: Instant | null;
}

/** True when somebody with that sight reads it in the record now, or could have read it there. */
export function isRevealed(sight: Sight, { until }: Standing): boolean {
  if (sight === 'all' || sight === 'none') return sight === 'all';
  if (until === null) return true;
  return sight !== 'latest' && until > sight.since;
}
