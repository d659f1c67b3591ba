/** Facts that hold from a day on, until the next one takes their place: names, purposes, settings. */
import type { PlainDate } from './calendar.ts';

/** Ordered by `from`, each date once, never empty. */
export type History<Facts> = readonly (Facts & { readonly from: PlainDate })[];

/** The facts in force on that day, or undefined before the first. */
export function inForce<Facts>(
  history: History<Facts>,
  on: PlainDate,
): (Facts & { readonly from: PlainDate }) | undefined {
  return history.findLast(entry => entry.from <= on);
}

/** The same history, in which these facts hold from their day on. What held from that very day before is replaced. */
export function recordFacts<Facts>(
  history: History<Facts>,
  facts: Facts & { readonly from: PlainDate },
): History<Facts> {
  const others = history.filter(entry => entry.from !== facts.from);
  return [...others, facts].sort((a, b) => (a.from < b.from ? -1 : 1));
}
