/** The published log on AWS, from the environment that the CDK app gives to functions that need it. */
import { S3Client } from '@aws-sdk/client-s3';
import { readPolicy } from '../core/log/policy.ts';
import type { PublishedLog } from '../http/operation.ts';
import { setting } from './awsServices.ts';
import { asStored } from './s3BlobStore.ts';
import { s3LogStore } from './s3LogStore.ts';

/** @throws {Error} when the environment lacks a setting, or has a policy that is none. */
export function awsPublishedLog(): PublishedLog {
  return {
    // A log that has no name yet has no entries either.
    origin: process.env.LOG_ORIGIN ?? '',
    store: s3LogStore({ client: new S3Client(asStored), bucket: setting('LOG_BUCKET'), prefix: 'log/' }),
    policy: readPolicy(process.env.LOG_POLICY || 'quorum none\n'),
  };
}
