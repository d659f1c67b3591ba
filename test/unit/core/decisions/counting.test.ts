/** Ballots, recusals and who was there come to one count and one result. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awaitsChair, countOf, resultOf, type Votes } from '../../../../shared/core/decisions/counting.ts';
import type { VotingRule } from '../../../../shared/core/decisions/rulebook.ts';
import { type Base, bases, type Comparison, type Majority } from '../../../../shared/core/decisions/rules.ts';
import { tally } from '../../../../shared/core/decisions/tally.ts';
import type { Casting, Said, Vote, Voter } from '../../../../shared/core/decisions/votes.ts';
import { votingRuleOf } from './votes.ts';

const at = '2026-03-01T12:00:00.000Z';
const half = { numerator: 1, denominator: 2 };
const twoThirds = { numerator: 2, denominator: 3 };
const groups = [
  { name: 'North', weight: 2 },
  { name: 'South', weight: 1 },
];

const voteOf = (voters: readonly Voter[], rule: VotingRule, ruleWhenRecused: VotingRule | null = null): Vote => {
  const inOffice = voters.reduce((sum, { weight }) => sum + weight, 0);
  return {
    ...{ openedAt: at, openedBy: 'secretary', closesAt: at, rule, ruleWhenRecused, inOffice, people: voters.length },
    ...{ fixed: inOffice, groups, meetingId: null, sealKey: null, shutAt: at, tie: null, casting: null, result: null },
  };
};

/** What everybody says, by one character each: y, n, a, `-` for somebody who is there in silence, `.` for absent, r for recused. */
function votesOf(said: string, weight: (index: number) => number = () => 1): Votes {
  const who = [...said].map((character, index) => ({ character, personId: `person ${index}` }));
  const words: Readonly<Record<string, Said>> = { y: 'yes', n: 'no', a: 'abstain' };
  return {
    election: null,
    voters: who.map(({ personId }, index) => ({ personId, weight: weight(index), group: (index % 3) - 1 })),
    cast: who.flatMap(({ character, personId }) =>
      character in words ? [{ personId, said: words[character] ?? 'no' }] : [],
    ),
    recused: new Set(who.filter(({ character }) => character === 'r').map(({ personId }) => personId)),
    there: new Set(who.filter(({ character }) => character === '-').map(({ personId }) => personId)),
  };
}

const counted = (
  votes: Votes,
  rule = votingRuleOf(),
  whenRecused: VotingRule | null = null,
  casting: Casting['choice'] = null,
) => {
  const vote = voteOf(votes.voters, rule, whenRecused);
  return resultOf(vote, votes.election, countOf(vote, votes), casting, at);
};

const by = (of: Base, fraction = half, comparison: Comparison = 'more-than', more: Partial<VotingRule> = {}) =>
  votingRuleOf({ majorities: [{ of, fraction, comparison, counting: 'votes' }], ...more });

