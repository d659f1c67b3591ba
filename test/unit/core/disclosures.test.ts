// The life of a disclosure: which command is possible when, to the millisecond, and that nothing it said is ever lost.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  correct,
  type Disclosure,
  type DisclosureState,
  draft,
  isPublic,
  maxPeriodYears,
  type PastEdition,
  type Period,
  periodProblem,
  publish,
  revise,
  stateAt,
  stillSeconds,
  unschedule,
  withdraw,
  yearsOf,
} from '../../../shared/core/disclosures.ts';
import { StateConflictError } from '../../../shared/errors.ts';
import { anyCommand, at, begin, contentOf, decide, type Observed, observe } from './lives.ts';

const content = contentOf(1, { category: 'policy', period: null });
const other = contentOf(2, { category: 'minutes', period: null });
const now = '2024-01-01T12:00:00.000Z';
const later = '2024-02-01T00:00:00.000Z';
const earlier = '2023-01-01T00:00:00.000Z';

const published = publish(draft(content), earlier, earlier);
const inState: Record<DisclosureState, Disclosure> = {
  draft: draft(content),
  scheduled: publish(draft(content), later, earlier),
  published,
  corrected: correct(published, { ...content, title: 'Corrected' }, 'A typo.', earlier).corrected,
  withdrawn: withdraw(published, 'A mistake.', earlier),
};

const commands = {
  revise: (before: Disclosure) => revise(before, other, now),
  publish: (before: Disclosure) => publish(before, now, now),
  unschedule: (before: Disclosure) => unschedule(before, now),
  correct: (before: Disclosure) => correct(before, other, 'Wrong.', now).corrected,
  withdraw: (before: Disclosure) => withdraw(before, 'Wrong.', now),
};

it('a correction that changes nothing is refused', () => {
  expect(() => correct(published, { ...content }, 'No reason.', now)).toThrow(StateConflictError);
});

describe('in the state', () => {
  const none = 'refused';
  it.each([
    // state, revise, publish, unschedule, correct, withdraw
    ['draft', 'draft', 'published', none, none, none],
    ['scheduled', 'scheduled', 'published', 'draft', none, none],
    ['published', none, none, none, 'corrected', 'withdrawn'],
    ['corrected', none, none, none, 'corrected', 'withdrawn'],
    ['withdrawn', none, none, none, none, none],
  ] as const)(
    '%s: revise -> %s, publish -> %s, unschedule -> %s, correct -> %s, withdraw -> %s',
    (state, ...outcomes) => {
      expect(stateAt(inState[state], now)).toBe(state);
      const reached = Object.values(commands).map(command => {
        try {
          return stateAt(command(inState[state]), now);
        } catch (error) {
          expect(error).toBeInstanceOf(StateConflictError);
          return none;
        }
      });
      expect(reached).toEqual(outcomes);
    },
  );

  it('scheduled, what becomes public is what was revised, and the draft that comes back is whole', () => {
    expect(revise(inState.scheduled, other, now)).toEqual({ ...inState.scheduled, content: other });
    expect(unschedule(inState.scheduled, now)).toEqual(inState.draft);
  });
});

describe('the moment of publication', () => {
  it.each([
    [-1, 'scheduled', false],
    [0, 'published', true],
    [1, 'published', true],
  ] as const)('%i ms from it the disclosure is %s, public: %s', (offset, state, shown) => {
    const moment = at(Date.parse(later) + offset);
    expect(stateAt(inState.scheduled, moment)).toBe(state);
    expect(isPublic(inState.scheduled, moment)).toBe(shown);
  });

  it.each([
    [-stillSeconds * 1000, true],
    [-stillSeconds * 1000 + 1, false],
    [-1, false],
    [0, false],
  ])('%i ms from it, revising, moving and unscheduling are possible: %s', (offset, possible) => {
    const moment = at(Date.parse(later) + offset);
    const attempts = [
      () => revise(inState.scheduled, other, moment),
      () => publish(inState.scheduled, moment, moment),
      () => unschedule(inState.scheduled, moment),
    ];
    for (const attempt of attempts) {
      if (possible) expect(attempt).not.toThrow();
      else expect(attempt).toThrow(StateConflictError);
    }
  });

  it('may lie before the one when the book took it in, and both stay on record', () => {
    const disclosure = publish(draft(content), earlier, now);
    expect(disclosure).toMatchObject({ publishAt: earlier, enteredAt: now });
    expect(stateAt(disclosure, now)).toBe('published');
  });

  it('is never over: a withdrawn disclosure stays public as its tombstone', () => {
    expect(isPublic(inState.withdrawn, now)).toBe(true);
    expect(inState.withdrawn).toMatchObject({ content, withdrawal: { at: earlier, reason: 'A mistake.' } });
  });
});

