/** Starts a function for new rows of a list. DynamoDB lets two read the stream of a table: `ingest` and `sequence`. */
import type { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { BookFunction, Right } from './bookFunction.ts';

export interface FeedSettings {
  /** As the rules name the list. */
  readonly partition: string;
  readonly batchSize: number;
  /** How long more rows may gather before the function starts. */
  readonly gather?: Duration;
  /** What failed for so long is left to the schedule. */
  readonly maxRecordAge: Duration;
}

/** What a reader of the stream may do besides. */
export function feedRights(table: TableV2): Right[] {
  const on = table.tableStreamArn ?? '';
  return [
    { actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], on },
    { actions: ['dynamodb:ListStreams'], on: '*' },
  ];
}

export function readFeed(
  scope: Construct,
  name: string,
  { handler, role }: BookFunction,
  table: TableV2,
  { partition, batchSize, gather, maxRecordAge }: FeedSettings,
): void {
  const mapping = new EventSourceMapping(scope, `${name}Feed`, {
    target: handler,
    eventSourceArn: table.tableStreamArn ?? '',
    startingPosition: StartingPosition.TRIM_HORIZON,
    filters: [
      FilterCriteria.filter({
        eventName: ['INSERT'],
        dynamodb: { Keys: { partition: { S: [partition] } } },
      }),
    ],
    batchSize,
    ...(gather === undefined ? {} : { maxBatchingWindow: gather }),
    bisectBatchOnError: false,
    retryAttempts: 2,
    maxRecordAge,
  });
  // Lambda tries the rights when the mapping is made.
  mapping.node.addDependency(role);
}