describe('a count', () => {
  const quorum = { of: 'in-office', fraction: half, comparison: 'more-than' } as const;
  const board = by('present', half, 'more-than', { quorum });
  const conflict = by('disinterested', half, 'more-than', {
    quorum: { of: 'disinterested', fraction: half, comparison: 'more-than' },
    leastDisinterested: 2,
  });
  const casts = by('cast', half, 'more-than', { tie: 'chair-casts' });

  it.each<[string, string, VotingRule, boolean]>([
    ['exactly half of those cast is not more than half', 'yynn', by('cast'), false],
    ['one more than half is', 'yyynn', by('cast'), true],
    ['exactly two thirds are at least two thirds', 'yyyynn', by('cast', twoThirds, 'at-least'), true],
    ['one less is not', 'yyynn', by('cast', twoThirds, 'at-least'), false],
    ['nobody voted', '.....', by('cast'), false],
    ['nobody voted, though all are there', '-----', by('cast'), false],
    ['an abstention is no vote cast', 'yaaaa', by('cast'), true],
    ['an abstention weighs against among those present', 'yyaa', by('present'), false],
    ['silence in the meeting weighs against, too', 'yy--', by('present'), false],
    ['who is absent does not', 'yy..', by('present'), true],
    ['the quorum is there by those in silence', 'yy-...n', board, false],
    ['the quorum is there, and most of it in favour', 'yyy-...', board, true],
    ['the quorum was lost when somebody left', 'yyy....', board, false],
    ['everybody is recused', 'rrr', by('cast'), false],
    ['a tie fails', 'yynn', by('cast', half, 'more-than', { tie: 'fails' }), false],
  ])('%s', (_, said, rule, carried) => {
    expect(counted(votesOf(said), rule).outcome.carried).toBe(carried);
  });

  it.each<[string, Casting['choice'], boolean]>([
    ['yynn', 'yes', true],
    ['yynn', 'no', false],
    ['yynn', null, false],
  ])('of %s is decided by a chair who says %s', (said, casting, carried) => {
    expect(counted(votesOf(said), casts, null, casting).outcome.carried).toBe(carried);
  });

  it.each<[string, VotingRule, boolean]>([
    ['yynn', casts, true],
    ['yyn', casts, false],
    ['....', casts, false],
    ['yynn', by('cast'), false],
    ['yn.', { ...casts, quorum: { number: 3 } }, false],
    ['yyynnn', by('cast', twoThirds, 'at-least', { tie: 'chair-casts' }), false],
    ['yn', by('cast', half, 'at-least', { tie: 'chair-casts' }), true],
  ])('of %s asks a chair only who can change the outcome', (said, rule, asks) => {
    const votes = votesOf(said);
    const vote = voteOf(votes.voters, rule);
    expect(awaitsChair(vote, null, countOf(vote, votes))).toBe(asks);
  });

  it.each<[string, string, boolean]>([
    ['two of three without an interest', 'yynrr', true],
    ['one of two: not more than half', 'ynrr', false],
    ['all that are left, but it is one alone', 'yrrr', false],
    ['most of those who voted, not of the disinterested', 'yy...rr', false],
  ])('by the rule for conflicts of interests: %s', (_, said, carried) => {
    const result = counted(votesOf(said), board, conflict);
    expect(result).toMatchObject({ decidedBy: 'ruleWhenRecused', outcome: { carried } });
  });

  it('is by the usual rule where nobody is recused, or there is no other', () => {
    expect(counted(votesOf('yyn'), board, conflict).decidedBy).toBe('rule');
    expect(counted(votesOf('yynr'), board, null).decidedBy).toBe('rule');
  });

  it('tells groups apart, and leaves out who is in none', () => {
    // In none, North, South, and again.
    expect(countOf(voteOf([], votingRuleOf()), votesOf('yynyynyrn')).count).toMatchObject({
      yes: 5,
      no: 3,
      groups: [
        { name: 'North', yes: 2, no: 0 },
        { name: 'South', yes: 0, no: 3 },
      ],
    });
  });

  it('of an election takes a ballot for several options for each of them, and once as a ballot', () => {
    const election = { method: 'plurality', places: 2, options: ['yes', 'Ada', 'Ben'] } as const;
    const votes = votesOf('....r', index => index + 1);
    const cast = [
      { personId: 'person 0', said: ['Ada', 'yes'] },
      { personId: 'person 1', said: ['Ada'] },
      { personId: 'person 2', said: 'abstain' as const },
      { personId: 'person 4', said: ['Ben'] },
      { personId: 'somebody else', said: ['Ben'] },
    ];
    expect(counted({ ...votes, election, cast })).toMatchObject({
      count: { yes: 3, no: 0, abstained: 3, present: 6, recused: 5 },
      standings: [
        { option: 'yes', votes: 1 },
        { option: 'Ada', votes: 3 },
        { option: 'Ben', votes: 0 },
      ],
      election: { elected: ['Ada', 'yes'], vacant: 0 },
    });
  });
});

const anyMajority = fc
  .record({
    of: fc.constantFrom(...bases),
    denominator: fc.integer({ min: 2, max: 12 }),
    share: fc.double({ min: 0, max: 0.99, noNaN: true }),
    comparison: fc.constantFrom<Comparison>('more-than', 'at-least'),
    counting: fc.constantFrom<Majority['counting']>('votes', 'groups'),
  })
  .map(({ denominator, share, ...majority }) => ({
    ...majority,
    fraction: { numerator: Math.floor(share * denominator), denominator },
  }));
