/** The two functions that work on the archive, and what starts them: the change feed, the scanner, the clock. */
import { Duration, Size } from 'aws-cdk-lib';
import type { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import {
  type ArchiveSettings,
  archiveEnvironment,
  type BookFunction,
  bookFunction,
  type FunctionProps,
  objectsIn,
  reads,
  sealsFiles,
  writes,
} from './bookFunction.ts';
import { feedRights, readFeed } from './changeFeed.ts';
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
        ...feedRights(tables.records),
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

    readFeed(this, 'ingest', this.ingest, tables.records, {
      partition: 'list#examine',
      // One may take minutes, and the time is of all of a batch.
      batchSize: 1,
      // Nothing behind what fails has to wait for long; it stays on its list, where the schedule finds it.
      maxRecordAge: Duration.hours(1),
    });
    props.scanResults?.addTarget(
      new FunctionTarget(this.ingest.handler, { retryAttempts: 2, maxEventAge: Duration.hours(1) }),
    );
    startByTheClock(this, 'ingest', this.ingest, 'rate(15 minutes)');
    startByTheClock(this, 'custody', this.custody, 'rate(1 hour)');
    // What somebody wants to know now. The change feed would be as much as a minute faster, and has two readers only: `ingest` and
    // `sequence` (decision 28).
    startByTheClock(this, 'custodyAsked', this.custody, 'rate(1 minute)', { only: 'asked' });
  }
}
