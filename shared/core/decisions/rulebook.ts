/** The rules of a body, as they hold from a day on, and what holds where none are recorded. */

import type { BodyKind } from '../authorisation.ts';
import type { PlainDate } from '../calendar.ts';
import { type History, inForce } from '../history.ts';
import type { DecisionRule, Fraction } from './rules.ts';

/** What is called `ordinary` decides where nobody names another. */
export interface RuleSet {
  /** How many seats the body's own rules fix; null when they fix none. */
  readonly fixedSeats: number | null;
  readonly rules: { readonly [name: string]: DecisionRule };
}

/** The record; its identifier is that of the body. */
export interface Rulebook {
  readonly history: History<RuleSet>;
}

export const ordinary = 'ordinary';

const half: Fraction = { numerator: 1, denominator: 2 };

/** What holds for boards of directors in Virginia unless articles or bylaws say otherwise. */
const board: RuleSet = {
  fixedSeats: null,
  rules: {
    ordinary: {
      name: 'Majority of the directors present',
      source: 'Code of Virginia § 13.1-868',
      explanation:
        'More than half of the directors in office must take part, and more than half of those who take part must be in favour. An abstention works like a vote against.',
      quorum: { of: 'in-office', fraction: half, comparison: 'more-than' },
      majorities: [{ of: 'present', fraction: half, comparison: 'more-than', counting: 'votes' }],
      tie: 'fails',
      leastDisinterested: 0,
    },
    'conflict-of-interests': {
      name: 'Majority of the disinterested directors',
      source: 'Code of Virginia § 13.1-871',
      explanation:
        'More than half of all directors without an interest must be in favour, and at least two of them; they are the quorum, too. Whoever is recused is counted nowhere.',
      quorum: { of: 'disinterested', fraction: half, comparison: 'more-than' },
      majorities: [{ of: 'disinterested', fraction: half, comparison: 'more-than', counting: 'votes' }],
      tie: 'fails',
      leastDisinterested: 2,
    },
  },
};

const members: RuleSet = {
  fixedSeats: null,
  rules: {
    ordinary: {
      name: 'Majority of the votes cast',
      source: 'Code of Virginia § 13.1-849',
      explanation:
        'At least a tenth of the members must take part, and there must be more votes for it than against it.',
      quorum: { of: 'in-office', fraction: { numerator: 1, denominator: 10 }, comparison: 'at-least' },
      majorities: [{ of: 'cast', fraction: half, comparison: 'more-than', counting: 'votes' }],
      tie: 'fails',
      leastDisinterested: 0,
    },
  },
};

const others: RuleSet = {
  fixedSeats: null,
  rules: {
    ordinary: {
      name: 'Majority of the votes cast',
      source: 'Custom, until the body records rules of its own',
      explanation: 'There must be more votes for it than against it.',
      quorum: null,
      majorities: [{ of: 'cast', fraction: half, comparison: 'more-than', counting: 'votes' }],
      tie: 'fails',
      leastDisinterested: 0,
    },
  },
};

/** The rules of that day, and since when the body has them; null when they are not its own. */
export function rulesOf(
  rulebook: Rulebook | undefined,
  kind: BodyKind,
  on: PlainDate,
): RuleSet & { readonly from: PlainDate | null } {
  const own = rulebook === undefined ? undefined : inForce(rulebook.history, on);
  if (own !== undefined) return own;
  const usual = { 'board-of-directors': board, membership: members }[kind as string] ?? others;
  return { ...usual, from: null };
}
