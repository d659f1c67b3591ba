// What resolutions do to others, and how an adopted one reads on a day.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  affect,
  beginAmendment,
  endAmendment,
  mostLater,
  whyUnaffected,
  whyUnamended,
} from '../../../../shared/core/decisions/effects.ts';
import { inForceOn } from '../../../../shared/core/decisions/inForce.ts';
import {
  type Amendment,
  type Effect,
  mostMotionBytes,
  motionProblems,
  type Text,
} from '../../../../shared/core/decisions/motions.ts';
import type { Later, Resolution } from '../../../../shared/core/decisions/resolutions.ts';
import { StateConflictError } from '../../../../shared/errors.ts';
import { adoptedOf, closedOf, draftOf, failedOf, motionOf, movedOf, now, openOf, secondedOf } from './resolutions.ts';

const replacement: Text = { title: 'Another', preamble: '', text: '1. Otherwise.' };
const amendment: Amendment = { kind: 'amend-motion', resolutionId: 'motion', textVersion: 1, replacement };
const later = (kind: Later['kind'], from = '2024-04-01', resolutionId: string = kind): Later => ({
  kind,
  resolutionId,
  number: '2024-009',
  from,
});
const amending = (more: Partial<Resolution> = {}) => ({
  id: 'amendment',
  data: { ...secondedOf({ effects: [amendment] }), ...more },
});

describe('an adopted resolution', () => {
  it.each([
    ['there is none', undefined, 'The body has no such resolution.'],
    ['it is of another body', { ...adoptedOf(), bodyId: 'other' }, 'The body has no such resolution.'],
    ['it is a draft', draftOf(), 'It was not adopted: it has no number.'],
    ['it is being decided', openOf(), 'It was not adopted: it has no number.'],
    ['it failed', failedOf(), 'It was not adopted: it has no number.'],
    ['it is an amendment', adoptedOf({}, { number: null }), 'It was not adopted: it has no number.'],
    ['it was rescinded', { ...adoptedOf(), later: [later('rescinds')] }, 'It was rescinded by 2024-009.'],
    [
      'it was superseded, from a day to come',
      { ...adoptedOf(), later: [later('amends'), later('supersedes', '2999-01-01')] },
      'It was superseded by 2024-009.',
    ],
    ['it was amended', { ...adoptedOf(), later: [later('amends')] }, null],
    [
      'it was changed fifty times',
      { ...adoptedOf(), later: Array.from({ length: mostLater }, () => later('amends')) },
      '50 resolutions have changed it. Supersede it by a new one.',
    ],
    ['it was adopted', adoptedOf(), null],
  ])('can be changed by a later one or not when %s', (_, target, problem) => {
    expect(whyUnaffected(target, 'body')).toBe(problem);
    if (target === undefined || target.bodyId !== 'body') return;
    if (problem === null) expect(affect(target, later('amends')).later.at(-1)).toEqual(later('amends'));
    else expect(() => affect(target, later('amends'))).toThrow(StateConflictError);
  });
});

