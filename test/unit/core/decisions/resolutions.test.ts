// The life of a resolution: every act in every state.
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { bodyKinds } from '../../../../shared/core/authorisation.ts';
import {
  ballotRow,
  draftResolution,
  type Motion,
  mostVotersOfShard,
  moveMotion,
  numberAfter,
  openVote,
  type Resolution,
  type ResolutionState,
  type Result,
  recordResult,
  resolutionRows,
  resolutionStateAt,
  reviseMotion,
  secondMotion,
  setAside,
  shardOf,
  shards,
  shutVote,
  withdrawMotion,
} from '../../../../shared/core/decisions/resolutions.ts';
import { type Rulebook, rulesOf } from '../../../../shared/core/decisions/rulebook.ts';
import { isCountable, ruleProblems } from '../../../../shared/core/decisions/rules.ts';
import { tally } from '../../../../shared/core/decisions/tally.ts';
import { NotAllowedError, StateConflictError } from '../../../../shared/errors.ts';
import { countOf, ruleOf } from './votes.ts';

const motion: Motion = { title: 'A motion', preamble: '', text: '1. So be it.', language: 'en', effectiveOn: null };
const now = '2024-03-01T12:00:00.000Z';
const end = '2024-03-02T12:00:00.000Z';
const behindEnd = '2024-03-02T12:00:00.001Z';
const vote = { openedBy: 'chair', closesAt: end, rule: ruleOf(), inOffice: 3, fixed: 3 };

const resultOf = (carried: boolean): Result => {
  const counts = { yes: carried ? 2 : 1, no: carried ? 1 : 2, abstained: 0 };
  const outcome = tally(ruleOf(), countOf(counts));
  return { countedAt: behindEnd, ...counts, outcome, number: carried ? '2024-001' : null };
};

const draft = draftResolution('body', motion, 'author');
const moved = moveMotion(draft, 'mover', now);
const seconded = secondMotion(moved, 'seconder', now);
const open = openVote(seconded, vote, now);
const shut = shutVote(open, now);
const inState: Record<ResolutionState, Resolution> = {
  draft,
  moved,
  seconded,
  open,
  closed: shut,
  carried: recordResult(shut, resultOf(true)),
  failed: recordResult(shut, resultOf(false)),
  withdrawn: withdrawMotion(seconded, 'mover', 'Wrong.', now),
  postponed: setAside(seconded, 'chair', 'Later.', null, now),
  referred: setAside(seconded, 'chair', 'Elsewhere.', 'other', now),
};
const states = Object.keys(inState) as ResolutionState[];

const acts: Record<string, (resolution: Resolution) => Resolution> = {
  revise: resolution => reviseMotion(resolution, { ...motion, title: 'Another' }, now),
  move: resolution => moveMotion(resolution, 'mover', now),
  second: resolution => secondMotion(resolution, 'seconder', now),
  withdraw: resolution => withdrawMotion(resolution, 'mover', 'Wrong.', now),
  postpone: resolution => setAside(resolution, 'chair', 'Later.', null, now),
  refer: resolution => setAside(resolution, 'chair', 'Elsewhere.', 'other', now),
  open: resolution => openVote(resolution, vote, now),
  shut: resolution => shutVote(resolution, now),
  carry: resolution => recordResult(resolution, resultOf(true)),
  fail: resolution => recordResult(resolution, resultOf(false)),
};

/** The state after an act; `-` where it is refused. */
const life = `
          revise move  second   withdraw  postpone  refer    open shut   carry   fail
draft     draft  moved -        -         -         -        -    -      -       -
moved     draft  -     seconded withdrawn postponed referred -    -      -       -
seconded  draft  -     -        withdrawn postponed referred open -      -       -
open      -      -     -        -         -         -        -    closed -       -
closed    -      -     -        -         -         -        -    closed carried failed
carried   -      -     -        -         -         -        -    -      -       -
failed    -      -     -        -         -         -        -    -      -       -
withdrawn -      -     -        -         -         -        -    -      -       -
postponed -      -     -        -         -         -        -    -      -       -
referred  -      -     -        -         -         -        -    -      -       -`;
const [header = '', ...lines] = life.trim().split('\n');
const columns = header.trim().split(/ +/);
const cells = lines.flatMap(line => {
  const [state = '', ...after] = line.split(/ +/);
  return columns.map((act, column) => ({ state: state as ResolutionState, act, after: after[column] ?? '' }));
});

