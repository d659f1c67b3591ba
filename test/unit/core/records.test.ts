// How a change is written: the record, its event and the rows that list it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Act,
  type BookEvent,
  changeRecord,
  differences,
  eventKey,
  eventList,
  eventPrefix,
  moveRows,
  partKey,
  pointerKey,
  type Row,
  recordKey,
  rowKey,
  type Stored,
  stored,
} from '../../../shared/core/records.ts';
import type { JsonObject, Key, Write } from '../../../shared/ports/recordStore.ts';

const act: Act = { operation: 'updateBody', by: 'person-1', at: '2024-01-01T00:00:00.000Z', eventId: 'event-1' };
const anyJson = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonObject[string]>;
const anyData = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), anyJson) as fc.Arbitrary<JsonObject>;
const apply = (data: JsonObject, changes: BookEvent['changes']): JsonObject =>
  Object.assign({ ...data }, Object.fromEntries(changes.map(({ field, to }) => [field, to])));
const withoutNulls = (data: JsonObject) =>
  JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null))));
const eventIn = (writes: readonly Write[]) => {
  const [, write] = writes;
  return write !== undefined && 'put' in write ? (write.put.data as unknown as BookEvent) : undefined;
};

describe('differences', () => {
  it.each([
    ['nothing', { a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1 }, []],
    ['a new field', {}, { a: 1 }, [{ field: 'a', from: null, to: 1 }]],
    ['a field that is gone', { a: 1 }, {}, [{ field: 'a', from: 1, to: null }]],
    ['null and absent as the same', { a: null }, { b: null }, []],
    ['a type', { a: 1 }, { a: '1' }, [{ field: 'a', from: 1, to: '1' }]],
    ['an order', { a: [1, 2] }, { a: [2, 1] }, [{ field: 'a', from: [1, 2], to: [2, 1] }]],
    ['false and null', { a: false }, { a: null }, [{ field: 'a', from: false, to: null }]],
    [
      'something deep',
      { a: { b: [{ c: 1 }] } },
      { a: { b: [{ c: 2 }] } },
      [{ field: 'a', from: { b: [{ c: 1 }] }, to: { b: [{ c: 2 }] } }],
    ],
  ] as [string, JsonObject, JsonObject, unknown][])('tell %s', (_what, before, after, expected) => {
    expect(differences(before, after)).toEqual(expected);
  });

  it.each(['constructor', 'toString', 'hasOwnProperty'])('do not take a new field %s for one that was there', field => {
    expect(differences({}, { [field]: 1 })).toEqual([{ field, from: null, to: 1 }]);
  });

  it('lead from the one record to the other, and back', () => {
    fc.assert(
      fc.property(anyData, anyData, (before, after) => {
        const there = differences(before, after);
        expect(withoutNulls(apply(before, there))).toEqual(withoutNulls(after));
        const back = there.map(({ field, from, to }) => ({ field, from: to, to: from }));
        expect(withoutNulls(apply(after, back))).toEqual(withoutNulls(before));
      }),
    );
  });
});