describe('a motion', () => {
  const long = motionOf({ text: 'x'.repeat(mostMotionBytes) });
  it.each([
    ['there is none', undefined, 'no such resolution'],
    ['it is of another body', { ...movedOf(), bodyId: 'other' }, 'no such resolution'],
    ['it is an amendment', movedOf({ effects: [amendment] }), 'An amendment cannot be amended.'],
    ['it is a draft', draftOf(), 'It is draft.'],
    ['it is moved', movedOf(), null],
    ['it is seconded', secondedOf(), null],
    ['it is open', openOf(), 'It is open.'],
    ['it is closed', closedOf(), 'It is closed.'],
    ['it is adopted', adoptedOf(), 'It is carried.'],
    ['it reads otherwise', { ...movedOf(), textVersion: 2 }, 'It reads otherwise'],
    ['it waits for another amendment', { ...movedOf(), underAmendment: 'other' }, null],
    [
      'it would not fit into the store any more',
      movedOf({ ...long, effects: [{ kind: 'amends', resolutionId: 'x', replacement: long }] }),
      'too long',
    ],
  ])('can be amended or not when %s', (_, target, problem) => {
    const why = whyUnamended(target, 'body', amendment, now);
    if (problem === null) expect(why).toBeNull();
    else expect(why).toContain(problem);
  });

  it('stands still for one amendment at a time, and for none that shows what is confidential', () => {
    const waiting = beginAmendment(movedOf(), amendment, amending(), now);
    expect(waiting.underAmendment).toBe('amendment');
    expect(() => beginAmendment(waiting, amendment, { ...amending(), id: 'other' }, now)).toThrow('Another amendment');
    const confidential = { reason: 'A person.', reviewOn: '2999-01-01' };
    const secret = { ...movedOf(), confidential };
    expect(() => beginAmendment(secret, amendment, amending(), now)).toThrow('Make the amendment confidential');
    expect(beginAmendment(secret, amendment, amending({ confidential }), now).underAmendment).toBe('amendment');
    expect(() => beginAmendment(undefined, amendment, amending(), now)).toThrow(StateConflictError);
  });

  it('becomes what was carried, with its mover and its seconder, and is free again in any case', () => {
    const waiting = beginAmendment(secondedOf(), amendment, amending(), now);
    const { mover, seconder } = waiting;
    expect(endAmendment(waiting, amendment, 'amendment', true)).toMatchObject({
      motion: replacement,
      textVersion: 2,
      underAmendment: null,
      mover,
      seconder,
    });
    expect(endAmendment(waiting, amendment, 'amendment', false)).toEqual({ ...waiting, underAmendment: null });
    expect(endAmendment(waiting, amendment, 'other', true)).toBe(waiting);
    const otherwise = { ...waiting, textVersion: 3 };
    expect(endAmendment(otherwise, amendment, 'amendment', true)).toEqual({ ...otherwise, underAmendment: null });
  });

  const amends: Effect = { kind: 'amends', resolutionId: 'a', replacement };
  const [one, two]: Effect[] = ['a', 'b'].map(resolutionId => ({ kind: 'rescinds', resolutionId }));
  const election = { method: 'plurality', places: 1, options: ['A'] } as const;
  const attachments = [{ documentId: 'd', version: 1, sha256: 'x' }];
  it.each([
    ['does nothing else', {}, 0],
    ['does several things', { effects: [one, two, { kind: 'approves-minutes', meetingId: 'm' }] }, 0],
    ['names a resolution twice', { effects: [amends, one] }, 1],
    ['is an election', { election }, 0],
    ['is an election with effects', { election, effects: [one] }, 1],
    ['is an amendment', { effects: [amendment] }, 0],
    ['is an amendment with another effect', { effects: [amendment, one] }, 1],
    ['is an amendment with attachments', { effects: [amendment], attachments }, 1],
    ['is an amendment with a follow-up', { effects: [amendment], followUp: { personId: 'p', due: '2999-01-01' } }, 1],
    ['is an amendment and an election', { effects: [amendment], election }, 1],
  ])('has so many faults when it %s', (_, motion, faults) => {
    expect(motionProblems(motionOf(motion as object))).toHaveLength(faults);
  });
});

