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
import { knownKey, signingKey } from './signingKey.ts';

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
    const sequence = bookFunction(
      this,
      'sequence',
      props,
      [
        // What was worked out of a record is kept only where the record is still the one that was read.
        { actions: [...worksOnLists, 'dynamodb:ConditionCheckItem'], on: tables.records.tableArn },
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
        // It takes about two thousand events at a time, and for a minute it begins again: the last of them may take longer.
        timeout: Duration.minutes(5),
        // What is left is sealed by the next run, which is never further than a minute.
        retryAttempts: 0,
        maxEventAge: Duration.minutes(1),
        ...atOnceIn(this),
        environment: {
          LOG_TABLE: tables.log.tableName,
          LOG_BUCKET: bucket.bucketName,
          LOG_ORIGIN: origin,
          LOG_POLICY: policy,
        },
      },
    );
    const keys = keysIn(this).map(key =>
      isArn(key)
        ? knownKey(key, sequence.role)
        : signingKey(this, `Key${key}`, `the key ${key} of the log`, sequence.role).keyArn,
    );
    sequence.handler.addEnvironment('LOG_KEYS', keys.join(','));
    new CfnOutput(this, 'SigningKeys', { value: keys.join(',') });
    // Whom the policy of a key has to let sign that another stack made.
    new CfnOutput(this, 'SequenceRole', { value: sequence.role.roleArn });
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

/** How many run at once. @throws {Error} the setting `sealAlone` is none that is known. */
function atOnceIn(scope: Construct): { readonly reservedConcurrentExecutions?: number } {
  const chosen = setting(scope, 'sealAlone');
  // Two at once come to the same log and do all of the work twice.
  if (chosen === '1') return { reservedConcurrentExecutions: 1 };
  if (chosen === 'hold') return { reservedConcurrentExecutions: 0 };
  if (chosen === '') return {};
  throw new Error(`The setting sealAlone must be 1, hold or empty, not "${chosen}"`);
}

const isArn = (key: string) => /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/.test(key);

/** Names of keys that this stack makes, and ARNs of others; the newest first. @throws {Error} the setting `logKeys` is no list of them. */
function keysIn(scope: Construct): string[] {
  const keys = setting(scope, 'logKeys').split(',');
  const isRight = keys.every(key => /^[A-Za-z0-9]+$/.test(key) || isArn(key));
  if (isRight && new Set(keys).size === keys.length) return keys;
  throw new Error(
    `The setting logKeys must be names of letters and digits, or ARNs of keys in KMS, separated by commas, not "${keys}"`,
  );
}
