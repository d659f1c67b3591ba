// What is put beside a commit: nothing happens that will not be sealed, and nothing new is said that will not be proven.
import { describe, expect, it } from 'vitest';
import {
  type Statement,
  statedKey,
  statementKey,
  unsealedKey,
  withOutbox,
} from '../../../../shared/core/log/outbox.ts';
import { batchesOf } from '../../../../shared/core/log/sequencing.ts';
import { changeRecord, type Stored } from '../../../../shared/core/records.ts';
import type { Item, Write } from '../../../../shared/ports/recordStore.ts';

const document = (more: object) => ({
  ...{ facts: { title: 'The budget', review: null }, access: 'members', versions: 1, disposal: null },
  ...more,
});

let events = 0;
function commit(before: Stored<object> | undefined, after: object, kind: 'document' | 'person' = 'document') {
  const act = { operation: 'test', by: null, at: '2026-01-01T00:00:00.000Z', eventId: `event-${events++}` };
  const change = changeRecord(kind, 'one', before, after, act);
  const added = withOutbox(change.writes).slice(change.writes.length);
  return { stored: change.stored, eventId: act.eventId, all: withOutbox(change.writes), added };
}

const putOf = (writes: readonly Write[], key: object): Item | undefined =>
  writes
    .flatMap(write => ('put' in write ? [write.put] : []))
    .find(({ key: own }) => JSON.stringify(own) === JSON.stringify(key));
const name = (version: number) => ({ kind: 'document', id: 'one', version }) as const;
const statementIn = (writes: readonly Write[], version: number) =>
  putOf(writes, statementKey(name(version)))?.data as unknown as Statement | undefined;

describe('a commit that is to be sealed', () => {
  it('has a row for each event, which must not be there', () => {
    const { all, eventId } = commit(undefined, document({}));
    expect(putOf(all, unsealedKey(eventId))?.data).toEqual({ ...name(1), isStated: false });
    expect(all).toContainEqual(
      expect.objectContaining({ put: expect.objectContaining({ key: unsealedKey(eventId) }), expect: 'absent' }),
    );
  });

  it.each([
    ['becomes public', { access: 'members' }, { access: 'public' }, true],
    [
      'is public and changes',
      { access: 'public' },
      { access: 'public', facts: { title: 'Another', review: null } },
      true,
    ],
    // What was null before is something else than what it is now.
    [
      'is public and gets what was null',
      { access: 'public' },
      { access: 'public', disposal: { executedAt: '2026-01-02T00:00:00.000Z' } },
      true,
    ],
    [
      'is public and loses what it had',
      { access: 'public', disposal: { executedAt: '2026-01-02T00:00:00.000Z' } },
      { access: 'public' },
      true,
    ],
    [
      'is public and changes in what nobody sees',
      { access: 'public' },
      { access: 'public', facts: { title: 'The budget', review: { by: 'somebody' } } },
      false,
    ],
    ['is not public', { access: 'members' }, { access: 'members', facts: { title: 'Another', review: null } }, false],
    ['is public no more', { access: 'public' }, { access: 'members' }, false],
  ])('says something when a record %s: %o to %o', (_, before, after, isSaid) => {
    const first = commit(undefined, document(before));
    const { all, eventId } = commit(first.stored, document(after));
    expect(putOf(all, unsealedKey(eventId))?.data).toEqual({ ...name(2), isStated: isSaid });
    expect(statementIn(all, 2) !== undefined).toBe(isSaid);
    expect(putOf(all, statedKey(name(2)))?.data).toEqual(isSaid ? { version: 2, index: null } : undefined);
  });

  it('says what everybody may know, when, and of which version', () => {
    const { all } = commit(undefined, document({ access: 'public' }));
    expect(statementIn(all, 1)).toMatchObject({
      at: '2026-01-01T00:00:00.000Z',
      record: name(1),
      content: { title: 'The budget' },
    });
    expect(JSON.stringify(statementIn(all, 1))).not.toContain('review');
  });

  it('says nothing of a kind that is nobody’s business', () => {
    expect(
      commit(undefined, { name: 'Somebody' }, 'person').all.some(
        write => 'put' in write && write.put.key.sort === 'stated',
      ),
    ).toBe(false);
  });
});

it('gives as many events their places at once as one commit holds', () => {
  const rows = (many: number, isStated: boolean) => Array.from({ length: many }, () => ({ data: { isStated } }));
  expect(batchesOf([])).toEqual([]);
  expect(batchesOf(rows(34, false)).map(batch => batch.length)).toEqual([33, 1]);
  expect(batchesOf(rows(40, true)).map(batch => batch.length)).toEqual([19, 19, 2]);
  expect(batchesOf([...rows(10, true), ...rows(20, false)]).map(batch => batch.length)).toEqual([26, 4]);
});
