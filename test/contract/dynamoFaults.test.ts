/** Lost answers, throttling and contention: a commit on DynamoDB is applied exactly once and reports no false conflict. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamoRecordStore } from '../../shared/adapters/dynamoRecordStore.ts';
import { BusyError, MinutebookError, VersionConflictError } from '../../shared/errors.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import {
  createTables,
  type DynamoTables,
  dynamoClient,
  dynamoLocalMissing,
  sharedDynamoLocal,
} from '../support/dynamoLocal.ts';
import { cancelled, dynamoFault, type Fault, type FaultProxy, startFaultProxy } from '../support/faultProxy.ts';
import { keyIn, put } from '../support/items.ts';

const missing = dynamoLocalMissing();

describe.skipIf(missing)(
  `RecordStore on DynamoDB behind a faulty network${missing ? ` (left out: ${missing})` : ''}`,
  () => {
    let book: DynamoTables;
    let proxy: FaultProxy;
    let client: DynamoTables['client'];
    /** Through the faulty network. */
    let store: RecordStore;
    /** Past it. */
    let direct: RecordStore;

    beforeAll(async () => {
      const endpoint = await sharedDynamoLocal();
      book = await createTables(endpoint);
      direct = dynamoRecordStore(book);
      proxy = await startFaultProxy(endpoint);
    });

    afterAll(() => {
      book?.client.destroy();
      proxy?.close();
    });

    beforeEach(() => {
      // A client retries only so often in its life before it becomes careful, so each test has its own.
      client = dynamoClient(proxy.endpoint, { maxAttempts: 12 });
      store = dynamoRecordStore({ client, tables: book.tables });
      proxy.fault = () => 'none';
      proxy.operations.length = 0;
    });

    afterEach(() => client?.destroy());

    /** These faults, one for each request, then none. */
    function meet(...faults: Fault[]): void {
      proxy.fault = () => faults.shift() ?? 'none';
    }

    it('resolves a commit whose answer was lost: no false conflict for any kind of write', async () => {
      const partition = randomUUID();
      const [a, b, c] = [keyIn(partition, 'a'), keyIn(partition, 'b'), keyIn(partition, 'c')];
      for (const writes of [
        [put(a, 1, {})],
        [put(a, 2, {})],
        [put(b, 1, {}), put(c, 1, {}), put(a, 3, {})],
        [{ remove: b, expect: { version: 1 } }],
        [
          { remove: c, expect: { version: 1 } },
          { check: a, expect: { version: 3 } },
          { check: b, expect: 'absent' },
        ],
      ] as const) {
        meet('lose-response', 'lose-response');
        await store.commit(writes);
      }
      expect(proxy.operations).toHaveLength(15);
      expect((await direct.getMany([a, b, c])).map(item => item?.version)).toEqual([3, undefined, undefined]);
    });

    it('never applies a commit again over what others wrote after its first, unanswered application', async () => {
      for (const expectation of ['absent', 'any'] as const) {
        const key = keyIn(randomUUID(), 'x');
        let requests = 0;
        proxy.fault = async () => {
          requests++;
          if (requests === 1) return 'lose-response';
          if (requests === 2) await direct.commit([put(key, 2, { writer: 'other' })]);
          return 'none';
        };
        await store.commit([put(key, 1, { writer: 'first' }, expectation)]);
        expect(requests).toBe(2);
        expect(await direct.get(key)).toMatchObject({ version: 2, data: { writer: 'other' } });
      }
    });

    it('still reports a true conflict after a lost answer', async () => {
      const key = keyIn(randomUUID(), 'x');
      await direct.commit([put(key, 1, {})]);
      meet('lose-response');
      await expect(store.commit([put(key, 1, {})])).rejects.toBeInstanceOf(VersionConflictError);
    });

    function randomFault(): Fault {
      const faults: Fault[] = [
        'lose-request',
        'lose-response',
        'lose-response',
        dynamoFault('InternalServerError', 500),
        cancelled('TransactionConflict', 'None'),
        cancelled('None', 'ThrottlingError'),
      ];
      return (Math.random() < 0.4 ? faults[Math.floor(Math.random() * faults.length)] : undefined) ?? 'none';
    }

    /** Raises the counter with an event beside it; says how many conflicts it met. */
    async function raise(partition: string, event: string): Promise<number> {
      const counter = keyIn(partition, 'counter');
      for (let conflicts = 0; ; conflicts++) {
        const version = ((await direct.get(counter))?.version ?? 0) + 1;
        try {
          await store.commit([put(counter, version, {}), put(keyIn(partition, `event ${event}`), 1, { version })]);
          return conflicts;
        } catch (error) {
          if (!(error instanceof VersionConflictError)) throw error;
          expect(error.failed).toEqual([{ partition, sort: 'counter' }]);
        }
      }
    }

    async function versions(partition: string): Promise<number[]> {
      const { items } = await direct.query({
        table: 'records',
        partition,
        prefix: 'event',
        order: 'ascending',
        limit: 1000,
      });
      return items.map(item => Number(item.data.version)).sort((a, b) => a - b);
    }

    it('applies each of 60 commits of a lone writer once, without any conflict, whatever is lost', async () => {
      proxy.fault = operation => (operation === 'TransactWriteItems' ? randomFault() : 'none');
      const partition = randomUUID();
      for (let turn = 0; turn < 60; turn++) expect(await raise(partition, `${turn}`)).toBe(0);
      expect(await versions(partition)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
      expect(proxy.operations.length).toBeGreaterThan(60);
    });

    it('applies each of 40 commits of four writers once, whatever is lost', async () => {
      proxy.fault = operation => (operation === 'TransactWriteItems' ? randomFault() : 'none');
      const partition = randomUUID();
      await Promise.all(
        [0, 1, 2, 3].map(async writer => {
          for (let turn = 0; turn < 10; turn++) await raise(partition, `${writer} ${turn}`);
        }),
      );
      expect(await versions(partition)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
      expect((await direct.get(keyIn(partition, 'counter')))?.version).toBe(40);
    });

    it('waits out contention and throttling', async () => {
      const key = keyIn(randomUUID(), 'x');
      meet(
        cancelled('TransactionConflict'),
        dynamoFault('TransactionInProgressException'),
        cancelled('ProvisionedThroughputExceeded'),
        dynamoFault('ThrottlingException'),
        dynamoFault('ProvisionedThroughputExceededException'),
      );
      await store.commit([put(key, 1, {})]);
      expect((await direct.get(key))?.version).toBe(1);
      meet(dynamoFault('ThrottlingException'), 'lose-response', dynamoFault('InternalServerError', 500));
      expect((await store.get(key))?.version).toBe(1);
    });

    it('gives up as busy when others never let go, having written nothing', async () => {
      const key = keyIn(randomUUID(), 'x');
      proxy.fault = () => cancelled('TransactionConflict');
      await expect(store.commit([put(key, 1, {})])).rejects.toBeInstanceOf(BusyError);
      expect(proxy.operations).toHaveLength(8);
      expect(await direct.get(key)).toBeUndefined();
    });

    it('calls it a conflict when one expectation failed and another item was held', async () => {
      const partition = randomUUID();
      meet(cancelled('TransactionConflict', 'ConditionalCheckFailed', 'None'));
      const commit = store.commit(['a', 'b', 'c'].map(sort => put(keyIn(partition, sort), 1, {})));
      await expect(commit).rejects.toMatchObject({ failed: [{ partition, sort: 'b' }] });
      expect(proxy.operations).toHaveLength(1);
    });

    it('passes on what it cannot translate', async () => {
      const key = keyIn(randomUUID(), 'x');
      meet(cancelled('ItemCollectionSizeLimitExceeded'));
      await expect(store.commit([put(key, 1, {})])).rejects.toMatchObject({ name: 'TransactionCanceledException' });
      meet(dynamoFault('AccessDeniedException'));
      await expect(store.commit([put(key, 1, {})])).rejects.toMatchObject({ name: 'AccessDeniedException' });
    });

    it('asks again for keys that DynamoDB left unprocessed, and gives up when it always leaves all', async () => {
      const keys = ['a', 'b', 'c'].map(sort => keyIn('unprocessed', sort));
      await direct.commit(keys.map(key => put(key, 1, {}, 'any')));
      const Keys = keys.map(({ partition, sort }) => ({ partition: { S: partition }, sort: { S: sort } }));
      const none = {
        status: 200,
        body: { Responses: {}, UnprocessedKeys: { [book.tables.records]: { Keys, ConsistentRead: true } } },
      };
      meet(none, none);
      expect((await store.getMany(keys)).map(item => item?.key)).toEqual(keys);
      expect(proxy.operations).toHaveLength(3);
      proxy.fault = () => none;
      const error = await store.getMany(keys).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(MinutebookError);
      expect(error).toMatchObject({ code: 'temporarily-unavailable' });
    });
  },
);
