/** Votes and rules for tests; what matters to one is given. */
import type { VotingRule } from '../../../../shared/core/decisions/rulebook.ts';
import type { DecisionRule } from '../../../../shared/core/decisions/rules.ts';
import type { Count } from '../../../../shared/core/decisions/tally.ts';

export function ruleOf(rule: Partial<DecisionRule> = {}): DecisionRule {
  return {
    name: 'A rule',
    source: 'The bylaws, article 1',
    explanation: 'How it is decided.',
    quorum: null,
    majorities: [
      { of: 'cast', fraction: { numerator: 1, denominator: 2 }, comparison: 'more-than', counting: 'votes' },
    ],
    tie: 'fails',
    leastDisinterested: 0,
    ...rule,
  };
}

/** The same, with what it says about ballots. */
export const votingRuleOf = (rule: Partial<VotingRule> = {}): VotingRule => ({
  ...ruleOf(rule),
  ballot: 'open',
  proxies: false,
  whenRecused: null,
  ...rule,
});

/** Everybody holds a seat, is entitled and, unless it is said, takes part. */
export function countOf(count: Partial<Count> = {}): Count {
  const { yes = 0, no = 0, abstained = 0, recused = 0 } = count;
  const present = count.present ?? yes + no + abstained;
  const inOffice = count.inOffice ?? present + recused;
  const entitled = count.entitled ?? inOffice;
  return {
    inOffice,
    fixed: inOffice,
    entitled,
    recused,
    present,
    yes,
    no,
    abstained,
    peopleInFavour: yes,
    casting: null,
    groups: [],
    ...count,
  };
}
