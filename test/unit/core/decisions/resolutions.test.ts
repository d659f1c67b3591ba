// The life of a resolution: every act in every state.
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { bodyKinds } from '../../../../shared/core/authorisation.ts';
import type { Consent } from '../../../../shared/core/decisions/consents.ts';
import {
  holdsFrom,
  moveMotion,
  numberAfter,
  openVote,
  type Resolution,
  type ResolutionState,
  recordResult,
  resolutionRows,
  resolutionStateAt,
  reviseMotion,
  secondMotion,
  setAside,
  shutVote,
  takeUp,
  withdrawMotion,
} from '../../../../shared/core/decisions/resolutions.ts';
import { type Rulebook, rulesOf } from '../../../../shared/core/decisions/rulebook.ts';
import { ruleProblems } from '../../../../shared/core/decisions/rules.ts';
import { tally } from '../../../../shared/core/decisions/tally.ts';
import {
  type Ballot,
  ballotRow,
  electorateData,
  mostVotersOfShard,
  shardOf,
  shards,
} from '../../../../shared/core/decisions/votes.ts';
import { NotAllowedError, StateConflictError } from '../../../../shared/errors.ts';
import {
  adoptedOf,
  closedOf,
  draftOf,
  end,
  failedOf,
  motionOf,
  movedOf,
  now,
  openOf,
  resultOf,
  secondedOf,
  voteOf,
} from './resolutions.ts';
import { countOf, ruleOf, votingRuleOf } from './votes.ts';

const behindEnd = '2024-03-02T12:00:00.001Z';
const [draft, moved, seconded, open, shut] = [draftOf(), movedOf(), secondedOf(), openOf(), closedOf()];
const { count, standings } = resultOf(true);
const tied = { ...shut, vote: shut.vote && { ...shut.vote, tie: { count, standings } } };
const signing = { ...seconded, consent: { decided: null, wakeAt: end, expiresAt: end } as unknown as Consent };
const inState: Record<ResolutionState, Resolution> = {
  draft,
  moved,
  seconded,
  open,
  closed: shut,
  tied,
  signing,
  carried: adoptedOf(),
  failed: failedOf(),
  withdrawn: withdrawMotion(seconded, 'mover', 'Wrong.', now),
  postponed: setAside(seconded, 'chair', 'Later.', null, now),
  referred: setAside(moved, 'chair', 'Elsewhere.', 'other', now),
};
const states = Object.keys(inState) as ResolutionState[];

const acts: Record<string, (resolution: Resolution) => Resolution> = {
  revise: resolution => reviseMotion(resolution, motionOf({ title: 'Another' }), now),
  move: resolution => moveMotion(resolution, 'mover', now),
  second: resolution => secondMotion(resolution, 'seconder', now),
  withdraw: resolution => withdrawMotion(resolution, 'mover', 'Wrong.', now),
  postpone: resolution => setAside(resolution, 'chair', 'Later.', null, now),
  refer: resolution => setAside(resolution, 'chair', 'Elsewhere.', 'other', now),
  'take-up': resolution => takeUp(resolution, now),
  open: resolution => openVote(resolution, voteOf(), now),
  shut: resolution => shutVote(resolution, now),
  carry: resolution => recordResult(resolution, resultOf(true)),
  fail: resolution => recordResult(resolution, resultOf(false)),
};

/** The state after an act; `-` where it is refused. */
const life = `
          revise move  second   withdraw  postpone  refer    take-up  open shut   carry   fail
draft     draft  moved -        -         -         -        -        -    -      -       -
moved     draft  -     seconded withdrawn postponed referred -        -    -      -       -
seconded  draft  -     -        withdrawn postponed referred -        open -      -       -
open      -      -     -        -         -         -        -        -    closed -       -
closed    -      -     -        -         -         -        -        -    closed carried failed
tied      -      -     -        -         -         -        -        -    tied   carried failed
signing   -      -     -        -         -         -        -        -    -      -       -
carried   -      -     -        -         -         -        -        -    -      -       -
failed    -      -     -        -         -         -        -        -    -      -       -
withdrawn -      -     -        -         -         -        -        -    -      -       -
postponed -      -     -        -         -         -        seconded -    -      -       -
referred  -      -     -        -         -         -        moved    -    -      -       -`;
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
    expect(reviseMotion(seconded, motionOf({ text: 'Other.' }), now)).toMatchObject({
      mover: null,
      seconder: null,
      textVersion: 2,
    });
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
    const opening = () => openVote(seconded, voteOf({ closesAt }), now);
    if (may) expect(resolutionStateAt(opening(), now)).toBe('open');
    else expect(opening).toThrow(StateConflictError);
  });

  it.each(['revise', 'withdraw', 'postpone', 'refer', 'open'])(
    'lets nobody %s it while it waits for an amendment',
    act => {
      const waiting = { ...seconded, underAmendment: 'amendment' };
      expect(() => acts[act]?.(waiting)).toThrow('An amendment of it is put to the vote.');
    },
  );

  it.each([
    [null, '2024-03-02'],
    ['2024-01-01', '2024-03-02'],
    ['2024-03-02', '2024-03-02'],
    ['2024-06-01', '2024-06-01'],
  ])('lets what is to hold from %s hold from %s when it is adopted on 2 March', (effectiveOn, from) => {
    expect(holdsFrom(motionOf({ effectiveOn }), '2024-03-02')).toBe(from);
  });

  it('opens no vote where nobody could vote', () => {
    expect(() => openVote(seconded, voteOf({ people: 0 }), now)).toThrow('Nobody holds a voting seat');
  });
});