describe('the life of a resolution', () => {
  it('is told in the table for every state and every act', () => {
    expect(cells).toHaveLength(states.length * Object.keys(acts).length);
    expect(states.map(state => resolutionStateAt(inState[state], now))).toEqual(states);
  });

  it.each(cells)('$state, $act: $after', ({ state, act, after }) => {
    const before = structuredClone(inState[state]);
    const doIt = () => acts[act]?.(inState[state]) as Resolution;
    if (after === '-') expect(doIt).toThrow(StateConflictError);
    else expect(resolutionStateAt(doIt(), now)).toBe(after);
    expect(inState[state]).toEqual(before);
  });

  it('lets nobody second a motion of their own, and nobody but the mover take it back', () => {
    expect(() => secondMotion(moved, 'mover', now)).toThrow(NotAllowedError);
    expect(() => withdrawMotion(moved, 'seconder', 'Wrong.', now)).toThrow(NotAllowedError);
  });

  it('asks mover and seconder again for another text', () => {
    expect(reviseMotion(seconded, { ...motion, text: 'Other.' }, now)).toMatchObject({ mover: null, seconder: null });
  });

  it('closes a vote at its end without anybody, and never opens it again', () => {
    expect(resolutionStateAt(open, '2024-03-02T11:59:59.999Z')).toBe('open');
    expect(resolutionStateAt(open, end)).toBe('closed');
    expect(resolutionStateAt(shut, now)).toBe('closed');
  });

  it('ends a vote that is closed early then, and one that is closed late at its end', () => {
    expect(shutVote(open, '2024-03-01T13:00:00.000Z').vote).toMatchObject({
      closesAt: '2024-03-01T13:00:00.000Z',
      shutAt: '2024-03-01T13:00:00.000Z',
    });
    expect(shutVote(open, behindEnd).vote).toMatchObject({ closesAt: end, shutAt: behindEnd });
  });

  it.each([
    ['a minute', '2024-03-01T12:01:00.000Z', true],
    ['a moment less', '2024-03-01T12:00:59.999Z', false],
    ['no time', now, false],
    ['a year', '2025-03-02T12:00:00.000Z', true],
    ['more than a year', '2025-03-02T12:00:00.001Z', false],
  ])('lets a vote last %s: until %s: %s', (_, closesAt, may) => {
    const opening = () => openVote(seconded, { ...vote, closesAt }, now);
    if (may) expect(resolutionStateAt(opening(), now)).toBe('open');
    else expect(opening).toThrow(StateConflictError);
  });

  it('opens no vote where nobody could vote', () => {
    expect(() => openVote(seconded, { ...vote, inOffice: 0 }, now)).toThrow('Nobody holds a voting seat');
  });
});

describe('the lists on which a resolution stands', () => {
  const listsIn = (state: ResolutionState) => resolutionRows('id', inState[state]).map(({ key }) => key.partition);
  const pending = 'list#pending#body';

  it.each([
    ['draft', [pending]],
    ['moved', [pending]],
    ['seconded', [pending]],
    ['open', [pending, 'list#open-votes']],
    ['closed', [pending, 'list#open-votes']],
    ['carried', ['list#register#body#2024']],
    ['failed', []],
    ['withdrawn', []],
    ['postponed', []],
    ['referred', []],
  ] as const)('%s: %j', (state, lists) => {
    expect(listsIn(state)).toEqual(lists);
  });

  it('tell when it was decided: at the end of the vote, however late it was counted', () => {
    const late = recordResult(shutVote(open, '2024-03-09T12:00:00.000Z'), resultOf(true));
    expect(resolutionRows('id', late)[0]?.card).toMatchObject({ decidedAt: end, number: '2024-001' });
  });

  it('keep the order of the numbers beyond a thousand', () => {
    const sortOf = (last: number) => {
      const number = numberAfter('2024', last);
      return resolutionRows('id', recordResult(shut, { ...resultOf(true), number }))[0]?.key.sort ?? '';
    };
    expect([numberAfter('2024', 0), numberAfter('2024', 998), numberAfter('2024', 999)]).toEqual([
      '2024-001',
      '2024-999',
      '2024-1000',
    ]);
    expect(sortOf(998) < sortOf(999)).toBe(true);
  });
});

describe('the shards of an electorate', () => {
  it('take everybody, each the same one at all times, about as many each', () => {
    const people = Array.from({ length: 8000 }, () => v7());
    const sizes = Array.from({ length: shards }, (_, shard) => people.filter(one => shardOf(one) === shard).length);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(people.length);
    expect(Math.min(...sizes)).toBeGreaterThan(350);
    expect(Math.max(...sizes)).toBeLessThan(650);
  });

  it('fit into one item of the store each, and into one commit all together', () => {
    const bytes = JSON.stringify({ people: Array.from({ length: mostVotersOfShard }, () => v7()) }).length;
    expect(bytes).toBeLessThan(400_000);
    expect(bytes * shards).toBeLessThan(4_000_000);
  });

  it('list each ballot once, under its voter', () => {
    const ballot = { resolutionId: 'r', personId: v7(), choice: 'yes', at: now } as const;
    expect(ballotRow(ballot).key).toEqual(ballotRow({ ...ballot, choice: 'no', at: end }).key);
  });
});

describe('the rules of a body that has recorded none', () => {
  it.each(bodyKinds)('are well-formed for a %s, can be counted, and know what is ordinary', kind => {
    const { rules, from } = rulesOf(undefined, kind, '2024-03-01');
    expect(from).toBeNull();
    expect(rules).toHaveProperty('ordinary');
    for (const rule of Object.values(rules)) {
      expect(ruleProblems(rule)).toEqual([]);
      expect(isCountable(rule)).toBe(true);
      expect(rule.source).not.toBe('');
    }
  });

  it('hold until the day from which it has its own', () => {
    const own = { fixedSeats: 9, rules: { ordinary: ruleOf() }, from: '2024-03-01' };
    const book: Rulebook = { history: [own] };
    expect(rulesOf(book, 'committee', '2024-02-29').from).toBeNull();
    expect(rulesOf(book, 'committee', '2024-03-01')).toEqual(own);
  });

  it('carry in a board by a majority of those who take part, of whom a majority has to', () => {
    const { rules } = rulesOf(undefined, 'board-of-directors', '2024-03-01');
    const carried = (count: Parameters<typeof countOf>[0]) =>
      tally(rules.ordinary ?? ruleOf(), countOf({ inOffice: 7, ...count })).carried;
    expect(carried({ yes: 3, no: 1 })).toBe(true);
    expect(carried({ yes: 3 })).toBe(false);
    expect(carried({ yes: 2, no: 1, abstained: 1 })).toBe(false);
  });
});
