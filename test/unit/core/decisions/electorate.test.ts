/** Who is entitled, with which weight, in which group. */
import { describe, expect, it } from 'vitest';
import { freeze, rulesFor } from '../../../../shared/core/decisions/electorate.ts';
import { ordinary, rulesOf } from '../../../../shared/core/decisions/rulebook.ts';
import { ValidationError } from '../../../../shared/errors.ts';
import { votingRuleOf } from './votes.ts';

const seat = (personId: string, weight = 1, group: string | null = null) => ({ personId, weight, group });
const groups = [
  { name: 'North', weight: 2 },
  { name: 'South', weight: 1 },
];
const inGroups = votingRuleOf({
  majorities: [{ of: 'cast', fraction: { numerator: 1, denominator: 2 }, comparison: 'more-than', counting: 'groups' }],
});

describe('an electorate', () => {
  it('has the weights of the seats, and vacant seats for one each', () => {
    const seats = [seat('a', 3), seat('b')];
    expect(freeze(seats, { fixedSeats: 5, groups: [] }, [votingRuleOf()])).toEqual({
      voters: [
        { personId: 'a', weight: 3, group: -1 },
        { personId: 'b', weight: 1, group: -1 },
      ],
      inOffice: 4,
      people: 2,
      fixed: 7,
      groups: [],
    });
    expect(freeze(seats, { fixedSeats: 1, groups: [] }, [votingRuleOf()]).fixed).toBe(4);
    expect(freeze(seats, { fixedSeats: null, groups: [] }, [votingRuleOf()]).fixed).toBe(4);
  });

  it('has groups only where the rule, or the one for recusals, counts them', () => {
    const seats = [seat('a', 1, 'South'), seat('b', 1, 'North'), seat('c')];
    const set = { fixedSeats: null, groups };
    expect(freeze(seats, set, [votingRuleOf()]).groups).toEqual([]);
    const { voters, groups: frozen } = freeze(seats, set, [votingRuleOf(), inGroups]);
    expect(frozen).toEqual(groups);
    expect(voters.map(({ group }) => group)).toEqual([1, 0, -1]);
  });

  it('is refused where a rule counts groups that are not named', () => {
    const set = { fixedSeats: null, groups };
    expect(() => freeze([seat('a', 1, 'East')], set, [inGroups])).toThrow(ValidationError);
    expect(() => freeze([seat('a')], { ...set, groups: [] }, [inGroups])).toThrow(ValidationError);
    expect(() => freeze([seat('a', 1, 'East')], set, [votingRuleOf()])).not.toThrow();
  });
});

describe('the rules of a vote', () => {
  const board = rulesOf(undefined, 'board-of-directors', '2026-01-01');

  it('are the one that is named, and the one in its place when anybody is recused', () => {
    const { rule, ruleWhenRecused } = rulesFor(board, ordinary);
    expect([rule, ruleWhenRecused]).toEqual([board.rules.ordinary, board.rules['conflict-of-interests']]);
    expect(rulesFor(board, 'conflict-of-interests').ruleWhenRecused).toBeNull();
  });

  it.each(['another', 'toString', '__proto__'])('are none by the name %s', name => {
    expect(() => rulesFor(board, name)).toThrow(ValidationError);
  });
});
