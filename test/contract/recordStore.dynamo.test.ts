/** The RecordStore contract on DynamoDB Local, and what its requests cost. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoRecordStore } from '../../shared/adapters/dynamoRecordStore.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { type Meter, meter } from '../support/consumedCapacity.ts';
import {
  createTables,
  type DynamoTables,
  dynamoClient,
  dynamoLocalMissing,
  sharedDynamoLocal,
} from '../support/dynamoLocal.ts';
import { keyIn, put } from '../support/items.ts';
import { recordStoreSuite } from './recordStore.suite.ts';

const missing = dynamoLocalMissing();

describe.skipIf(missing)(`RecordStore on DynamoDB${missing ? ` (left out: ${missing})` : ''}`, () => {
  recordStoreSuite(async () => {
    const endpoint = await sharedDynamoLocal();
    const { client, tables } = await createTables(endpoint);
    const clients = [client];
    return {
      store: dynamoRecordStore({ client, tables }),
      connect() {
        const another = dynamoClient(endpoint);
        clients.push(another);
        return dynamoRecordStore({ client: another, tables });
      },
      async close() {
        for (const each of clients) each.destroy();
      },
    };
  }, 100);

  describe('cost', () => {
    let book: DynamoTables;
    let store: RecordStore;
    let metered: Meter;

    beforeAll(async () => {
      book = await createTables(await sharedDynamoLocal());
      store = dynamoRecordStore(book);
      metered = meter(book.client);
    });

    afterAll(() => book?.client.destroy());

    it('is one request for each method, at twice the write units for a commit', async () => {
      const partition = randomUUID();
      const keys = ['a', 'b', 'c'].map(sort => keyIn(partition, sort));
      await store.commit(keys.map(key => put(key, 1, {})));
      expect([metered.calls, metered.writeUnits]).toEqual([1, 6]);
      metered.reset();
      await store.query({ table: 'records', partition, prefix: 'a', order: 'ascending', limit: 1000 });
      await store.query({ table: 'records', partition, order: 'descending', limit: 2 });
      await store.get(keyIn(partition, 'a'));
      await store.getMany(keys);
      expect([metered.calls, metered.readUnits, metered.writeUnits]).toEqual([4, 1 + 1 + 1 + 3, 0]);
    });
  });
});
