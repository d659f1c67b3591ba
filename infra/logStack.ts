/** The transparency log: where it lies, what signs it, what seals events into it, and what the operator hears of it. */
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type BookFunction, bookFunction, type FunctionProps, objectsIn, worksOnLists } from './bookFunction.ts';
import { feedRights, readFeed } from './changeFeed.ts';
import { raiseLogAlarms } from './logAlarms.ts';
import { logBucket, logObjects } from './logBucket.ts';
import { policyText } from './policyText.ts';
import { hasPublicAddress, publicAddress } from './publicAddress.ts';
import { setting } from './settings.ts';
import { signingKey } from './signingKey.ts';

export interface LogStackProps extends StackProps, FunctionProps {
  /** Hears of alarms. */
  readonly operator: ITopic;
}

/** What a function is told of the log as everybody may read it. */
export interface LogSettings {
  readonly bucket: Bucket;
  /** Its name; empty as long as it has none. */
  readonly origin: string;
  /** Text of a tlog-policy file. */
  readonly policy: string;
}

export class LogStack extends Stack {
  readonly settings: LogSettings;

  /** @throws {Error} a setting of the log is not right. */
  constructor(scope: Construct, id: string, props: LogStackProps) {
    super(scope, id, props);
    const bucket = logBucket(this, 'Bucket');
    this.settings = { bucket, origin: originOf(this), policy: policyText(this, 'logPolicy') };
    new CfnOutput(this, 'LogBucket', { value: bucket.bucketName });
    // A log has its name for ever, so nothing is sealed before somebody chose one: what happens until then waits in the book.
    if (this.settings.origin === '') return;
    const sequence = this.addSequencer(props);
    raiseLogAlarms(this, sequence, props.operator);
  }

  private addSequencer(props: LogStackProps): BookFunction {
    const { tables } = props;
    const { bucket, origin, policy } = this.settings;
    const alone = setting(this, 'sealAlone') === '1';
    const sequence = bookFunction(
      this,
      'sequence',
      props,
      [
        { actions: worksOnLists, on: tables.records.tableArn },
        // What has a place in the log keeps it: it deletes nothing there. What a witness keeps is not its business.
        {
          actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
          on: tables.log.tableArn,
          partitions: ['log', 'entries#*'],
        },
        ...feedRights(tables.records),
        // Without the right to list, S3 answers 403 for what is not there.
        { actions: ['s3:ListBucket'], on: bucket.bucketArn },
        { actions: ['s3:GetObject', 's3:PutObject'], ...objectsIn(bucket, logObjects) },
      ],
      {
        // Far more than twenty thousand events take, which is the most that one run begins with.
        timeout: Duration.minutes(5),
        // What is left is sealed by the next run, which is never further than a minute.
        retryAttempts: 0,
        maxEventAge: Duration.minutes(1),
        // Two at once come to the same log and do all of the work twice.
        ...(alone ? { reservedConcurrentExecutions: 1 } : {}),
        environment: {
          LOG_TABLE: tables.log.tableName,
          LOG_BUCKET: bucket.bucketName,
          LOG_ORIGIN: origin,
          LOG_POLICY: policy,
        },
      },
    );
    const keys = keyNames(this).map(name =>
      signingKey(this, `Key${name}`, `the key ${name} of the log`, sequence.role),
    );
    sequence.handler.addEnvironment('LOG_KEYS', keys.map(({ keyArn }) => keyArn).join(','));
    new CfnOutput(this, 'SigningKeys', { value: keys.map(({ keyId }) => keyId).join(',') });
    // Sealed within five seconds of the commit, by design: one until the stream tells, one in which more may gather, one to start
    // the function where it is cold, one to assign, build and sign; and one to spare. Witnesses take three more at most, but the
    // place in the log is durable before they are asked.
    readFeed(this, 'sequence', sequence, tables.records, {
      partition: 'list#unsealed',
      // It reads the list itself, and takes all that waits.
      batchSize: 1000,
      gather: Duration.seconds(1),
      maxRecordAge: Duration.minutes(1),
    });
    return sequence;
  }
}

/** @throws {Error} the setting `logName` is no name of a log. */
function originOf(scope: Construct): string {
  const chosen = setting(scope, 'logName');
  if (chosen === '') return hasPublicAddress(scope) ? `${new URL(publicAddress(scope, 'The log')).host}/log` : '';
  if (/^[a-z0-9.-]+(\/[a-z0-9._-]+)*$/.test(chosen)) return chosen;
  throw new Error(`The setting logName must be a host and a path, such as book.example.org/log, not "${chosen}"`);
}

/** The newest first. @throws {Error} the setting `logKeys` is no list of names. */
function keyNames(scope: Construct): string[] {
  const names = setting(scope, 'logKeys').split(',');
  if (names.every(name => /^[A-Za-z0-9]+$/.test(name)) && new Set(names).size === names.length) return names;
  throw new Error(`The setting logKeys must be names of letters and digits, separated by commas, not "${names}"`);
}