describe('a change', () => {
  it('begins a record at version 1, only where there is none, with an event that tells all of it', () => {
    const { stored, writes } = changeRecord('body', 'b1', undefined, { name: 'Board' } as object, act);
    expect(stored).toEqual({ id: 'b1', version: 1, data: { name: 'Board' } });
    expect(writes).toEqual([
      { put: { key: recordKey('body', 'b1'), version: 1, data: { name: 'Board' } }, expect: 'absent' },
      {
        put: {
          key: eventKey('body', 'b1', 1),
          version: 1,
          data: {
            id: 'event-1',
            at: act.at,
            by: 'person-1',
            operation: 'updateBody',
            record: { kind: 'body', id: 'b1', version: 1 },
            reason: null,
            changes: [{ field: 'name', from: null, to: 'Board' }],
          },
        },
        expect: 'absent',
      },
      {
        put: {
          key: rowKey(eventList('2024-01'), `${act.at}#event-1`),
          version: 1,
          data: {
            id: 'event-1',
            at: act.at,
            by: 'person-1',
            operation: 'updateBody',
            record: { kind: 'body', id: 'b1', version: 1 },
            reason: null,
          },
        },
        expect: 'absent',
      },
    ]);
  });

  it('writes the next version only over the one that was read, with its reason', () => {
    const before = { id: 'b1', version: 7, data: { name: 'Board', purpose: 'p' } };
    const { stored, writes } = changeRecord('body', 'b1', before, { ...before.data, name: 'New' }, act, 'A typo.');
    expect(stored.version).toBe(8);
    expect(writes).toMatchObject([
      { put: { key: recordKey('body', 'b1'), version: 8 }, expect: { version: 7 } },
      { put: { key: eventKey('body', 'b1', 8), version: 1 }, expect: 'absent' },
      { put: { data: { record: { version: 8 } } }, expect: 'absent' },
    ]);
    expect(eventIn(writes)).toMatchObject({
      reason: 'A typo.',
      record: { version: 8 },
      changes: [{ field: 'name', from: 'Board', to: 'New' }],
    });
  });

  it('writes nothing and keeps the version when nothing differs', () => {
    const before = { id: 'b1', version: 7, data: { name: 'Board' } };
    expect(changeRecord('body', 'b1', before, { name: 'Board' }, act)).toEqual({ stored: before, writes: [] });
  });

  it('records even an empty new record', () => {
    expect(changeRecord('body', 'b1', undefined, {}, act).writes).toHaveLength(3);
  });

  it('leaves events behind from which the record can be told again', () => {
    fc.assert(
      fc.property(fc.array(anyData, { minLength: 1, maxLength: 6 }), versions => {
        let before: Stored<JsonObject> | undefined;
        let told: JsonObject = {};
        for (const data of versions) {
          const change = changeRecord('body', 'b1', before, data, act);
          told = apply(told, eventIn(change.writes)?.changes ?? []);
          before = change.stored;
          expect(withoutNulls(told)).toEqual(withoutNulls(data));
        }
      }),
    );
  });
});

describe('keys', () => {
  it('order events as their versions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), fc.integer({ min: 1, max: 9_999_999_999 }), (a, b) => {
        const [first, second] = [eventKey('body', 'b1', a).sort, eventKey('body', 'b1', b).sort];
        expect(first < second).toBe(a < b);
        expect(first.startsWith(eventPrefix)).toBe(true);
      }),
    );
    expect(eventKey('body', 'b1', 10).sort > eventKey('body', 'b1', 9).sort).toBe(true);
  });

  it('keep records, events, parts, rows and pointers apart', () => {
    const keys = [
      recordKey('body', 'x'),
      recordKey('seat', 'x'),
      eventKey('body', 'x', 1),
      partKey('body', 'x', 'edition#000001'),
      rowKey('body', 'x'),
      pointerKey('email', 'x'),
      pointerKey('identity', 'x'),
    ];
    expect(new Set(keys.map(key => JSON.stringify(key))).size).toBe(keys.length);
  });

  it('give back from an item the record that was put', () => {
    const data = { name: 'Board' };
    expect(stored('b1', { key: recordKey('body', 'b1'), version: 3, data })).toEqual({ id: 'b1', version: 3, data });
  });
});

describe('moving rows', () => {
  const anyRows: fc.Arbitrary<Row[]> = fc.uniqueArray(
    fc.record({ key: fc.nat(5).map(place => rowKey('list', String(place))), card: fc.record({ n: fc.nat(2) }) }),
    { selector: row => row.key.sort },
  );
  const name = (key: Key) => JSON.stringify(key);

  it('turns exactly the rows before into the rows after, naming no key twice', () => {
    fc.assert(
      fc.property(anyRows, anyRows, (before, after) => {
        const writes = moveRows(before, after);
        const list = new Map(before.map(row => [name(row.key), row.card]));
        const touched = new Set<string>();
        for (const write of writes) {
          if ('check' in write) throw new Error('a row has nothing to check');
          const key = name('put' in write ? write.put.key : write.remove);
          expect(touched.has(key)).toBe(false);
          touched.add(key);
          if ('put' in write) list.set(key, write.put.data);
          else list.delete(key);
          expect(write.expect).toBe('any');
        }
        expect(list).toEqual(new Map(after.map(row => [name(row.key), row.card])));
      }),
    );
  });
});
