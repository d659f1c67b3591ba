import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../../shared/core/decisions/explain.ts';
import {
  type Base,
  bases,
  type Comparison,
  type DecisionRule,
  type Majority,
  needed,
  ruleProblems,
} from '../../../../shared/core/decisions/rules.ts';
import { type Count, tally } from '../../../../shared/core/decisions/tally.ts';
import { countOf, ruleOf } from './votes.ts';

const majority = (
  of: Base,
  numerator: number,
  denominator: number,
  comparison: Comparison = 'more-than',
): Majority => ({
  of,
  fraction: { numerator, denominator },
  comparison,
  counting: 'votes',
});
const by = (...majorities: Majority[]) => ruleOf({ majorities });

describe('the number needed', () => {
  it.each([
    [10, 1, 2, 'more-than', 6],
    [11, 1, 2, 'more-than', 6],
    [10, 1, 2, 'at-least', 5],
    [11, 1, 2, 'at-least', 6],
    [9, 2, 3, 'at-least', 6],
    [10, 2, 3, 'at-least', 7],
    [9, 2, 3, 'more-than', 7],
    [5, 3, 5, 'at-least', 3],
    [0, 1, 2, 'more-than', 1],
    [0, 2, 3, 'at-least', 0],
    [7, 1, 1, 'at-least', 7],
  ] as const)('of %i for %i/%i, %s, is %i', (base, numerator, denominator, comparison, expected) => {
    expect(needed(base, { numerator, denominator }, comparison)).toBe(expected);
  });

  it('is exact where floating point is not', () => {
    expect(needed(9_007_199_254_740_991, { numerator: 2, denominator: 3 }, 'at-least')).toBe(6_004_799_503_160_661);
    // Of a tenth, three times, floating point makes more than three tenths.
    expect(needed(10, { numerator: 3, denominator: 10 }, 'at-least')).toBe(3);
  });

  it('is the least that meets the fraction', () => {
    const anything = fc.record({
      base: fc.nat(1_000_000),
      denominator: fc.integer({ min: 1, max: 1000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      comparison: fc.constantFrom<Comparison>('more-than', 'at-least'),
    });
    fc.assert(
      fc.property(anything, ({ base, denominator, share, comparison }) => {
        const numerator = Math.floor(share * denominator);
        const meets = (count: number) =>
          comparison === 'more-than' ? count * denominator > base * numerator : count * denominator >= base * numerator;
        const least = needed(base, { numerator, denominator }, comparison);
        expect(meets(least) && (least === 0 || !meets(least - 1))).toBe(true);
      }),
    );
  });
});

describe('a tally', () => {
  it.each<[string, DecisionRule, Partial<Count>, boolean]>([
    ['exactly half fails where more is asked', by(majority('cast', 1, 2)), { yes: 5, no: 5 }, false],
    ['exactly half carries where it is enough', by(majority('cast', 1, 2, 'at-least')), { yes: 5, no: 5 }, true],
    ['exactly two thirds carry', by(majority('cast', 2, 3, 'at-least')), { yes: 6, no: 3 }, true],
    ['one less than two thirds fails', by(majority('cast', 2, 3, 'at-least')), { yes: 5, no: 4 }, false],
    ['no votes at all decide nothing', by(majority('cast', 1, 2)), {}, false],
    ['no votes at all meet no fraction of nothing', by(majority('cast', 2, 3, 'at-least')), {}, false],
    ['abstentions are no votes cast', by(majority('cast', 1, 2)), { yes: 2, no: 1, abstained: 20 }, true],
    [
      'abstentions work like a no among those present',
      by(majority('present', 1, 2)),
      { yes: 2, no: 1, abstained: 20 },
      false,
    ],
    ['empty seats count where seats in office do', by(majority('in-office', 1, 2)), { yes: 3, inOffice: 6 }, false],
    ['fixed seats count, filled or not', by(majority('fixed', 1, 2)), { yes: 3, inOffice: 4, fixed: 6 }, false],
    [
      'all of the entitled, and one is missing',
      by(majority('entitled', 1, 1, 'at-least')),
      { yes: 4, entitled: 5, inOffice: 5 },
      false,
    ],
    [
      'the recused are out of the disinterested',
      by(majority('disinterested', 1, 2)),
      { yes: 3, no: 1, recused: 2 },
      true,
    ],
    ['all recused: nobody is left to decide', by(majority('disinterested', 1, 2)), { recused: 5 }, false],
  ])('%s', (_, rule, count, carried) => {
    expect(tally(rule, countOf(count)).carried).toBe(carried);
  });

  it('needs its quorum, however many of those present agree', () => {
    const rule = ruleOf({
      quorum: { of: 'in-office', fraction: { numerator: 1, denominator: 2 }, comparison: 'more-than' },
    });
    expect(tally(rule, countOf({ yes: 3, inOffice: 6 }))).toMatchObject({
      carried: false,
      reasons: [
        { kind: 'electorate' },
        { kind: 'quorum', needed: 4, got: 3, met: false },
        { kind: 'majority', met: true },
      ],
    });
    expect(tally(rule, countOf({ yes: 3, abstained: 1, inOffice: 6 })).carried).toBe(true);
    expect(tally(ruleOf({ quorum: { number: 4 } }), countOf({ yes: 3 })).carried).toBe(false);
  });

  it('needs a majority of all disinterested directors as quorum and as vote, and never one alone', () => {
    const half = { numerator: 1, denominator: 2 };
    const rule = ruleOf({
      quorum: { of: 'disinterested', fraction: half, comparison: 'more-than' },
      majorities: [majority('disinterested', 1, 2)],
      leastDisinterested: 2,
    });
    expect(tally(rule, countOf({ yes: 3, no: 1, recused: 3 })).carried).toBe(true);
    expect(tally(rule, countOf({ yes: 1, recused: 2 }))).toMatchObject({
      carried: false,
      reasons: expect.arrayContaining([{ kind: 'disinterested', needed: 2, got: 1, met: false }]),
    });
    // Nobody is recused: then one alone may be all that there is.
    expect(tally(rule, countOf({ yes: 1 })).carried).toBe(true);
  });

  it('lets the chair decide a tie where the rule says so, and nothing else', () => {
    const rule = ruleOf({ tie: 'chair-casts' });
    expect(tally(rule, countOf({ yes: 5, no: 5, casting: 'yes' })).carried).toBe(true);
    expect(tally(rule, countOf({ yes: 5, no: 5, casting: 'no' })).carried).toBe(false);
    expect(tally(rule, countOf({ yes: 5, no: 5 })).carried).toBe(false);
    expect(tally(rule, countOf({ yes: 4, no: 5, casting: 'yes' })).carried).toBe(false);
    expect(tally(rule, countOf({ casting: 'yes' })).carried).toBe(false);
    expect(tally(ruleOf(), countOf({ yes: 5, no: 5, casting: 'yes' })).carried).toBe(false);
  });

  it('needs all of several majorities: the people and the regions', () => {
    const people = majority('cast', 1, 2);
    const rule = by(people, { ...people, counting: 'groups' });
    const region = (weight: number, yes: number, no: number) => ({ name: 'A region', weight, yes, no });
    const groups = [region(2, 900, 100), region(2, 10, 20), region(1, 10, 20)];
    expect(tally(rule, countOf({ yes: 920, no: 140, groups })).carried).toBe(false);
    expect(tally(rule, countOf({ yes: 920, no: 140, groups: groups.slice(0, 2) })).carried).toBe(false);
    expect(
      tally(rule, countOf({ yes: 920, no: 140, groups: [...groups.slice(0, 1), ...groups.slice(2)] })).carried,
    ).toBe(true);
  });

  it('refuses counts that contradict themselves', () => {
    const wrong: Partial<Count>[] = [
      { yes: 1.5 },
      { yes: -1 },
      { yes: 5, no: 1, present: 5 },
      { yes: 2, present: 3, entitled: 3, inOffice: 3, recused: 1 },
      { yes: Number.MAX_VALUE },
    ];
    for (const count of wrong) expect(() => tally(ruleOf(), countOf(count)), JSON.stringify(count)).toThrow(RangeError);
  });
});

const anyMajority = fc
  .record({
    of: fc.constantFrom(...bases),
    denominator: fc.integer({ min: 2, max: 12 }),
    share: fc.double({ min: 0, max: 0.99, noNaN: true }),
    comparison: fc.constantFrom<Comparison>('more-than', 'at-least'),
  })
  .map(({ of, denominator, share, comparison }) =>
    majority(of, Math.floor(share * denominator), denominator, comparison),
  );
const anyRule = fc
  .record({
    majorities: fc.array(anyMajority, { minLength: 1, maxLength: 3 }),
    tie: fc.constantFrom<DecisionRule['tie']>('fails', 'chair-casts'),
    leastDisinterested: fc.nat(3),
    quorum: fc.option(fc.nat(20).map(number => ({ number }))),
  })
  .map(ruleOf);
const anyVotes = fc.record({
  yes: fc.nat(20),
  no: fc.nat(20),
  abstained: fc.nat(20),
  silent: fc.nat(5),
  absent: fc.nat(20),
  recused: fc.nat(5),
});
const counted = ({
  silent,
  absent,
  ...votes
}: {
  yes: number;
  no: number;
  abstained: number;
  silent: number;
  absent: number;
  recused: number;
}) => {
  const present = votes.yes + votes.no + votes.abstained + silent;
  return countOf({ ...votes, present, inOffice: present + absent + votes.recused });
};

it('never fails by one more vote in favour, whoever gives it', () => {
  fc.assert(
    fc.property(anyRule, anyVotes, fc.constantFrom('no', 'abstained', 'silent', 'absent'), (rule, votes, giver) => {
      fc.pre(votes[giver as keyof typeof votes] > 0);
      // The chair's vote can be against: then a tie is lost that an abstention had won nothing in.
      const more = { ...votes, [giver]: votes[giver as keyof typeof votes] - 1, yes: votes.yes + 1 };
      if (tally(rule, counted(votes)).carried) expect(tally(rule, counted(more)).carried).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it('is the same with all weights doubled, where no quorum is a number', () => {
  const double = (count: Count): Count => ({
    ...count,
    inOffice: count.inOffice * 2,
    fixed: count.fixed * 2,
    entitled: count.entitled * 2,
    recused: count.recused * 2,
    present: count.present * 2,
    yes: count.yes * 2,
    no: count.no * 2,
    abstained: count.abstained * 2,
  });
  fc.assert(
    fc.property(anyRule, anyVotes, (rule, votes) => {
      const free: DecisionRule = { ...rule, quorum: null, tie: 'fails' };
      expect(tally(free, double(counted(votes))).carried).toBe(tally(free, counted(votes)).carried);
    }),
  );
});

it('says why in sentences', () => {
  const rule = ruleOf({
    quorum: { of: 'in-office', fraction: { numerator: 1, denominator: 2 }, comparison: 'more-than' },
    majorities: [majority('present', 1, 2)],
    tie: 'chair-casts',
  });
  expect(explain(tally(rule, countOf({ yes: 3, no: 2, recused: 1, inOffice: 8 })))).toEqual([
    '8 votes were entitled, 1 recused and 5 took part.',
    'At least 5 had to take part; 5 did, so there was a quorum.',
    'More than half of the 5 votes of those who took part had to be in favour, that is at least 3; 3 were.',
    'So it was carried.',
  ]);
  expect(explain(tally(rule, countOf({ yes: 1, no: 1, casting: 'no' })))).toEqual([
    '2 votes were entitled and 2 took part.',
    'At least 2 had to take part; 2 did, so there was a quorum.',
    'There were as many votes for as against: 1 each. The chair decided with a casting vote against it.',
    'More than half of the 2 votes of those who took part had to be in favour, that is at least 2; 1 was.',
    'So it failed.',
  ]);
});

it('says who was elected, and why', () => {
  const said = (places: number, method: 'absolute' | 'plurality', votes: Record<string, number>, ballots: number) => {
    const standings = Object.entries(votes).map(([option, of]) => ({ option, votes: of }));
    return explain(tally(ruleOf(), countOf({ yes: ballots }), { election: { method, places }, standings })).slice(1);
  };
  expect(said(1, 'absolute', { Ada: 3, Ben: 1 }, 4)).toEqual([
    'More than half of the 4 ballots for an option had to be for one, that is at least 3: Ada (3) had enough.',
    'So Ada was elected.',
  ]);
  expect(said(1, 'absolute', { Ada: 1 }, 1)).toEqual([
    'More than half of the 1 ballot for an option had to be for one, that is at least 1: Ada (1) had enough.',
    'So Ada was elected.',
  ]);
  expect(said(3, 'plurality', { Ada: 5, Ben: 4, Eve: 2, Max: 2 }, 6)).toEqual([
    'Of the 6 ballots for an option the most decided: Ada (5) and Ben (4) had enough. Eve (2) and Max (2) had as many as each other, and there was 1 place for them.',
    'So Ada and Ben were elected; 1 place stays vacant.',
  ]);
  expect(said(2, 'absolute', { Ada: 0, Ben: 0 }, 0)).toEqual([
    'More than half of the 0 ballots for an option had to be for one, that is at least 1: nobody had enough.',
    'So nobody was elected.',
  ]);
});

it('needs of an election its quorum, and none of its majorities', () => {
  const election = { method: 'plurality', places: 1 } as const;
  const standings = [{ option: 'Ada', votes: 1 }];
  const all = majority('entitled', 1, 1, 'at-least');
  const count = countOf({ yes: 1, inOffice: 5 });
  expect(tally(by(all), count, { election, standings }).carried).toBe(true);
  expect(tally(ruleOf({ quorum: { number: 2 } }), count, { election, standings }).carried).toBe(false);
});

it('finds what is wrong with a rule', () => {
  expect(ruleProblems(ruleOf())).toEqual([]);
  expect(ruleProblems(ruleOf({ majorities: [] }))).toEqual(['Name at least one majority.']);
  expect(ruleProblems(by(majority('cast', 3, 2)))).toEqual(['Nobody can reach more than all.']);
  expect(ruleProblems(by(majority('cast', 1, 1)))).toEqual(['Nobody can reach more than all.']);
  expect(ruleProblems(by(majority('cast', 1, 0)))).toEqual(['A fraction needs two whole numbers.']);
  expect(ruleProblems(by(majority('cast', 0, 2, 'at-least')))).toEqual([
    'At least none is always reached: leave it out.',
  ]);
  expect(ruleProblems(ruleOf({ quorum: { number: 1.5 } }))).toEqual(['The quorum must be a whole number.']);
});
