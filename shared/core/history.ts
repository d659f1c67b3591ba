/** Facts that hold from a day on, until the next one takes their place: names, purposes, settings. */
import { StateConflictError } from '../errors.ts';
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

/** A history, and the event of a change to it, have to fit into one item of the store each. */
export const maxFacts = 50;

/**
 * The same history, in which these facts hold from their day on. What held from that very day before is replaced.
 * @throws {StateConflictError} there would be more than `maxFacts`.
 */
export function recordFacts<Facts>(
  history: History<Facts>,
  facts: Facts & { readonly from: PlainDate },
): History<Facts> {
  const others = history.filter(entry => entry.from !== facts.from);
  if (others.length >= maxFacts) {
    throw new StateConflictError(`Facts are on record from ${maxFacts} days already. Replace those of one of them.`);
  }
  return [...others, facts].sort((a, b) => (a.from < b.from ? -1 : 1));
}
