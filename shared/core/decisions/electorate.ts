/** Who is entitled in a vote, with the weight and the group of each: as the seats are when it opens. */
import { wrongField } from '../../errors.ts';
import type { Seat } from '../bodies.ts';
import type { RuleSet, VotingRule } from './rulebook.ts';
import { countsGroups } from './rules.ts';
import type { Vote, Voter } from './votes.ts';

export interface Electorate extends Pick<Vote, 'inOffice' | 'people' | 'fixed' | 'groups'> {
  readonly voters: readonly Voter[];
}

/** The rule of that name, and the one in its place when anybody is recused. @throws {ValidationError} the body has no such rule. */
export function rulesFor({ rules }: RuleSet, name: string): Pick<Vote, 'rule' | 'ruleWhenRecused'> {
  const named = (one: string) => (Object.hasOwn(rules, one) ? rules[one] : undefined);
  const rule = named(name);
  if (rule === undefined) throw wrongField('/rule', `The body has these rules: ${Object.keys(rules).join(', ')}.`);
  const ruleWhenRecused = rule.whenRecused === null ? null : (named(rule.whenRecused) ?? null);
  return { rule, ruleWhenRecused };
}

/**
 * Seats that are vacant count for one each where the rules fix a number.
 *
 * @param seats one of each person.
 * @throws {ValidationError} the rule counts groups, and a seat is in one that the rules of the body do not name.
 */
export function freeze(
  seats: readonly Pick<Seat, 'personId' | 'weight' | 'group'>[],
  { fixedSeats, groups: known }: Pick<RuleSet, 'fixedSeats' | 'groups'>,
  rules: readonly VotingRule[],
): Electorate {
  const groups = rules.some(countsGroups) ? known : [];
  if (rules.some(countsGroups)) demandKnown(seats, known);
  const inOffice = seats.reduce((sum, { weight }) => sum + weight, 0);
  return {
    voters: seats.map(({ personId, weight, group }) => ({
      personId,
      weight,
      group: groups.findIndex(({ name }) => name === group),
    })),
    inOffice,
    people: seats.length,
    fixed: inOffice + Math.max(0, (fixedSeats ?? 0) - seats.length),
    groups,
  };
}

function demandKnown(seats: readonly Pick<Seat, 'group'>[], groups: RuleSet['groups']): void {
  if (groups.length === 0) throw wrongField('/rule', 'It counts groups. Name them in the rules of the body first.');
  const names = new Set(groups.map(({ name }) => name));
  const unknown = new Set(seats.flatMap(({ group }) => (group === null || names.has(group) ? [] : [group])));
  if (unknown.size === 0) return;
  const some = [...unknown].slice(0, 5).join('; ');
  throw wrongField('/rule', `It counts groups, and the rules of the body do not name these of its seats: ${some}.`);
}
