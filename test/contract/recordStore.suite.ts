/** What every RecordStore guarantees about commits and reads. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VersionConflictError } from '../../shared/errors.ts';
import type { Expectation, Item, RecordStore } from '../../shared/ports/recordStore.ts';
import { keyIn, put } from '../support/items.ts';
import { recordStoreLimits } from './recordStoreLimits.suite.ts';
import { recordStoreQueries } from './recordStoreQueries.suite.ts';

export interface StoreUnderTest {
  readonly store: RecordStore;
  /** Another connection to the same book. */
  connect(): RecordStore;
  close(): Promise<void>;
}

/** The keys whose expectation failed; anything but a conflict is thrown. */
async function conflict(commit: Promise<void>): Promise<string[]> {
  return commit.then(
    () => expect.fail('no conflict'),
    (error: unknown) => {
      if (!(error instanceof VersionConflictError)) throw error;
      return error.failed.map(({ partition, sort }) => `${partition} ${sort}`);
    },
  );
}

/** @param propertyRuns how many random cases each property is tried with */
export function recordStoreSuite(open: () => Promise<StoreUnderTest>, propertyRuns: number): void {
  let opened: StoreUnderTest;
  let store: RecordStore;

  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });

  afterAll(async () => {
    await opened?.close();
  });

  describe('commit', () => {
    it('stores items that get returns, to this connection and every other', async () => {
      const key = keyIn(randomUUID(), 'a');
      const expiring: Item = {
        key: keyIn(key.partition, 'b', 'expiring'),
        version: 7,
        data: { a: 1 },
        expiresAt: Math.floor(Date.now() / 1000) + 3600,
      };
      await store.commit([put(key, 1, { text: 'adopted' }), { put: expiring, expect: 'absent' }]);
      for (const reader of [store, opened.connect()]) {
        expect(await reader.get(key)).toEqual({ key, version: 1, data: { text: 'adopted' } });
        expect(await reader.get(expiring.key)).toEqual(expiring);
        expect(await reader.get(keyIn(key.partition, 'b'))).toBeUndefined();
      }
    });

    it('applies 100 writes, or none of them when one expectation fails', async () => {
      const partition = randomUUID();
      const keys = Array.from({ length: 100 }, (_, index) => keyIn(partition, `item ${index}`));
      const writes = keys.map((key, index) => put(key, 1, { index }));
      await store.commit([put(keyIn(partition, 'item 50'), 1, {})]);
      expect(await conflict(store.commit(writes))).toEqual([`${partition} item 50`]);
      expect(await store.getMany(keys)).toEqual(
        keys.map((key, i) => (i === 50 ? { key, version: 1, data: {} } : undefined)),
      );
      await store.commit([{ remove: keyIn(partition, 'item 50'), expect: { version: 1 } }]);
      await store.commit(writes);
      expect(await store.getMany(keys)).toEqual(keys.map((key, index) => ({ key, version: 1, data: { index } })));
    });

    it('judges each kind of write by each kind of expectation', async () => {
      const expectations: Expectation[] = ['absent', 'any', { version: 2 }, { version: 3 }];
      for (const kind of ['put', 'remove', 'check'] as const) {
        for (const before of [undefined, 2, 3]) {
          for (const expectation of expectations) {
            if (kind === 'check' && expectation === 'any') continue;
            const key = keyIn(randomUUID(), 'x');
            const old = before === undefined ? undefined : { key, version: before, data: { old: true } };
            if (old) await store.commit([{ put: old, expect: 'any' }]);
            const version = typeof expectation === 'object' ? expectation.version + 1 : 1;
            const write = {
              put: put(key, version, { old: false }, expectation),
              remove: { remove: key, expect: expectation },
              check: { check: key, expect: expectation as Exclude<Expectation, 'any'> },
            }[kind];
            const holds =
              expectation === 'any' || (expectation === 'absent' ? !old : old?.version === expectation.version);
            const name = `${kind} expecting ${JSON.stringify(expectation)} of ${before}`;
            if (!holds) expect(await conflict(store.commit([write])), name).toEqual([`${key.partition} x`]);
            else await store.commit([write]);
            const changed = { put: { key, version, data: { old: false } }, remove: undefined, check: old }[kind];
            expect(await store.get(key), name).toEqual(holds ? changed : old);
          }
        }
      }
    });

    it('names exactly the keys whose expectations failed, in the order of the writes', async () => {
      const partition = randomUUID();
      await store.commit(['a', 'b', 'c'].map(sort => put(keyIn(partition, sort), 1, {})));
      const failed = await conflict(
        store.commit([
          { check: keyIn(partition, 'z'), expect: { version: 1 } },
          put(keyIn(partition, 'a'), 2, {}),
          { remove: keyIn(partition, 'b'), expect: { version: 9 } },
          put(keyIn(partition, 'new'), 1, {}),
          put(keyIn(partition, 'c'), 1, {}, 'absent'),
          { remove: keyIn(partition, 'nothing'), expect: 'any' },
        ]),
      );
      expect(failed).toEqual(['z', 'b', 'c'].map(sort => `${partition} ${sort}`));
      expect((await store.getMany(['a', 'b', 'c', 'new'].map(s => keyIn(partition, s)))).map(i => i?.version)).toEqual([
        1,
        1,
        1,
        undefined,
      ]);
    });

    it('keeps equal keys of the three tables apart', async () => {
      const partition = randomUUID();
      const [record, expiring, log] = [
        keyIn(partition, 'x'),
        keyIn(partition, 'x', 'expiring'),
        keyIn(partition, 'x', 'log'),
      ];
      await store.commit([
        put(record, 1, { in: 'records' }),
        put(expiring, 1, { in: 'expiring' }),
        put(log, 1, { in: 'log' }),
      ]);
      await store.commit([{ remove: expiring, expect: { version: 1 } }, put(record, 2, { in: 'records' })]);
      expect(await store.getMany([expiring, record, log])).toMatchObject([
        undefined,
        { version: 2, data: { in: 'records' } },
        { version: 1, data: { in: 'log' } },
      ]);
    });

    it.each([2, 20])(
      'lets exactly one of %i simultaneous writers win, and leaves nothing of the others',
      async count => {
        const partition = randomUUID();
        const shared = keyIn(partition, 'shared');
        const connections = [store, opened.connect(), opened.connect()];
        for (let version = 1; version <= 10; version++) {
          const outcomes = await Promise.allSettled(
            Array.from({ length: count }, (_, writer) =>
              connections[writer % 3]?.commit([
                put(keyIn(partition, `event ${version} ${writer}`), 1, {}),
                put(shared, version, { writer }),
              ]),
            ),
          );
          const winners = outcomes.flatMap(({ status }, writer) => (status === 'fulfilled' ? [writer] : []));
          const losers = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason] : []));
          expect(winners).toHaveLength(1);
          for (const loser of losers) expect(loser).toMatchObject({ failed: [{ partition, sort: 'shared' }] });
          expect(await store.get(shared)).toEqual({ key: shared, version, data: { writer: winners[0] } });
          const events = await store.query({
            table: 'records',
            partition,
            prefix: `event ${version} `,
            order: 'ascending',
            limit: 50,
          });
          expect(events.items.map(item => item.key.sort)).toEqual([`event ${version} ${winners[0]}`]);
        }
      },
    );

    it('loses no change of writers that read again and repeat after a conflict', async () => {
      const partition = randomUUID();
      const counter = keyIn(partition, 'counter');
      const raise = async (connection: RecordStore, name: string): Promise<void> => {
        const version = ((await connection.get(counter))?.version ?? 0) + 1;
        const writes = [put(counter, version, {}), put(keyIn(partition, `event ${name}`), 1, { version })];
        await connection.commit(writes).catch(error => {
          if (!(error instanceof VersionConflictError)) throw error;
          return raise(connection, name);
        });
      };
      const writers = Array.from({ length: 6 }, async (_, writer) => {
        const connection = opened.connect();
        for (let turn = 0; turn < 5; turn++) await raise(connection, `${writer} ${turn}`);
      });
      await Promise.all(writers);
      const { items } = await store.query({
        table: 'records',
        partition,
        prefix: 'event',
        order: 'ascending',
        limit: 100,
      });
      const versions = items.map(item => Number(item.data.version)).sort((a, b) => a - b);
      expect(versions).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
      expect((await store.get(counter))?.version).toBe(30);
    });

    it('gives back copies: changing what was written or read changes nothing that is stored', async () => {
      const key = keyIn(randomUUID(), 'x');
      const data = { votes: ['for'] };
      const done = store.commit([put(key, 1, data)]);
      data.votes.push('against');
      await done;
      const read = await store.get(key);
      Object.assign(read?.data ?? {}, { votes: [] });
      expect((await store.get(key))?.data).toEqual({ votes: ['for'] });
    });
  });

  describe('getMany', () => {
    it('answers in the order of the keys, from all tables, with undefined for what is missing', async () => {
      const partition = randomUUID();
      const keys = [
        keyIn(partition, 'b'),
        keyIn(partition, 'a', 'expiring'),
        keyIn(partition, 'c'),
        keyIn(partition, 'a'),
        keyIn(partition, 'a', 'log'),
      ];
      await store.commit(keys.filter((_, i) => i !== 2).map(key => put(key, 1, { sort: key.sort })));
      const found = await store.getMany(keys);
      expect(found.map(item => item && [item.key.table, item.key.sort])).toEqual([
        ['records', 'b'],
        ['expiring', 'a'],
        undefined,
        ['records', 'a'],
        ['log', 'a'],
      ]);
      expect(await store.getMany([])).toEqual([]);
    });

    it('reads 100 items of 200 KB, more than DynamoDB gives in one answer', async () => {
      const partition = randomUUID();
      const keys = Array.from({ length: 100 }, (_, index) => keyIn(partition, `item ${index}`));
      const text = 'x'.repeat(200_000);
      for (let from = 0; from < 100; from += 20) {
        await store.commit(keys.slice(from, from + 20).map(key => put(key, 1, { text, sort: key.sort })));
      }
      const found = await store.getMany(keys);
      expect(found.map(item => item?.data.sort)).toEqual(keys.map(key => key.sort));
    });
  });

  describe('query', () => recordStoreQueries(() => store, propertyRuns));
  describe('limits and strange text', () => recordStoreLimits(() => store, propertyRuns));
}
