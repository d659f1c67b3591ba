/** Counts what a DynamoDB client is asked to do and what that would cost. */
import type { ConsumedCapacity, DynamoDBClient, TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import { itemFromAttributes } from '../../shared/adapters/dynamoAttributes.ts';
import { itemBytes } from '../../shared/adapters/itemLimits.ts';

export interface Meter {
  /** Commands sent, without the SDK's own retries. */
  readonly calls: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Both together; a write unit has several times the price of a read unit. */
  readonly capacityUnits: number;
  /** Commands by name, for instance `QueryCommand`. */
  readonly byCommand: ReadonlyMap<string, number>;
  reset(): void;
}

const reads = /^(GetItem|Query|Scan|BatchGetItem|TransactGetItems)Command$/;
const writes = /^(PutItem|UpdateItem|DeleteItem|BatchWriteItem|TransactWriteItems)Command$/;

/** Meters all that this client sends from now on, whoever shares it. */
export function meter(client: DynamoDBClient): Meter {
  let calls = 0;
  let readUnits = 0;
  let writeUnits = 0;
  const byCommand = new Map<string, number>();
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async args => {
        calls++;
        byCommand.set(commandName, (byCommand.get(commandName) ?? 0) + 1);
        if (!reads.test(commandName) && !writes.test(commandName)) return next(args);
        const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
        const units = reportedUnits(result.output);
        if (reads.test(commandName)) readUnits += units;
        else writeUnits += Math.max(units, transactionUnits(args.input));
        return result;
      },
    { step: 'initialize', name: 'meter' },
  );
  return {
    get calls() {
      return calls;
    },
    get readUnits() {
      return readUnits;
    },
    get writeUnits() {
      return writeUnits;
    },
    get capacityUnits() {
      return readUnits + writeUnits;
    },
    get byCommand() {
      return byCommand;
    },
    reset() {
      calls = 0;
      readUnits = 0;
      writeUnits = 0;
      byCommand.clear();
    },
  };
}

function reportedUnits(output: object): number {
  const { ConsumedCapacity: consumed } = output as { ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[] };
  return [consumed ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}

/**
 * Two for each started KB of each item; of removed and checked items the size is not known here, so two each.
 * DynamoDB Local reports less: it adds the items' bytes up before it rounds.
 */
function transactionUnits(input: object): number {
  const { TransactItems = [] } = input as Partial<TransactWriteItemsCommandInput>;
  return TransactItems.reduce((sum, { Put }) => {
    const bytes = Put?.Item ? itemBytes(itemFromAttributes('records', Put.Item)) : 1;
    return sum + 2 * Math.ceil(bytes / 1024);
  }, 0);
}
