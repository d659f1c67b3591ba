/** The outside world on AWS, from the environment that the CDK app gives each function. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { v7 } from 'uuid';
import { writeLog } from '../http/log.ts';
import { demandOnTheWeb } from '../http/onTheWeb.ts';
import type { Services } from '../http/operation.ts';
import type { IssuerSettings, VerifyToken } from '../http/token.ts';
import type { BlobStore } from '../ports/blobStore.ts';
import { dynamoRecordStore } from './dynamoRecordStore.ts';
import { noBlobs } from './noBlobs.ts';
import { noLog } from './noLog.ts';
import { sealingRecordStore } from './sealingRecordStore.ts';

/** @throws {Error} when the environment lacks a setting, or names an issuer that is not on the web. */
export function awsServices(blobs: BlobStore = noBlobs): Services {
  return {
    blobs,
    publishedLog: noLog,
    records: sealingRecordStore(
      dynamoRecordStore({
        client: new DynamoDBClient({}),
        // Only what works on the log is told of its table, and may touch it.
        tables: { records: setting('RECORDS_TABLE'), expiring: setting('EXPIRING_TABLE'), log: process.env.LOG_TABLE },
      }),
    ),
    verifyToken: cognitoVerifier({
      issuer: setting('ISSUER'),
      jwksUri: setting('JWKS_URI'),
      clientIds: setting('CLIENT_IDS').split(','),
    }),
    now: () => new Date(),
    newId: () => v7(),
    newCode: () => randomBytes(16).toString('base64url'),
    // The build puts the document beside the bundle of the function that serves it.
    openapi: () => besideTheBundle('openapi.json'),
    log: writeLog,
    // Behind a CDN the gateway sees its own name.
    ...(process.env.PUBLIC_ORIGIN ? { publicOrigin: process.env.PUBLIC_ORIGIN } : {}),
  };
}

/** Loads what verifies with the first token: most readers have none, and the first of them waits for all that is loaded. */
function cognitoVerifier(settings: IssuerSettings): VerifyToken {
  demandOnTheWeb(settings.issuer, settings.jwksUri);
  let verify: VerifyToken | undefined;
  return async token => {
    const { tokenVerifier } = await import('../http/token.ts');
    verify ??= tokenVerifier(settings);
    return verify(token);
  };
}

/** A text that the build puts there. */
export const besideTheBundle = (name: string) => readFileSync(join(setting('LAMBDA_TASK_ROOT'), name), 'utf8');

export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`The environment lacks ${name}`);
  return value;
}