describe('a resolution in force', () => {
  const text = (title: string): Text => ({ title, preamble: '', text: '' });
  const texts = new Map(['a', 'b', 'c'].map(id => [id, text(id)]));
  /** Effective from April; `a@05` amends from May on, `x@06` rescinds from June on, in the order of adoption. */
  const read = (chain: string, on: string) => {
    const changes = chain
      .split(' ')
      .filter(Boolean)
      .map((change): Later => {
        const [id = '', month] = change.split('@');
        return later(id === 'x' ? 'rescinds' : id === 's' ? 'supersedes' : 'amends', `2024-${month}-01`, id);
      });
    const state = inForceOn({ ...adoptedOf({ title: 'own' }, { from: '2024-04-01' }), later: changes }, texts, on);
    return `${state.holds ? 'holds' : 'does not'}: ${state.text?.title ?? 'no text'}${state.ended ? `, ended by ${state.ended.resolutionId}` : ''}`;
  };

  it.each([
    ['', '2024-03-31', 'does not: no text'],
    ['', '2024-04-01', 'holds: own'],
    ['a@05', '2024-04-30', 'holds: own'],
    ['a@05', '2024-05-01', 'holds: a'],
    // Twice, in the order of their days.
    ['a@05 b@06', '2024-05-31', 'holds: a'],
    ['a@05 b@06', '2024-06-01', 'holds: b'],
    // What takes effect later is the text, though it was adopted before.
    ['a@06 b@05', '2024-05-31', 'holds: b'],
    ['a@06 b@05', '2024-06-01', 'holds: a'],
    // On the same day the later adopted.
    ['a@05 b@05', '2024-05-01', 'holds: b'],
    // Amended before it holds at all: so it begins.
    ['a@02', '2024-04-01', 'holds: a'],
    // Rescinded from a later day.
    ['a@05 x@07', '2024-06-30', 'holds: a'],
    ['a@05 x@07', '2024-07-01', 'does not: a, ended by x'],
    ['x@05', '2024-05-01', 'does not: own, ended by x'],
    ['x@02', '2024-04-01', 'does not: own, ended by x'],
    // An amendment that would take effect after the end does nothing.
    ['a@07 x@06', '2024-07-01', 'does not: own, ended by x'],
    ['a@06 s@06', '2024-06-01', 'does not: a, ended by s'],
    ['a@05 s@06 ', '2024-12-31', 'does not: a, ended by s'],
  ])('after %j on %s %s', (chain, on, expected) => {
    expect(read(chain, on)).toBe(expected);
  });

  it.each([
    ['was not adopted', openOf()],
    ['has no number', adoptedOf({}, { number: null })],
  ])('never does when it %s', (_, resolution) => {
    expect(inForceOn(resolution, texts, '2999-01-01')).toEqual({
      holds: false,
      since: null,
      text: null,
      amended: null,
      ended: null,
    });
  });

  const months = fc.integer({ min: 1, max: 12 }).map(month => `2024-${String(month).padStart(2, '0')}-01`);
  const change = fc.record({
    kind: fc.constantFrom<Later['kind']>('amends', 'amends', 'amends', 'rescinds', 'supersedes'),
    resolutionId: fc.constantFrom('a', 'b', 'c'),
    number: fc.constant('2024-009'),
    from: months,
  });
  const chains = fc.array(change, { maxLength: 6 });

  it('is the same to whoever applies all changes day by day', () => {
    fc.assert(
      fc.property(chains, months, months, (changes, from, on) => {
        // A plain reading: go through the days in order, and on each through what was adopted.
        let model: { holds: boolean; title: string | null } = { holds: false, title: null };
        let [title, ended] = ['own', false];
        for (let month = 1; month <= 12; month++) {
          const day = `2024-${String(month).padStart(2, '0')}-01`;
          if (day > on) break;
          for (const one of changes.filter(each => each.from === day)) {
            if (ended) continue;
            if (one.kind === 'amends') title = one.resolutionId;
            else ended = true;
          }
          if (day >= from) model = { holds: !ended, title };
        }
        const state = inForceOn({ ...adoptedOf({ title: 'own' }, { from }), later: changes }, texts, on);
        expect({ holds: state.holds, title: state.text?.title ?? null }).toEqual(model);
      }),
    );
  });

  it('never comes to life again once it has ended', () => {
    fc.assert(
      fc.property(chains, months, months, (changes, one, other) => {
        const [before, after] = one < other ? [one, other] : [other, one];
        const resolution = { ...adoptedOf({}, { from: '2024-01-01' }), later: changes };
        const [first, second] = [inForceOn(resolution, texts, before), inForceOn(resolution, texts, after)];
        if (!first.holds) expect(second).toEqual({ ...first });
      }),
    );
  });
});
