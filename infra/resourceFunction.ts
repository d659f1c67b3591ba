/** The Lambda function of one resource of the contract, with no more rights than its operations use. */
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type FunctionName, operations } from '../shared/contract/routes.ts';
import {
  type ArchiveSettings,
  archiveEnvironment,
  ballotKeys,
  bookFunction,
  type FunctionProps,
  idempotencyKeys,
  objectsIn,
  type Right,
  reads,
  sealsFiles,
  writes,
} from './bookFunction.ts';
import { logObjects } from './logBucket.ts';
import type { LogSettings } from './logStack.ts';
import { hasPublicAddress, publicAddress } from './publicAddress.ts';

export interface ResourceFunctionProps extends FunctionProps {
  readonly archive: ArchiveSettings;
  readonly log: LogSettings;
}

/**
 * What the functions that are given the archive do in S3. The others do not know that it is there.
 *
 * `documents` signs links, and may no more than they: S3 tells whoever follows one all that the signer may know, so it must not know
 * of retention and holds. `uploads` signs grants; without the right to list, S3 answers 403 for an upload that is not there yet.
 * `returns` reads what was filed, and puts the public copy there, protected as ingesting does.
 */
const archiveRights: Partial<Record<FunctionName, (settings: ArchiveSettings) => Right[]>> = {
  documents: ({ archive }) => [{ actions: ['s3:GetObject'], ...objectsIn(archive, 'archive/*') }],
  uploads: ({ quarantine }) => [
    { actions: ['s3:ListBucket'], on: quarantine.bucketArn },
    { actions: ['s3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'], ...objectsIn(quarantine, '*') },
  ],
  returns: ({ archive }) => [
    { actions: ['s3:ListBucket'], on: archive.bucketArn },
    {
      actions: sealsFiles,
      ...objectsIn(archive, 'archive/*'),
    },
  ],
};

/** What everybody may read of the log; nothing of how it is kept. */
const readsLog = ({ bucket }: LogSettings): Right[] => [
  // Without the right to list, S3 answers 403 for what is not there.
  { actions: ['s3:ListBucket'], on: bucket.bucketArn },
  { actions: ['s3:GetObject'], ...objectsIn(bucket, logObjects) },
];

const logEnvironment = ({ bucket, origin, policy }: LogSettings) => ({
  LOG_BUCKET: bucket.bucketName,
  ...(origin === '' ? {} : { LOG_ORIGIN: origin }),
  LOG_POLICY: policy,
});

export function resourceFunction(scope: Construct, name: FunctionName, props: ResourceFunctionProps): LambdaFunction {
  const { tables, archive, log } = props;
  const hasCommands = operations.some(
    ({ functionName, route }) => functionName === name && route.command !== undefined,
  );
  const inArchive = archiveRights[name]?.(archive);
  const inLog = name === 'log' ? readsLog(log) : undefined;
  const { handler } = bookFunction(
    scope,
    name,
    props,
    [
      { actions: hasCommands ? [...reads, ...writes] : reads, on: tables.records.tableArn },
      // Looked up by their key, and written with the change. No function that answers requests may read the key of a secret ballot.
      ...(hasCommands
        ? [
            {
              actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
              on: tables.expiring.tableArn,
              partitions: idempotencyKeys,
            },
          ]
        : []),
      ...(name === 'votes'
        ? [{ actions: ['dynamodb:PutItem'], on: tables.expiring.tableArn, partitions: ballotKeys }]
        : []),
      ...(inArchive ?? []),
      ...(inLog ?? []),
      // The first page tells how many entries there are, and when the last one was. It knows of no bucket, and writes nothing there.
      ...(name === 'site'
        ? [{ actions: ['dynamodb:GetItem'], on: tables.log.tableArn, partitions: ['log', 'entries#*'] }]
        : []),
    ],
    {
      environment: {
        ...(hasPublicAddress(scope) ? { PUBLIC_ORIGIN: publicAddress(scope, 'The API') } : {}),
        ...(inArchive && archiveEnvironment(archive)),
        ...(inLog && logEnvironment(log)),
        ...(name === 'site' ? { LOG_TABLE: tables.log.tableName } : {}),
      },
    },
  );
  return handler;
}
