// A few days around the end of a leap February, and random days and terms among them: small enough to try every day.
import fc from 'fast-check';
import type { Term } from '../../../shared/core/calendar.ts';

/** Every day in order, with days on both sides that no random term begins or ends on. */
export const calendarDays: readonly string[] = Array.from({ length: 16 }, (_, index) =>
  new Date(Date.UTC(2024, 1, 22 + index)).toISOString().slice(0, 10),
);

const inner = calendarDays.slice(1, -1);

export const anyDay: fc.Arbitrary<string> = fc.constantFrom(...calendarDays);

export const anyTerm: fc.Arbitrary<Term> = fc
  .tuple(fc.constantFrom(...inner), fc.constantFrom(...inner), fc.boolean())
  .map(([one, other, ends]) => {
    const [from = one, to = other] = [one, other].sort();
    return { from, to: ends ? to : null };
  });
