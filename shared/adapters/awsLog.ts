/** The log on AWS as its sequencer has it, from the environment that the CDK app gives to it. */
import { randomBytes } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { readPolicy } from '../core/log/policy.ts';
import { setting } from './awsServices.ts';
import { kmsSigner } from './kmsSigner.ts';
import { asStored } from './s3BlobStore.ts';
import { s3LogStore } from './s3LogStore.ts';

/** @throws {Error} when the environment lacks a setting. @throws {PolicyError} the policy is none. */
export function awsLog() {
  const kms = new KMSClient({});
  return {
    store: s3LogStore({ client: new S3Client(asStored), bucket: setting('LOG_BUCKET'), prefix: 'log/' }),
    signers: setting('LOG_KEYS')
      .split(',')
      .map(key => kmsSigner(kms, key)),
    origin: setting('LOG_ORIGIN'),
    policy: readPolicy(setting('LOG_POLICY')),
    newSalt: () => new Uint8Array(randomBytes(32)),
  };
}
