/** The answers to Form 990, Part VI, each with the records that prove it, or with what is missing to say yes. */
import type { GovernanceFacts } from './facts.ts';
import { boardDocumented, committeesDocumented } from './meetings.ts';
import {
  circumstance,
  conflictsWatched,
  interestsDeclared,
  payDecided,
  policyHeld,
  policyWhere,
  retentionHeld,
} from './policiesHeld.ts';
import { type Answer, type Finding, type Line, questions } from './questions.ts';
import { returnGiven } from './returnGiven.ts';
import { papersShown, returnsShown } from './shown.ts';

/** One to each question, in the order of the form. */
export function answersOf(facts: GovernanceFacts): Answer[] {
  const chapters = circumstance(facts, 'chapters', 'has local chapters, branches or affiliates');
  const venture = circumstance(facts, 'jointVenture', 'took part in a joint venture');
  const conflicts = policyHeld(facts, 'conflict-of-interest');
  const findings: Readonly<Record<Line, Finding>> = {
    '8a': boardDocumented(facts),
    '8b': committeesDocumented(facts),
    '10a': chapters,
    '10b': policyWhere(facts, chapters, 'chapters'),
    '11a': returnGiven(facts),
    '12a': conflicts,
    '12b': interestsDeclared(facts, conflicts),
    '12c': conflictsWatched(facts, conflicts),
    '13': policyHeld(facts, 'whistleblower'),
    '14': retentionHeld(facts),
    '15a': payDecided(facts, 'paysTopOfficial'),
    '15b': payDecided(facts, 'paysOtherOfficers'),
    '16a': venture,
    '16b': policyWhere(facts, venture, 'joint-venture'),
    '18': returnsShown(facts),
    '19': papersShown(facts),
  };
  return questions.map(question => ({ ...question, ...findings[question.line] }));
}
