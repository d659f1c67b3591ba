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

export interface ResourceFunctionProps extends FunctionProps {
  readonly archive: ArchiveSettings;
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

export function resourceFunction(scope: Construct, name: FunctionName, props: ResourceFunctionProps): LambdaFunction {
  const { tables, archive } = props;
  const hasCommands = operations.some(
    ({ functionName, route }) => functionName === name && route.command !== undefined,
  );
  const inArchive = archiveRights[name]?.(archive);
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
    ],
    inArchive === undefined ? {} : { environment: archiveEnvironment(archive) },
  );
  return handler;
}
