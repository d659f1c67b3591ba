// Coming and going, and who is there at a moment.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attendance, arrive, depart, mostSpans, presentAt } from '../../../../shared/core/meetings/attendance.ts';
import { meetingQuorum, quorumOverTime } from '../../../../shared/core/meetings/quorum.ts';
import { StateConflictError } from '../../../../shared/errors.ts';

const at = (minute: number) => new Date(Date.UTC(2024, 1, 9, 17, minute)).toISOString();
const who = (personId: string) => ({ meetingId: 'meeting', personId });
const come = (minute: number, before?: Attendance, remote = false) => arrive(before, who('p'), at(minute), remote);

describe('attendance', () => {
  it('counts from the moment of arrival until just before that of departure', () => {
    const left = depart(come(10), at(20));
    const there = (minute: number) => presentAt([left], at(minute)).has('p');
    expect([9, 10, 19, 20, 21].map(there)).toEqual([false, true, true, false, false]);
    expect(presentAt([come(10)], at(500)).has('p')).toBe(true);
  });

  it('keeps how somebody was there, each time', () => {
    const again = come(30, depart(come(10), at(20)), true);
    expect(again.spans).toEqual([
      { from: at(10), to: at(20), remote: false },
      { from: at(30), to: null, remote: true },
    ]);
  });

  it('refuses what cannot be', () => {
    const left = depart(come(10), at(20));
    expect(() => come(11, come(10))).toThrow(StateConflictError);
    expect(() => come(19, left)).toThrow('was there until');
    expect(() => depart(left, at(30))).toThrow('is not there');
    expect(() => depart(undefined, at(30))).toThrow('is not there');
    expect(() => depart(come(10), at(10))).toThrow('Name a later moment');
    expect(come(20, left).spans).toHaveLength(2);
  });

  it('does not grow without bound', () => {
    let attendance = depart(come(0), at(1));
    for (let count = 1; count < mostSpans; count++) {
      attendance = depart(come(2 * count, attendance), at(2 * count + 1));
    }
    expect(attendance.spans).toHaveLength(mostSpans);
    expect(() => come(1000, attendance)).toThrow(StateConflictError);
  });

  it('is what a walk over all comings and goings says', () => {
    const anyMoves = fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { maxLength: 2 * mostSpans });
    fc.assert(
      fc.property(anyMoves, fc.integer({ min: 0, max: 300 }), (moves, asked) => {
        const sorted = moves.toSorted((a, b) => a - b);
        const final = sorted.reduce<Attendance | undefined>(
          (before, minute, index) =>
            index % 2 === 0 ? arrive(before, who('p'), at(minute), false) : depart(before, at(minute)),
          undefined,
        );
        const isThere = sorted.filter(minute => minute <= asked).length % 2 === 1;
        expect(presentAt(final === undefined ? [] : [final], at(asked)).has('p')).toBe(isThere);
      }),
    );
  });
});

describe('the quorum of a meeting', () => {
  const seats = ['a', 'b', 'c', 'd', 'e'].map(personId => ({ personId, weight: 1 }));
  const moreThanHalf = { fraction: { numerator: 1, denominator: 2 }, comparison: 'more-than' } as const;
  const rule = { quorum: { of: 'in-office', ...moreThanHalf } } as const;

  it.each([
    ['one too few', ['a', 'b'], { needed: 3, present: 2, inOffice: 5, met: false }],
    ['just enough', ['a', 'b', 'c'], { needed: 3, present: 3, inOffice: 5, met: true }],
    ['people without a vote count for nothing', ['a', 'b', 'x', 'y'], { needed: 3, present: 2, met: false }],
  ])('%s', (_what, present, expected) => {
    expect(meetingQuorum(rule, seats, null, new Set(present))).toMatchObject(expected);
  });

  it('is of the seats that the rules fix, where they say so, by weight, by number, or none', () => {
    const two = new Set(['a', 'b']);
    const fixed = { quorum: { of: 'fixed', ...moreThanHalf } } as const;
    expect(meetingQuorum(fixed, seats, 9, two)).toMatchObject({ needed: 5, inOffice: 5 });
    expect(meetingQuorum(fixed, seats, null, two)).toMatchObject({ needed: 3 });
    const heavy = [{ personId: 'a', weight: 10 }, ...seats.slice(1)];
    expect(meetingQuorum(rule, heavy, null, new Set(['a']))).toEqual({
      needed: 8,
      present: 10,
      inOffice: 14,
      met: true,
    });
    expect(meetingQuorum({ quorum: { number: 2 } }, seats, null, two)).toMatchObject({ needed: 2, met: true });
    expect(meetingQuorum({ quorum: null }, seats, null, new Set())).toMatchObject({ needed: 0, met: true });
  });

  it('is told at the opening, and whenever somebody with a vote came or went until the end', () => {
    const of = (personId: string, from: number, to: number | null): Attendance => ({
      ...who(personId),
      spans: [{ from: at(from), to: to === null ? null : at(to), remote: false }],
    });
    const all = [of('a', 0, null), of('b', 2, null), of('c', 0, 30), of('x', 10, 20), of('d', 40, 90)];
    const steps = quorumOverTime(all, at(5), at(60), present => meetingQuorum(rule, seats, null, present));
    expect(steps.map(step => [step.at, step.quorum.present, step.quorum.met])).toEqual([
      [at(5), 3, true],
      [at(30), 2, false],
      [at(40), 3, true],
    ]);
  });
});
