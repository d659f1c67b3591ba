/** Counts a vote by a rule: carried or not, and every reason for it in order. The same count always gives the same outcome. */
import { type ElectionMethod, type ElectionRule, elect, type Standing } from './election.ts';
import type { Base, Comparison, DecisionRule, Fraction, Majority } from './rules.ts';
import { needed } from './rules.ts';

/** What was counted. Weighted votes are counted by their weight, people by heads. */
export interface Count {
  /** By weight: seats filled, seats that the rules fix, everybody entitled, and those recused among them. */
  readonly inOffice: number;
  readonly fixed: number;
  readonly entitled: number;
  readonly recused: number;
  /** Of the entitled who are not recused, by weight: those who take part, and how they voted. */
  readonly present: number;
  readonly yes: number;
  readonly no: number;
  readonly abstained: number;
  /** How many people the disinterested in favour are, whatever their weight. */
  readonly peopleInFavour: number;
  /** What the chair says when votes are even; null when the chair says nothing. */
  readonly casting: 'yes' | 'no' | null;
  /** Groups whose majorities count; empty where none do. */
  readonly groups: readonly Group[];
}

export interface Group {
  readonly name: string;
  readonly weight: number;
  readonly yes: number;
  readonly no: number;
}

/** An election: its rule, and the votes for each option. Ballots for an option are counted as in favour. */
export interface Contest {
  readonly election: ElectionRule;
  readonly standings: readonly Standing[];
}

/** One step of the count, in the order in which they decide. */
export type Reason =
  | { readonly kind: 'electorate'; readonly entitled: number; readonly recused: number; readonly present: number }
  | { readonly kind: 'quorum'; readonly needed: number; readonly got: number; readonly met: boolean }
  | { readonly kind: 'disinterested'; readonly needed: number; readonly got: number; readonly met: boolean }
  | { readonly kind: 'casting'; readonly votes: number; readonly vote: 'yes' | 'no' | null }
  | {
      readonly kind: 'majority';
      readonly of: Base;
      readonly counting: Majority['counting'];
      readonly fraction: Fraction;
      readonly comparison: Comparison;
      readonly base: number;
      readonly needed: number;
      readonly got: number;
      readonly met: boolean;
    }
  | {
      readonly kind: 'election';
      readonly method: ElectionMethod;
      readonly places: number;
      readonly ballots: number;
      readonly needed: number;
      /** Those with enough votes for a place, and those of whom there were too many for the places left. */
      readonly elected: readonly Standing[];
      readonly tied: readonly Standing[];
      /** Whether anybody is elected. */
      readonly met: boolean;
    };

export interface Outcome {
  readonly carried: boolean;
  readonly reasons: readonly Reason[];
}

/**
 * @param contest null where it is no election. In elections the majorities of the rule do not matter: its quorum does.
 * @throws {RangeError} the count contradicts itself.
 */
export function tally(rule: DecisionRule, count: Count, contest: Contest | null = null): Outcome {
  demandConsistent(count);
  const { entitled, recused, present } = count;
  const reasons: Reason[] = [{ kind: 'electorate', entitled, recused, present }];
  const quorum = quorumOf(rule, count);
  if (quorum !== null) reasons.push(quorum);
  if (recused > 0 && rule.leastDisinterested > 0) {
    const [least, got] = [rule.leastDisinterested, count.peopleInFavour];
    reasons.push({ kind: 'disinterested', needed: least, got, met: got >= least });
  }
  reasons.push(...(contest === null ? majoritiesOf(rule, count) : [electionOf(contest, count)]));
  return { carried: reasons.every(one => !('met' in one) || one.met), reasons };
}

function majoritiesOf(rule: DecisionRule, count: Count): Reason[] {
  const { counted, reason } = withCasting(rule, count);
  return [...(reason === null ? [] : [reason]), ...rule.majorities.map(majority => majorityOf(majority, counted))];
}

function electionOf({ election, standings }: Contest, { yes: ballots }: Count): Reason {
  const { elected, tied, needed: least } = elect(election, { standings, ballots });
  const standing = (names: readonly string[]) =>
    names.flatMap(name => standings.find(({ option }) => option === name) ?? []);
  const { method, places } = election;
  return {
    kind: 'election',
    method,
    places,
    ballots,
    needed: least,
    elected: standing(elected),
    tied: standing(tied),
    met: elected.length > 0,
  };
}

function quorumOf({ quorum }: DecisionRule, count: Count): Reason | null {
  if (quorum === null) return null;
  const least =
    'number' in quorum ? quorum.number : needed(baseOf(quorum.of, count), quorum.fraction, quorum.comparison);
  return { kind: 'quorum', needed: least, got: count.present, met: count.present >= least };
}

/** Where votes are even and the rule says so, the chair's vote is counted once more: it is cast, and present already. */
function withCasting({ tie }: DecisionRule, count: Count): { readonly counted: Count; readonly reason: Reason | null } {
  const { yes, no, casting } = count;
  if (tie === 'fails' || yes !== no || yes === 0) return { counted: count, reason: null };
  const reason: Reason = { kind: 'casting', votes: yes, vote: casting };
  if (casting === null) return { counted: count, reason };
  return { counted: casting === 'yes' ? { ...count, yes: yes + 1 } : { ...count, no: no + 1 }, reason };
}

function majorityOf({ of, fraction, comparison, counting }: Majority, count: Count): Reason {
  const inGroups = counting === 'groups';
  const won = count.groups.filter(group => group.yes > group.no);
  const base = inGroups ? weightOf(count.groups) : baseOf(of, count);
  const got = inGroups ? weightOf(won) : count.yes;
  const least = needed(base, fraction, comparison);
  // Nothing is decided by nobody, whatever fraction of nothing is asked for.
  return {
    kind: 'majority',
    of,
    counting,
    fraction,
    comparison,
    base,
    needed: least,
    got,
    met: got >= least && got > 0,
  };
}

const weightOf = (groups: readonly Group[]) => groups.reduce((sum, { weight }) => sum + weight, 0);

function baseOf(base: Base, { yes, no, present, inOffice, fixed, entitled, recused }: Count): number {
  switch (base) {
    case 'cast':
      return yes + no;
    case 'present':
      return present;
    case 'in-office':
      return inOffice;
    case 'disinterested':
      return inOffice - recused;
    case 'fixed':
      return fixed;
    case 'entitled':
      return entitled;
  }
}

function demandConsistent(count: Count): void {
  const { groups, casting: _, ...numbers } = count;
  const all = [...Object.values(numbers), ...groups.flatMap(({ weight, yes, no }) => [weight, yes, no])];
  if (!all.every(value => Number.isSafeInteger(value) && value >= 0)) throw new RangeError('Counts are whole numbers');
  const { yes, no, abstained, present, entitled, recused, inOffice } = numbers;
  if (yes + no + abstained > present) throw new RangeError('More voted than were present');
  if (present > entitled - recused) throw new RangeError('More were present than are entitled and not recused');
  if (recused > inOffice) throw new RangeError('More are recused than hold a seat');
}
