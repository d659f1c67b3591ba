/** A Lambda function of the book, with a role and a log of its own and no right but those that are listed. */
import { join } from 'node:path';
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  type FunctionProps as LambdaProps,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Tables } from './dataStack.ts';
import type { IdentityStack } from './identityStack.ts';

export interface FunctionProps {
  /** The folder with the functions' bundles. */
  readonly bundles: string;
  readonly tables: Tables;
  readonly identity: IdentityStack;
}

/** What a function is told of the archive. */
export interface ArchiveSettings {
  readonly archive: Bucket;
  readonly quarantine: Bucket;
  /** Where links lead. */
  readonly filesOrigin: string;
  /** GuardDuty looks at every upload. */
  readonly scanned: boolean;
}

export interface Right {
  readonly actions: readonly string[];
  readonly on: string;
  /** Where it is a right to items of a table whose partitions have such names only. */
  readonly partitions?: readonly string[];
  /** Where it is a right to all objects of a bucket with such names. */
  readonly objects?: { readonly bucket: Bucket; readonly pattern: string };
}

/** @param pattern such as `archive/*`. */
export const objectsIn = (bucket: Bucket, pattern: string) => ({
  on: bucket.arnForObjects(pattern),
  objects: { bucket, pattern },
});

export interface BookFunction {
  readonly handler: LambdaFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;
}

export const reads = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'];
/** A transaction needs the right to each of the things it is made of. */
export const writes = ['dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem'];

/** What a job needs that works on lists: records by their keys, lists in their order; commits that put and delete, and neither only demands something. */
export const worksOnLists = [...reads, 'dynamodb:DeleteItem', 'dynamodb:PutItem'];

/** What sealing takes in the archive. To extend a retention takes no more than to set it; nobody may bypass one. */
export const sealsFiles = [
  's3:GetObject',
  's3:GetObjectLegalHold',
  's3:GetObjectRetention',
  's3:PutObject',
  's3:PutObjectLegalHold',
  's3:PutObjectRetention',
];

/** Requests that name no partition, such as scans, are none of these. */
const inPartitions = (patterns: readonly string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...patterns] },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});

/** The items of the expiring table: what was answered to repeated requests, and the keys of secret ballots. */
export const idempotencyKeys = ['idempotency#*'];
export const ballotKeys = ['ballot-key#*'];

/** @param more what is special about it; the rest is as for a function that answers requests. */
export function bookFunction(
  scope: Construct,
  name: string,
  { bundles, tables, identity }: FunctionProps,
  rights: readonly Right[],
  more: Partial<LambdaProps> = {},
): BookFunction {
  const logGroup = new LogGroup(scope, `${name}Log`, { retention: RetentionDays.ONE_MONTH });
  // A role of its own: the one that Lambda offers may write every log of the account.
  const role = new Role(scope, `${name}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const log = { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], on: logGroup.logGroupArn };
  for (const { actions, on, partitions } of [log, ...rights] as readonly Right[]) {
    const conditions = partitions === undefined ? {} : { conditions: inPartitions(partitions) };
    role.addToPolicy(
      new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources: [on], ...conditions }),
    );
  }
  for (const { objects } of rights)
    if (objects !== undefined) acknowledgeObjects(role, objects.bucket, objects.pattern);
  const handler = new LambdaFunction(scope, `${name}Function`, {
    description: `Minutebook: ${name}`,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(join(bundles, name)),
    handler: 'index.handler',
    role,
    // One whole processor. A start is all computing: with half of it, it takes twice as long for the same price.
    memorySize: 1769,
    // Shorter than the time for which a scheduled disclosure stands still before it becomes public.
    timeout: Duration.seconds(15),
    tracing: Tracing.ACTIVE,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    ...more,
    environment: {
      RECORDS_TABLE: tables.records.tableName,
      EXPIRING_TABLE: tables.expiring.tableName,
      ISSUER: identity.issuer,
      JWKS_URI: `${identity.issuer}/.well-known/jwks.json`,
      CLIENT_IDS: identity.client.userPoolClientId,
      ...more.environment,
    },
  });
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'Only xray:PutTraceSegments and xray:PutTelemetryRecords, and dynamodb:ListStreams where there is a stream to read: they have no resources that a policy could name.',
  });
  return { handler, role, logGroup };
}

/** The environment of a function that is given the archive. */
export const archiveEnvironment = ({ archive, quarantine, filesOrigin, scanned }: ArchiveSettings) => ({
  ARCHIVE_BUCKET: archive.bucketName,
  QUARANTINE_BUCKET: quarantine.bucketName,
  FILES_ORIGIN: filesOrigin,
  SCANNED: scanned ? '1' : '0',
});

/** Acknowledges rights to whatever is in a bucket under names of a pattern. */
export function acknowledgeObjects(role: Role, bucket: Bucket, pattern: string): void {
  const home = Stack.of(bucket);
  const arn =
    home === Stack.of(role)
      ? `<${home.getLogicalId(bucket.node.defaultChild as CfnBucket)}.Arn>`
      : home.resolve(home.exportValue(bucket.bucketArn))['Fn::ImportValue'];
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${arn}/${pattern}]`,
    reason:
      'Files are named by their digests, uploads by identifiers that are made for them: a policy cannot list them.',
  });
}