const anyRule = fc
  .record({
    majorities: fc.array(anyMajority, { minLength: 1, maxLength: 3 }),
    tie: fc.constantFrom<VotingRule['tie']>('fails', 'chair-casts'),
    leastDisinterested: fc.nat(3),
    quorum: fc.option(fc.nat(20).map(number => ({ number }))),
  })
  .map(votingRuleOf);
const anySaid = fc.string({ unit: fc.constantFrom('y', 'n', 'a', '-', '.', 'r'), maxLength: 12 });
const anyWeights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 12, maxLength: 12 });
const anyCasting = fc.constantFrom('yes' as const, 'no' as const, null);
const weightsOf = (weights: readonly number[]) => (index: number) => weights[index] ?? 1;

describe('every count', () => {
  it('never fails by one more vote in favour that carried before, whatever the weights and recusals', () => {
    fc.assert(
      fc.property(
        anySaid,
        anyWeights,
        anyRule,
        anyRule,
        anyCasting,
        fc.nat(11),
        (said, weights, rule, other, casting, index) => {
          fc.pre(index < said.length && !'yr'.includes(said[index] ?? 'r'));
          const more = `${said.slice(0, index)}y${said.slice(index + 1)}`;
          const carried = (of: string) =>
            counted(votesOf(of, weightsOf(weights)), rule, other, casting).outcome.carried;
          if (carried(said)) expect(carried(more)).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('does not depend on the order of ballots, voters and recusals', () => {
    const shuffled = anySaid.chain(said => {
      const { cast, voters, recused } = votesOf(said);
      const whole = <Item>(items: readonly Item[]) =>
        fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
      return fc.record({
        said: fc.constant(said),
        cast: whole(cast),
        voters: whole(voters),
        recused: whole([...recused]),
      });
    });
    fc.assert(
      fc.property(shuffled, anyRule, ({ said, cast, voters, recused }, rule) => {
        const votes = votesOf(said);
        expect(counted({ ...votes, cast, voters, recused: new Set(recused) }, rule)).toEqual(counted(votes, rule));
      }),
    );
  });

  it('with weights of one is a count of heads, and with equal weights comes out the same', () => {
    fc.assert(
      fc.property(anySaid, anyRule, fc.integer({ min: 2, max: 1000 }), (said, rule, weight) => {
        const heads = (characters: string) => [...said].filter(character => characters.includes(character)).length;
        const { count } = counted(votesOf(said), rule);
        expect(count).toMatchObject({
          entitled: said.length,
          recused: heads('r'),
          present: heads('yna-'),
          yes: heads('y'),
          no: heads('n'),
          abstained: heads('a'),
          peopleInFavour: heads('y'),
        });
        const free = { ...rule, quorum: null };
        const outcome = (of: number) =>
          counted(
            votesOf(said, () => of),
            free,
          ).outcome.carried;
        expect(outcome(weight)).toBe(outcome(1));
      }),
    );
  });

  it('leaves out the ballots of the recused and of strangers, and their presence', () => {
    fc.assert(
      fc.property(anySaid, anyRule, fc.constantFrom<Said>('yes', 'no', 'abstain'), (said, rule, word) => {
        const votes = votesOf(said);
        const others = [...votes.recused, 'a stranger'];
        const cast = [...votes.cast, ...others.map(personId => ({ personId, said: word }))];
        const there = new Set([...votes.there, ...others]);
        expect(counted({ ...votes, cast, there }, rule)).toEqual(counted(votes, rule));
      }),
    );
  });

  it('is the same a second time, and by whoever has the rule and the numbers only', () => {
    fc.assert(
      fc.property(anySaid, anyWeights, anyRule, anyRule, anyCasting, (said, weights, rule, other, casting) => {
        const votes = votesOf(said, weightsOf(weights));
        const result = counted(votes, rule, other, casting);
        expect(counted(votes, rule, other, casting)).toEqual(result);
        const published = JSON.parse(JSON.stringify({ rule, ruleWhenRecused: other, result }));
        expect(tally(published[published.result.decidedBy], published.result.count)).toEqual(result.outcome);
      }),
    );
  });
});
