/** Keeps the expected filings what the rules ask for: those that nobody has touched are made, renewed and taken away. */
import { isDeepStrictEqual } from 'node:util';
import type { Stored } from '../records.ts';
import type { Facts } from './figures.ts';
import { type Filing, isOpen } from './filings.ts';
import { filingIdOf, type Obligation } from './obligations.ts';

export const newFiling = (obligation: Obligation): Filing => ({
  obligation,
  moved: null,
  responsible: [],
  preparedSince: null,
  review: null,
  extension: null,
  submissions: [],
  excuse: null,
});

/** Nobody has recorded anything of it but who sees to it: it may still become another. */
export const isUntouched = ({ moved, preparedSince, review, extension, submissions, excuse }: Filing) =>
  [moved, preparedSince, review, extension].every(one => one === null) &&
  submissions.length === 0 &&
  (excuse === null || excuse.lapsed);

/** Whether the same is owed by both. */
export const areSameFacts = (a: Facts, b: Facts): boolean => isDeepStrictEqual(a, b);

/** A filing to be made, or changed. */
export interface Step {
  readonly id: string;
  /** Undefined when there is none. */
  readonly before: Stored<Filing> | undefined;
  readonly after: Filing;
  /** Null where the change tells by itself. */
  readonly reason: string | null;
}

/** Why the rules take a filing away again. */
export const lapsedReason = 'No longer owed: what it followed from has changed.';

/**
 * What is left to do until the filings are what the rules ask for; nothing when they are.
 *
 * @param filings all that are open, and those of the obligations as far as there are any.
 * @param obligations all that are owed, at least until the last of the open filings is due.
 */
export function stepsTo(filings: readonly Stored<Filing>[], obligations: readonly Obligation[]): Step[] {
  const there = new Map(filings.map(filing => [filing.id, filing]));
  const owed = new Map(obligations.map(obligation => [filingIdOf(obligation), obligation]));
  const made = [...owed].flatMap(([id, obligation]): Step[] => {
    const before = there.get(id);
    if (before === undefined) return [{ id, before, after: newFiling(obligation), reason: null }];
    const { data } = before;
    const isSame = data.excuse === null && isDeepStrictEqual(data.obligation, obligation);
    if (isSame || !isUntouched(data)) return [];
    const reason = data.excuse === null ? null : 'Owed again: what it follows from has changed.';
    return [{ id, before, after: { ...data, obligation, excuse: null }, reason }];
  });
  const lapsed = filings
    .filter(({ id, data }) => !owed.has(id) && isOpen(data) && isUntouched(data))
    .map((before): Step => {
      const excuse = { reason: lapsedReason, evidence: null, lapsed: true };
      return { id: before.id, before, after: { ...before.data, excuse }, reason: lapsedReason };
    });
  return [...made, ...lapsed];
}