describe('any life', () => {
  const anyLife = fc.array(anyCommand(0), { maxLength: 25, size: 'max' });

  it('accepts and refuses what the rules in words do, and is in the state that they say at every moment', () => {
    fc.assert(
      fc.property(anyLife, life => {
        let time = begin;
        let disclosure: Disclosure | undefined;
        let observed: Observed | undefined;
        for (const [index, command] of life.entries()) {
          time += command.wait;
          const next = decide(disclosure, command, contentOf(index, command), time);
          const expected = observe(observed, command, contentOf(index, command), time);
          expect(next !== undefined).toBe(expected !== undefined);
          disclosure = next?.after ?? disclosure;
          observed = expected ?? observed;
          if (disclosure === undefined || observed === undefined) continue;
          const probes =
            observed.publishTime === null ? [time] : [time, ...[-1, 0, 1].map(ms => ms + (observed?.publishTime ?? 0))];
          for (const probe of probes.filter(one => one >= time)) {
            expect(stateAt(disclosure, at(probe))).toBe(stateIn(observed, probe));
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every edition whole under its number, with the reason why it replaced the one before', () => {
    fc.assert(
      fc.property(anyLife, life => {
        let time = begin;
        let disclosure: Disclosure | undefined;
        let observed: Observed | undefined;
        const kept: PastEdition[] = [];
        for (const [index, command] of life.entries()) {
          time += command.wait;
          const next = decide(disclosure, command, contentOf(index, command), time);
          if (next?.past !== undefined) kept.push(next.past);
          disclosure = next?.after ?? disclosure;
          observed = observe(observed, command, contentOf(index, command), time) ?? observed;
        }
        if (disclosure === undefined) return;
        const editions: PastEdition[] = [...kept, disclosure];
        expect(editions.map(one => one.content)).toEqual(observed?.editions);
        expect(editions.map(one => one.edition)).toEqual(editions.map((_, index) => index + 1));
        expect(editions.map(one => one.correction === null)).toEqual(editions.map((_, index) => index === 0));
      }),
    );
  });
});

describe('a period', () => {
  const period = (from: string, to: string): Period => ({ from, to });

  it.each([
    [period('2023-01-01', '2023-12-31'), [2023]],
    [period('2023-12-31', '2024-01-01'), [2023, 2024]],
    [period('2023-06-30', '2023-06-30'), [2023]],
    [period('0001-01-01', '0002-01-01'), [1, 2]],
  ])('%j touches the years %j', (touching, years) => {
    expect(yearsOf(touching)).toEqual(years);
    expect(periodProblem(touching)).toBeNull();
  });

  it('may touch so many years and not one more', () => {
    expect(periodProblem(period('2001-12-31', `${2001 + maxPeriodYears - 1}-01-01`))).toBeNull();
    expect(periodProblem(period('2001-12-31', `${2001 + maxPeriodYears}-01-01`))).toMatch(/more than 20/);
  });

  it('cannot end before it begins', () => {
    expect(periodProblem(period('2023-01-02', '2023-01-01'))).toMatch(/before it begins/);
  });
});

function stateIn({ editions, publishTime, withdrawn }: Observed, time: number): DisclosureState {
  if (withdrawn) return 'withdrawn';
  if (publishTime === null) return 'draft';
  if (time < publishTime) return 'scheduled';
  return editions.length > 1 ? 'corrected' : 'published';
}
