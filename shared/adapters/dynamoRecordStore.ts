/** The RecordStore on DynamoDB: one call for each method, conditions for the expectations, translated errors. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  type DynamoDBClient,
  GetItemCommand,
  type Put,
  QueryCommand,
  TransactionCanceledException,
  TransactionInProgressException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { BusyError, MinutebookError, VersionConflictError } from '../errors.ts';
import {
  type Expectation,
  type Item,
  type Key,
  type RecordStore,
  type Table,
  tableNames,
  type Write,
} from '../ports/recordStore.ts';
import { itemFromAttributes, itemToAttributes, keyToAttributes } from './dynamoAttributes.ts';
import { planQuery } from './dynamoQuery.ts';
import { checkKey, checkKeys, checkQuery, checkWrites, keyIdentity, keyOf } from './itemLimits.ts';

export interface DynamoRecordStoreOptions {
  /** Its `maxAttempts` decide how long network faults and throttling are borne. */
  readonly client: DynamoDBClient;
  /**
   * The names of the tables: hash key `partition`, range key `sort`, both strings; `expiresAt` is the TTL of `expiring`. Without
   * that of `log` nothing of it is read or written, but for an Error.
   */
  readonly tables: Readonly<Record<Exclude<Table, 'log'>, string> & { log?: string | undefined }>;
}

const maxAttempts = 8;

/**
 * Every commit is a transaction, even of one write, though a plain conditional put would cost half. The SDK repeats a
 * request whose answer was lost: a plain put that had been applied would then fail on its own condition, and one without
 * a condition would overwrite what others wrote since. Nothing in the item can tell these cases apart for sure once
 * somebody has overwritten it. DynamoDB remembers a transaction's token for ten minutes and answers a repetition with the
 * first outcome. Nearly every commit of the book has several writes anyway: the record and its event.
 */
export function dynamoRecordStore({ client, tables }: DynamoRecordStoreOptions): RecordStore {
  function transactItem(write: Write): TransactWriteItem {
    const key = keyOf(write);
    const common = { TableName: nameOf(tables, key.table), ...condition(write.expect) };
    if ('put' in write) return { Put: { ...common, Item: itemToAttributes(write.put) } };
    if ('remove' in write) return { Delete: { ...common, Key: keyToAttributes(key) } };
    const { ConditionExpression = '' } = common;
    return { ConditionCheck: { ...common, ConditionExpression, Key: keyToAttributes(key) } };
  }

  return {
    async get(key) {
      checkKey(key);
      const { Item } = await client.send(
        new GetItemCommand({ TableName: nameOf(tables, key.table), Key: keyToAttributes(key), ConsistentRead: true }),
      );
      return Item && itemFromAttributes(key.table, Item);
    },

    async getMany(keys) {
      checkKeys(keys);
      const found = new Map<string, Item>();
      let idle = 0;
      for (let asked = batchOf(keys, tables); Object.keys(asked).length > 0; ) {
        const { Responses = {}, UnprocessedKeys = {} } = await client.send(
          new BatchGetItemCommand({ RequestItems: asked }),
        );
        const before = found.size;
        for (const table of tableNames) {
          for (const row of Responses[tables[table] ?? ''] ?? []) {
            const item = itemFromAttributes(table, row);
            found.set(keyIdentity(item.key), item);
          }
        }
        asked = UnprocessedKeys;
        if (Object.keys(asked).length === 0) break;
        // One answer has 16 MB at most: then the rest is asked for at once. An answer without any item is throttling.
        idle = found.size > before ? 0 : idle + 1;
        if (idle === maxAttempts) throw throttled();
        if (idle > 0) await backOff(idle);
      }
      return keys.map(key => found.get(keyIdentity(key)));
    },

    async query(query) {
      checkQuery(query);
      const plan = planQuery(query);
      if (plan === undefined) return { items: [], more: false };
      const items: Item[] = [];
      let start = plan.start;
      // One more than the page tells whether more follow. It takes a second request only where 1 MB ends the first.
      do {
        const { Items = [], LastEvaluatedKey } = await client.send(
          new QueryCommand({
            TableName: nameOf(tables, query.table),
            KeyConditionExpression: plan.condition,
            ExpressionAttributeNames: plan.names,
            ExpressionAttributeValues: plan.values,
            ScanIndexForward: query.order === 'ascending',
            Limit: query.limit + 1 - items.length,
            ConsistentRead: true,
            ExclusiveStartKey: start,
          }),
        );
        for (const row of Items) items.push(itemFromAttributes(query.table, row));
        start = LastEvaluatedKey;
      } while (start !== undefined && items.length <= query.limit);
      return { items: items.slice(0, query.limit), more: items.length > query.limit };
    },

    async commit(writes) {
      checkWrites(writes);
      // One token for all attempts: whichever of them is applied, it is applied once.
      const input = { TransactItems: writes.map(transactItem), ClientRequestToken: randomUUID() };
      for (let attempt = 1; ; attempt++) {
        try {
          await client.send(new TransactWriteItemsCommand(input));
          return;
        } catch (error) {
          throwUnlessContention(error, writes, attempt === maxAttempts);
        }
        await backOff(attempt);
      }
    },
  };
}

type Condition = Pick<Put, 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>;

function condition(expect: Expectation): Condition {
  if (expect === 'any') return {};
  if (expect === 'absent') {
    return {
      ConditionExpression: 'attribute_not_exists(#partition)',
      ExpressionAttributeNames: { '#partition': 'partition' },
    };
  }
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': { N: String(expect.version) } },
  };
}

function nameOf(tables: DynamoRecordStoreOptions['tables'], table: Table): string {
  const name = tables[table];
  if (name === undefined) throw new Error(`This function was not given the table ${table}`);
  return name;
}

type Batch = NonNullable<BatchGetItemCommandInput['RequestItems']>;

function batchOf(keys: readonly Key[], tables: DynamoRecordStoreOptions['tables']): Batch {
  const batch: Batch = {};
  for (const table of tableNames) {
    const Keys = keys.filter(key => key.table === table).map(keyToAttributes);
    if (Keys.length > 0) batch[nameOf(tables, table)] = { Keys, ConsistentRead: true };
  }
  return batch;
}

/** Returns when the same transaction may be tried again. */
function throwUnlessContention(error: unknown, writes: readonly Write[], last: boolean): void {
  // An earlier attempt of ours is still under way. If it stays so its outcome is unknown, so it is never a BusyError.
  if (error instanceof TransactionInProgressException && !last) return;
  if (!(error instanceof TransactionCanceledException)) throw error;
  // One reason for each write, in their order.
  const reasons = (error.CancellationReasons ?? []).map(({ Code = 'None' }) => Code);
  const failed = writes.map(keyOf).filter((_, index) => reasons[index] === 'ConditionalCheckFailed');
  if (failed.length > 0) throw new VersionConflictError(failed.map(({ partition, sort }) => ({ partition, sort })));
  const passing = reasons.some(code => passingReasons.has(code));
  if (!passing || reasons.some(code => code !== 'None' && !passingReasons.has(code))) throw error;
  if (last) throw reasons.includes('TransactionConflict') ? new BusyError(error) : error;
}

const passingReasons = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

function throttled(): MinutebookError {
  const internal = 'BatchGetItem left all keys unprocessed, again and again';
  return new MinutebookError('temporarily-unavailable', 'Try again in a minute.', { internal });
}

/** Full jitter, so that writers who collided do not collide again. */
async function backOff(attempt: number): Promise<void> {
  await pause(Math.random() * Math.min(1000, 25 * 2 ** attempt));
}
