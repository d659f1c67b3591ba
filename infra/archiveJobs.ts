/** The two functions that work on the archive, and what starts them: the change feed, the scanner, the clock. */
import { Duration, Size } from 'aws-cdk-lib';
import type { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import {
  type ArchiveSettings,
  archiveEnvironment,
  type BookFunction,
  bookFunction,
  type FunctionProps,
  objectsIn,
  type Right,
  reads,
  sealsFiles,
  writes,
} from './bookFunction.ts';
import { startByTheClock } from './clock.ts';
import { setting } from './settings.ts';

export interface ArchiveJobsProps extends FunctionProps {
  readonly archive: ArchiveSettings;
  /** Results of scans, where there is a scanner. */
  readonly scanResults: Rule | undefined;
}

/** The longest that Lambda lets a function run. */
const timeout = Duration.minutes(15);

export class ArchiveJobs extends Construct {
  readonly ingest: BookFunction;
  readonly custody: BookFunction;

  constructor(scope: Construct, id: string, props: ArchiveJobsProps) {
    super(scope, id);
    const { tables, archive } = props;
    const records = { actions: [...reads, ...writes], on: tables.records.tableArn };
    const environment = archiveEnvironment(archive);
    const inArchive = objectsIn(archive.archive, 'archive/*');
    const inQuarantine = objectsIn(archive.quarantine, '*');
    const atOnce = setting(this, 'ingestAtOnce');

    this.ingest = bookFunction(
      this,
      'ingest',
      props,
      [
        records,
        // How often an examination neither ended nor failed.
        {
          actions: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
          on: tables.expiring.tableArn,
          partitions: ['attempts#*'],
        },
        ...this.streamRights(props),
        // Without the right to list, S3 answers 403 for what is not there.
        { actions: ['s3:ListBucket'], on: archive.archive.bucketArn },
        {
          actions: [...sealsFiles, 's3:DeleteObjectVersion'],
          ...inArchive,
        },
        { actions: ['s3:ListBucket'], on: archive.quarantine.bucketArn },
        {
          actions: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:GetObjectTagging'],
          ...inQuarantine,
        },
      ],
      {
        // The process that reads a PDF may take 700 MB beside the function, and a spool 100 MB of the temporary folder. With
        // this much memory come nearly two processors: one hashes while the other reads.
        memorySize: 3008,
        ephemeralStorageSize: Size.mebibytes(512),
        timeout,
        environment,
        // A flood of uploads must not take from the API what the account can run at once.
        ...(atOnce === '' ? {} : { reservedConcurrentExecutions: Number(atOnce) }),
        // What fails stays on its list, where the schedule finds it.
        retryAttempts: 1,
        maxEventAge: Duration.hours(1),
      },
    );
    this.custody = bookFunction(
      this,
      'custody',
      props,
      [
        records,
        ...this.streamRights(props),
        { actions: ['s3:ListBucket', 's3:ListBucketVersions'], on: archive.archive.bucketArn },
        {
          actions: [
            's3:DeleteObjectVersion',
            's3:GetObject',
            's3:GetObjectLegalHold',
            's3:GetObjectRetention',
            's3:PutObjectLegalHold',
            's3:PutObjectRetention',
          ],
          ...inArchive,
        },
        { actions: ['s3:AbortMultipartUpload', 's3:DeleteObject'], ...inQuarantine },
      ],
      {
        timeout,
        environment: { ...environment, FIXITY_DAYS: setting(this, 'fixityDays') },
        // The next round is never far, and the first failure is as good to know of as the third.
        retryAttempts: 0,
        maxEventAge: Duration.hours(1),
      },
    );

    // Two readers are what DynamoDB allows for a stream.
    this.follow('ingest', this.ingest, props, ['INSERT'], 'list#examine');
    // To ask once more while a check is waiting changes the row; the end of the check removes it.
    this.follow('custody', this.custody, props, ['INSERT', 'MODIFY'], 'list#check');
    props.scanResults?.addTarget(
      new FunctionTarget(this.ingest.handler, { retryAttempts: 2, maxEventAge: Duration.hours(1) }),
    );
    startByTheClock(this, 'ingest', this.ingest, 'rate(15 minutes)');
    startByTheClock(this, 'custody', this.custody, 'rate(1 hour)');
  }

  private streamRights({ tables }: FunctionProps): Right[] {
    const on = tables.records.tableStreamArn ?? '';
    return [
      { actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], on },
      { actions: ['dynamodb:ListStreams'], on: '*' },
    ];
  }

  /** Starts a function for each new row of a list. @param partition as the rules name the list. */
  private follow(
    name: string,
    { handler, role }: BookFunction,
    { tables }: FunctionProps,
    eventNames: string[],
    partition: string,
  ): void {
    const mapping = new EventSourceMapping(this, `${name}Feed`, {
      target: handler,
      eventSourceArn: tables.records.tableStreamArn ?? '',
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [
        FilterCriteria.filter({
          eventName: eventNames,
          dynamodb: { Keys: { partition: { S: [partition] } } },
        }),
      ],
      // One may take minutes, and the time is of all of a batch.
      batchSize: 1,
      bisectBatchOnError: false,
      // Nothing behind what fails has to wait for long; it stays on its list, where the schedule finds it.
      retryAttempts: 2,
      maxRecordAge: Duration.hours(1),
    });
    // Lambda tries the rights when the mapping is made.
    mapping.node.addDependency(role);
  }
}
