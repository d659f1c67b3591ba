// What a legal hold reaches, in whatever words the document is described, and how it is placed and released.
import { describe, expect, it } from 'vitest';
import type { ArchivedDocument } from '../../../../shared/core/archive/documents.ts';
import {
  demandStillHeld,
  type Hold,
  type HoldScope,
  type HoldsInForce,
  isHeld,
  maxHeld,
  maxHolds,
  release,
  withHold,
} from '../../../../shared/core/archive/retention.ts';
import { StateConflictError } from '../../../../shared/errors.ts';
import { archived, documentOf, facts, now, sealedAt, zone } from './archived.ts';
import { id, rulesOf } from './circumstances.ts';

const nothing: HoldScope = { documentIds: [], bodyIds: [], period: null };
const held = (document: ArchivedDocument, scope: Partial<HoldScope>) =>
  isHeld(
    id,
    document,
    {
      holds: [
        { id: 'other', scope: nothing },
        { id: 'hold', scope: { ...nothing, ...scope } },
      ],
    },
    zone,
  );
const calm = {
  id,
  rules: rulesOf({ years: 1, from: 'sealed', basis: '' }),
  timeZone: zone,
  now,
  holds: { holds: [] },
  references: {},
};

describe('a hold', () => {
  const about2023 = documentOf('2024-06-30T12:00:00.000Z', '2023-12-31');
  const timeless = documentOf('2024-06-30T12:00:00.000Z');
  const days = (from: string, to: string) => ({ period: { from, to } });

  it.each<[string, ArchivedDocument, Partial<HoldScope>, boolean]>([
    ['the document itself', timeless, { documentIds: ['another', id] }, true],
    ['another document', timeless, { documentIds: ['another'] }, false],
    ['its body', timeless, { bodyIds: ['board', 'committee'] }, true],
    ['another body', timeless, { bodyIds: ['board'] }, false],
    [
      'any body, for a document of none',
      archived({ facts: { ...facts, bodyId: null } }),
      { bodyIds: ['committee'] },
      false,
    ],
    ['the last day of its period', about2023, days('2023-12-31', '2024-05-31'), true],
    ['the day after its period', about2023, days('2024-01-01', '2024-05-31'), false],
    ['the first day of its period', about2023, days('2022-01-01', '2023-01-01'), true],
    ['the day before its period', about2023, days('2022-01-01', '2022-12-31'), false],
    ['the day of its sealing, when it is about no time', timeless, days('2024-06-30', '2024-06-30'), true],
    ['the day before its sealing, when it is about no time', timeless, days('2023-01-01', '2024-06-29'), false],
    [
      'any days, when it is about no time and nothing is sealed',
      documentOf(null),
      days('1999-01-01', '1999-01-01'),
      true,
    ],
    ['the day of its sealing, whatever it is about', about2023, days('2024-06-30', '2024-06-30'), true],
    ['the day after its sealing', about2023, days('2024-07-01', '2024-12-31'), false],
    ['nothing', timeless, {}, false],
  ])('of %s reaches it or not', (_what, document, scope, reaches) => {
    expect(held(document, scope)).toBe(reaches);
  });

  // Days are those of the organisation: 1 January in UTC is still New Year's Eve in New York.
  it('of the year of its sealing reaches a document by the time zone of the organisation', () => {
    const document = documentOf('2024-01-01T02:00:00.000Z');
    expect(held(document, days('2023-12-31', '2023-12-31'))).toBe(true);
  });

  // The hold is on what was there in 2023: another version in 2024 takes nothing of it away.
  it('of a period reaches a document of that time, even when another version is sealed later', () => {
    const document = archived({ facts: { ...facts, period: null }, versions: 2, latest: sealedAt(now) });
    // Its first version was sealed on the last of January; those in between are anybody's guess, and so held too.
    for (const day of ['2024-01-31', '2024-03-01', '2024-06-30']) expect(held(document, days(day, day))).toBe(true);
    for (const day of ['2024-01-30', '2024-07-01']) expect(held(document, days(day, day))).toBe(false);
  });

  it('goes on reaching a document however it is described anew', () => {
    const before = about2023;
    const on = (scope: Partial<HoldScope>) => ({
      ...calm,
      holds: { holds: [{ id: 'hold', scope: { ...nothing, ...scope } }] },
    });
    const of = (more: object) => ({ ...before, facts: { ...before.facts, ...more } });
    const [elsewhere, later] = [of({ bodyId: 'board' }), of({ period: { from: '2025-01-01', to: '2025-12-31' } })];
    const demand = (after: ArchivedDocument, scope: Partial<HoldScope>) => () =>
      demandStillHeld(before, after, on(scope));
    expect(demand(elsewhere, { bodyIds: ['committee'] })).toThrow(StateConflictError);
    expect(demand(later, days('2023-01-01', '2023-12-31'))).toThrow(StateConflictError);
    expect(demand(of({ bodyId: null }), { bodyIds: ['committee'] })).toThrow('Release the hold first');
    // Every hold counts by itself: none is given up because another still reaches.
    const scopes = [{ bodyIds: ['committee'] }, days('2023-01-01', '2023-12-31')];
    const two = { ...calm, holds: { holds: scopes.map(scope => ({ id: 'hold', scope: { ...nothing, ...scope } })) } };
    expect(() => demandStillHeld(before, elsewhere, two)).toThrow(StateConflictError);
    // What was never held, is held by its name, or is held as before, may be described as anything.
    for (const after of [elsewhere, later, of({ title: 'Other' })]) {
      expect(demand(after, { bodyIds: ['another'] })).not.toThrow();
      expect(demand(after, { documentIds: [id] })).not.toThrow();
    }
    expect(demand(elsewhere, { bodyIds: ['committee', 'board'] })).not.toThrow();
    expect(demand(later, { bodyIds: ['committee'] })).not.toThrow();
  });

  it('is one of at most fifty in force, and all of them fit one item of the store', () => {
    const uuid = '01890a5d-ac96-774b-bcce-b302099a8072';
    const ids = Array.from({ length: maxHeld }, () => uuid);
    const scope = { documentIds: ids, bodyIds: ids, period: { from: '2023-01-01', to: '2023-12-31' } };
    let inForce: HoldsInForce = { holds: [] };
    for (let count = 0; count < maxHolds; count++) inForce = withHold(inForce, uuid, scope);
    expect(JSON.stringify(inForce).length).toBeLessThan(400 * 1024 - 2048);
    expect(() => withHold(inForce, uuid, scope)).toThrow(StateConflictError);
  });

  it('is released once, by somebody, for a reason', () => {
    const placed: Hold = {
      title: 'Case',
      reason: 'Sued.',
      scope: nothing,
      placedBy: 'ann',
      placedAt: now,
      release: null,
    };
    const released = release(placed, 'bob', 'Settled.', now);
    expect(released).toEqual({ ...placed, release: { by: 'bob', at: now, reason: 'Settled.' } });
    expect(() => release(released, 'ann', 'Again.', now)).toThrow(StateConflictError);
  });
});
