/** The archive on AWS, from the environment that the CDK app gives to functions that need it. */
import { S3Client } from '@aws-sdk/client-s3';
import type { BlobStore } from '../ports/blobStore.ts';
import { setting } from './awsServices.ts';
import { asStored, s3BlobStore } from './s3BlobStore.ts';

/** @throws {Error} when the environment lacks a setting. */
export function awsBlobs(): BlobStore {
  const readAt = process.env.FILES_ORIGIN;
  return s3BlobStore({
    client: new S3Client(asStored),
    archive: setting('ARCHIVE_BUCKET'),
    quarantine: setting('QUARANTINE_BUCKET'),
    scanned: process.env.SCANNED === '1',
    ...(readAt ? { readAt } : {}),
  });
}