describe('the lists on which a resolution stands', () => {
  const listsOf = (resolution: Resolution) => resolutionRows('id', resolution).map(({ key }) => key.partition);
  const [pending, waiting, ended] = ['list#pending#body', 'list#open-votes', 'list#ended#body#2024'];
  const followUp = { personId: 'person', due: '2024-06-01' };
  const confidential = { reason: 'A person.', reviewOn: '2025-01-01' };

  it.each([
    ['draft', [pending]],
    ['moved', [pending]],
    ['seconded', [pending]],
    ['open', [pending, waiting]],
    ['closed', [pending, waiting]],
    // The chair has to act: until then there is nothing to look at.
    ['tied', [pending]],
    ['signing', [pending, waiting]],
    ['carried', ['list#register#body#2024']],
    ['failed', [ended]],
    ['withdrawn', [ended]],
    ['postponed', [ended]],
    ['referred', [ended]],
  ] as const)('%s: %j', (state, lists) => {
    expect(listsOf(inState[state])).toEqual(lists);
    expect(listsOf({ ...inState[state], confidential })).toEqual(['list#confidential-reviews', ...lists]);
  });

  it('hold what is to be done from the adoption until it is done, by its due date', () => {
    const due = adoptedOf({ followUp });
    const [register, row] = resolutionRows('id', due);
    expect(row).toMatchObject({ key: { partition: 'list#follow-ups#body', sort: '2024-06-01#id' } });
    expect(row?.card).toMatchObject({ due: followUp });
    expect(register?.key.partition).toBe('list#register#body#2024');
    expect(listsOf({ ...due, done: { by: 'person', at: end, note: 'Done.' } })).toEqual(['list#register#body#2024']);
    expect(listsOf(secondedOf({ followUp }))).toEqual([pending]);
    expect(listsOf(failedOf({ followUp }))).toEqual([ended]);
  });

  it('hold no amendment that was carried: it has no number', () => {
    expect(listsOf(adoptedOf({}, { number: null }))).toEqual([]);
  });

  it('tell when it was decided: at the end of the vote, however late it was counted', () => {
    const late = recordResult(shutVote(open, '2024-03-09T12:00:00.000Z'), resultOf(false));
    expect(resolutionRows('id', late)[0]?.card).toMatchObject({ decidedAt: end, number: null, ended: 'failed' });
  });

  it('tell the last that later resolutions did to it', () => {
    const later = ['amends', 'rescinds'].map(kind => ({
      kind,
      resolutionId: kind,
      number: '2024-002',
      from: '2024-04-01',
    }));
    const changed = { ...adoptedOf(), later: later as Resolution['later'] };
    expect(resolutionRows('id', changed)[0]?.card).toMatchObject({ later: { kind: 'rescinds' } });
  });

  it('keep the order of the numbers beyond a thousand', () => {
    const sortOf = (last: number) => {
      const number = numberAfter('2024', last);
      return resolutionRows('id', adoptedOf({}, { number }))[0]?.key.sort ?? '';
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
    const voters = Array.from({ length: mostVotersOfShard }, () => ({ personId: v7(), weight: 1000, group: 99 }));
    const bytes = JSON.stringify(electorateData(voters)).length;
    expect(bytes).toBeLessThan(400_000);
    expect(bytes * shards).toBeLessThan(4_000_000);
  });

  it('list each ballot once, under its voter', () => {
    const personId = v7();
    const ballot: Ballot = { resolutionId: 'r', personId, said: 'yes', sealed: null, by: personId, at: now };
    expect(ballotRow(ballot).key).toEqual(ballotRow({ ...ballot, said: 'no', at: end }).key);
  });
});

describe('the rules of a body that has recorded none', () => {
  it.each(bodyKinds)('are well-formed for a %s, and know what is ordinary', kind => {
    const { rules, from } = rulesOf(undefined, kind, '2024-03-01');
    expect(from).toBeNull();
    expect(rules).toHaveProperty('ordinary');
    for (const rule of Object.values(rules)) {
      expect(ruleProblems(rule)).toEqual([]);
      expect(rule.whenRecused === null || rule.whenRecused in rules).toBe(true);
      expect(rule.source).not.toBe('');
    }
  });

  it('hold until the day from which it has its own', () => {
    const { from: _, ...usual } = rulesOf(undefined, 'committee', '2024-03-01');
    const own = { ...usual, fixedSeats: 9, rules: { ordinary: votingRuleOf() }, from: '2024-03-01' };
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
