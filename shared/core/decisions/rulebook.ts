/** The rules of a body, as they hold from a day on, and what holds where none are recorded. */

import type { BodyKind } from '../authorisation.ts';
import type { PlainDate } from '../calendar.ts';
import { type History, inForce } from '../history.ts';
import type { HolidayCalendar } from '../holidays.ts';
import type { DecisionRule, Fraction } from './rules.ts';

/** A rule with what it says about ballots. */
export interface VotingRule extends DecisionRule {
  /** Secret: nobody learns who voted how, but everybody the counts. */
  readonly ballot: 'open' | 'secret';
  /** Whether somebody else may vote for a voter. */
  readonly proxies: boolean;
  /** The name of the rule that decides in its place when anybody is recused; null for this one. */
  readonly whenRecused: string | null;
}

/** What is called `ordinary` decides where nobody names another. */
export interface RuleSet {
  /** How many seats the body's own rules fix; null when they fix none. */
  readonly fixedSeats: number | null;
  /** Groups of seats whose majorities can count, such as regions, and their weight. */
  readonly groups: readonly { readonly name: string; readonly weight: number }[];
  readonly notice: NoticeRule;
  readonly consent: ConsentRule;
  readonly rules: { readonly [name: string]: VotingRule };
}

/** How long before a meeting its notice has to be given. */
export interface NoticeRule {
  readonly source: string;
  readonly regular: NoticePeriod | null;
  readonly special: NoticePeriod | null;
  /** The days that are no business days, besides Saturdays and Sundays. */
  readonly holidays: HolidayCalendar;
}

export interface NoticePeriod {
  readonly leastDays: number;
  /** Null for no limit. */
  readonly mostDays: number | null;
  readonly counted: 'calendar' | 'business';
}

/** Whether a body decides without a meeting. `fewer` only where the articles say so: the source names them. */
export interface ConsentRule {
  readonly allowed: 'never' | 'unanimous' | 'fewer';
  readonly source: string;
}

/** The record; its identifier is that of the body. */
export interface Rulebook {
  readonly history: History<RuleSet>;
}

/** A set as it is shown, with its rules as a list. */
export function shownRules<Set extends RuleSet>({ rules, groups, ...set }: Set) {
  return {
    ...set,
    groups: [...groups],
    rules: Object.entries(rules).map(([name, { majorities, ...rule }]) => ({
      name,
      rule: { ...rule, majorities: [...majorities] },
    })),
  };
}

export const ordinary = 'ordinary';

const half: Fraction = { numerator: 1, denominator: 2 };
const moreThanHalf = { fraction: half, comparison: 'more-than' } as const;
const openBallot = { tie: 'fails', leastDisinterested: 0, ballot: 'open', proxies: false, whenRecused: null } as const;
const noNotice: NoticeRule = {
  source: 'Custom, until the body records rules of its own',
  regular: null,
  special: null,
  holidays: 'none',
};

/** What holds for boards of directors in Virginia unless articles or bylaws say otherwise. */
const board: RuleSet = {
  fixedSeats: null,
  groups: [],
  notice: {
    source: 'Code of Virginia § 13.1-866',
    regular: null,
    special: { leastDays: 2, mostDays: null, counted: 'calendar' },
    holidays: 'us-federal',
  },
  consent: { allowed: 'unanimous', source: 'Code of Virginia § 13.1-865' },
  rules: {
    ordinary: {
      ...openBallot,
      name: 'Majority of the directors present',
      source: 'Code of Virginia § 13.1-868',
      explanation:
        'More than half of the directors in office must take part, and more than half of those who take part must be in favour. An abstention works like a vote against.',
      quorum: { of: 'in-office', ...moreThanHalf },
      majorities: [{ of: 'present', ...moreThanHalf, counting: 'votes' }],
      whenRecused: 'conflict-of-interests',
    },
    'conflict-of-interests': {
      ...openBallot,
      name: 'Majority of the disinterested directors',
      source: 'Code of Virginia § 13.1-871',
      explanation:
        'More than half of all directors without an interest must be in favour, and at least two of them; they are the quorum, too. Whoever is recused is counted nowhere.',
      quorum: { of: 'disinterested', ...moreThanHalf },
      majorities: [{ of: 'disinterested', ...moreThanHalf, counting: 'votes' }],
      leastDisinterested: 2,
    },
  },
};

const members: RuleSet = {
  fixedSeats: null,
  groups: [],
  notice: {
    source: 'Code of Virginia § 13.1-842',
    regular: { leastDays: 10, mostDays: 60, counted: 'calendar' },
    special: { leastDays: 10, mostDays: 60, counted: 'calendar' },
    holidays: 'us-federal',
  },
  consent: { allowed: 'never', source: 'Custom, until the body records rules of its own' },
  rules: {
    ordinary: {
      ...openBallot,
      name: 'Majority of the members present',
      source: 'Code of Virginia § 13.1-849',
      explanation:
        'At least a tenth of all votes of members must take part, and more than half of those that take part must be in favour. An abstention works like a vote against.',
      quorum: { of: 'in-office', fraction: { numerator: 1, denominator: 10 }, comparison: 'at-least' },
      majorities: [{ of: 'present', ...moreThanHalf, counting: 'votes' }],
      proxies: true,
    },
  },
};

const others: RuleSet = {
  fixedSeats: null,
  groups: [],
  notice: noNotice,
  consent: { allowed: 'unanimous', source: 'Custom, until the body records rules of its own' },
  rules: {
    ordinary: {
      ...openBallot,
      name: 'Majority of the votes cast',
      source: 'Custom, until the body records rules of its own',
      explanation: 'There must be more votes for it than against it.',
      quorum: null,
      majorities: [{ of: 'cast', ...moreThanHalf, counting: 'votes' }],
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
