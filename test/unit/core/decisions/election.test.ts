import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ElectionMethod, elect } from '../../../../shared/core/decisions/election.ts';

const standing = (votes: Record<string, number>) =>
  Object.entries(votes).map(([option, count]) => ({ option, votes: count }));

describe('an election', () => {
  it.each<[string, ElectionMethod, number, number, Record<string, number>, string[], string[], number]>([
    ['elects who has more than half', 'absolute', 1, 9, { ada: 5, ben: 4 }, ['ada'], [], 0],
    ['elects nobody at exactly half', 'absolute', 1, 10, { ada: 5, ben: 3, eve: 2 }, [], [], 1],
    ['elects by most votes where that is the rule', 'plurality', 1, 10, { ada: 4, ben: 3, eve: 3 }, ['ada'], [], 0],
    ['leaves a tie undecided', 'plurality', 1, 8, { ada: 4, ben: 4 }, [], ['ada', 'ben'], 1],
    ['elects several', 'plurality', 2, 9, { ada: 4, ben: 3, eve: 2 }, ['ada', 'ben'], [], 0],
    [
      'leaves only the last place of several undecided',
      'plurality',
      2,
      9,
      { ada: 5, ben: 3, eve: 3 },
      ['ada'],
      ['ben', 'eve'],
      1,
    ],
    ['fills no place with somebody nobody voted for', 'plurality', 2, 3, { ada: 3, ben: 0 }, ['ada'], [], 1],
    [
      'elects all who have more than half, as far as there are places',
      'absolute',
      2,
      10,
      { ada: 9, ben: 8, eve: 7 },
      ['ada', 'ben'],
      [],
      0,
    ],
    ['leaves places vacant that too few reach', 'absolute', 3, 10, { ada: 9, ben: 5 }, ['ada'], [], 2],
    ['elects nobody without ballots', 'absolute', 1, 0, { ada: 0 }, [], [], 1],
  ])('%s', (_, method, places, ballots, votes, elected, tied, vacant) => {
    expect(elect({ method, places }, { standings: standing(votes), ballots })).toMatchObject({ elected, tied, vacant });
  });

  it('does not depend on the order of the list', () => {
    const anything = fc.record({
      votes: fc.array(fc.nat(10), { minLength: 1, maxLength: 8 }),
      places: fc.integer({ min: 1, max: 5 }),
      method: fc.constantFrom<ElectionMethod>('absolute', 'plurality'),
      seed: fc.infiniteStream(fc.nat()),
    });
    fc.assert(
      fc.property(anything, ({ votes, places, method, seed }) => {
        const standings = votes.map((count, index) => ({ option: `option ${index}`, votes: count }));
        const order = new Map(standings.map(({ option }) => [option, seed.next().value]));
        const shuffled = standings.toSorted((a, b) => Number(order.get(a.option)) - Number(order.get(b.option)));
        const sets = [standings, shuffled].map(list => {
          const { elected, tied, vacant } = elect({ method, places }, { standings: list, ballots: 10 });
          expect(elected.length + vacant).toBe(places);
          return { elected: [...elected].sort(), tied: [...tied].sort() };
        });
        expect(sets[0]).toEqual(sets[1]);
      }),
    );
  });

  it('refuses counts that contradict themselves', () => {
    const rule = { method: 'plurality', places: 1 } as const;
    expect(() => elect(rule, { standings: standing({ ada: 3 }), ballots: 2 })).toThrow(RangeError);
    expect(() => elect({ ...rule, places: 0 }, { standings: [], ballots: 2 })).toThrow(RangeError);
    const twice = [...standing({ ada: 1 }), ...standing({ ada: 1 })];
    expect(() => elect(rule, { standings: twice, ballots: 2 })).toThrow(RangeError);
  });
});
