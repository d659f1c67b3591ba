/** Counts ballots, and says what follows from the count: the same ballots, in whatever order, always give the same result. */
import type { Instant } from '../calendar.ts';
import { elect } from './election.ts';
import type { Election } from './motions.ts';
import type { VotingRule } from './rulebook.ts';
import { type Contest, type Count, tally } from './tally.ts';
import type { Casting, Counted, Result, Said, Vote, Voter } from './votes.ts';

/** What a vote came to, besides the vote itself. */
export interface Votes {
  /** What is elected; null for a motion. */
  readonly election: Election | null;
  readonly voters: readonly Voter[];
  /** One ballot of each who cast one. */
  readonly cast: readonly { readonly personId: string; readonly said: Said }[];
  readonly recused: ReadonlySet<string>;
  /** Who was in the meeting at the end, voting or not. */
  readonly there: ReadonlySet<string>;
}

/** Whoever is recused is counted as recused and as nothing else; whoever is not entitled, not at all. */
export function countOf(
  { inOffice, fixed, groups }: Pick<Vote, 'inOffice' | 'fixed' | 'groups'>,
  { election, voters, cast, recused, there }: Votes,
): Counted {
  const sayings = new Map(cast.map(({ personId, said }) => [personId, said]));
  const free = voters.filter(({ personId }) => !recused.has(personId));
  const of = (choice: 'yes' | 'no' | 'abstain') =>
    free.filter(({ personId }) => heard(sayings.get(personId)) === choice);
  const [inFavour, against, abstaining] = [of('yes'), of('no'), of('abstain')];
  const inGroup = (voter: readonly Voter[], index: number) => weightOf(voter.filter(({ group }) => group === index));
  return {
    count: {
      inOffice,
      fixed,
      entitled: weightOf(voters),
      recused: weightOf(voters) - weightOf(free),
      present: weightOf(free.filter(({ personId }) => sayings.has(personId) || there.has(personId))),
      yes: weightOf(inFavour),
      no: weightOf(against),
      abstained: weightOf(abstaining),
      peopleInFavour: inFavour.length,
      casting: null,
      groups: groups.map(({ name, weight }, index) => ({
        name,
        weight,
        yes: inGroup(inFavour, index),
        no: inGroup(against, index),
      })),
    },
    standings: (election?.options ?? []).map(option => ({
      option,
      votes: weightOf(free.filter(({ personId }) => isFor(sayings.get(personId), option))),
    })),
  };
}

/** A ballot for options is one in favour, whichever they are. */
const heard = (said: Said | undefined) => (said === undefined || typeof said === 'string' ? said : 'yes');

const isFor = (said: Said | undefined, option: string) => typeof said === 'object' && said.includes(option);

const weightOf = (voters: readonly Voter[]) => voters.reduce((sum, { weight }) => sum + weight, 0);

/** Which rule decides: when anybody is recused, the one for that. */
export function decidedBy({ ruleWhenRecused }: Vote, { recused }: Count): Result['decidedBy'] {
  return recused > 0 && ruleWhenRecused !== null ? 'ruleWhenRecused' : 'rule';
}

function ruleOf(vote: Vote, count: Count): VotingRule {
  return decidedBy(vote, count) === 'ruleWhenRecused' ? (vote.ruleWhenRecused ?? vote.rule) : vote.rule;
}

/** True where there are as many for as against, and the outcome is what the chair says. */
export function awaitsChair(vote: Vote, election: Election | null, { count }: Counted): boolean {
  if (election !== null) return false;
  const rule = ruleOf(vote, count);
  const carriedWith = (casting: 'yes' | 'no') => tally(rule, { ...count, casting }).carried;
  return carriedWith('yes') !== carriedWith('no');
}

/** @param casting what the chair said; null where nobody was asked, or it was left undecided. */
export function resultOf(
  vote: Vote,
  election: Election | null,
  counted: Counted,
  casting: Casting['choice'],
  countedAt: Instant,
): Result {
  const count = { ...counted.count, casting };
  const { standings } = counted;
  const contest: Contest | null = election === null ? null : { election, standings };
  const outcome = tally(ruleOf(vote, count), count, contest);
  return {
    countedAt,
    decidedBy: decidedBy(vote, count),
    count,
    standings,
    outcome,
    election: contest === null ? null : electedOf(contest, count, outcome.carried),
  };
}

/** Without a quorum nobody is elected, whoever had enough votes. */
function electedOf({ election, standings }: Contest, { yes: ballots }: Count, carried: boolean): Result['election'] {
  const outcome = elect(election, { standings, ballots });
  return carried ? outcome : { ...outcome, elected: [], vacant: election.places };
}
