/**
 * An S3 server for tests: versitygw, one process over a temporary folder, with fresh buckets for whoever asks.
 *
 * It checks signatures, their headers and their time, SHA-256 checksums of objects and parts, conditions, versions,
 * retention and legal holds, and answers as S3 does. Where version 1.8.0 does not:
 * - CopyObject ignores `If-None-Match` and adds a version, where S3 answers 412.
 * - CompleteMultipartUpload succeeds again after the session has ended, where S3 may answer NoSuchUpload.
 * - Asked for the retention or the legal hold of an object that has none, it answers 400 where S3 answers 404.
 * - It accepts a signature whose time is still to come.
 * - It knows one user, who may do everything.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CreateBucketCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { asStored } from '../../shared/adapters/s3BlobStore.ts';
import { freePort, type ServerProcess, startServerProcess } from './serverProcess.ts';

export interface S3Server extends ServerProcess {
  /** Stops it, and starts it again at the same address with the same content when the returned function is called. */
  interrupt(): Promise<() => Promise<void>>;
}

export interface S3Buckets {
  readonly client: S3Client;
  readonly archive: string;
  readonly quarantine: string;
}

/** Where globalSetup.ts listens; it starts the run's one S3 server when the first suite asks for it. */
export const s3BrokerVariable = 'MINUTEBOOK_TEST_S3';

/** `.ci/run` builds it. */
const program = resolve(process.env.MINUTEBOOK_S3_SERVER || 'node_modules/.cache/minutebook/versitygw');
const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };

/** Why the S3 server cannot run on this machine, as words for the name of a skipped suite; undefined when it can. */
export function s3ServerMissing(): string | undefined {
  return spawnSync(program, ['--version']).status === 0 ? undefined : 'needs versitygw, see MINUTEBOOK_S3_SERVER';
}

/** Starts an S3 server of the caller's own. Suites share one: `sharedS3Server`. */
export async function startS3Server(): Promise<S3Server> {
  const folder = mkdtempSync(join(tmpdir(), 'minutebook-s3-'));
  const [objects, versions] = [join(folder, 'objects'), join(folder, 'versions')];
  for (const each of [objects, versions]) mkdirSync(each);
  const port = await freePort();
  const { accessKeyId, secretAccessKey } = credentials;
  // Metadata are extended attributes of the files: with `--sidecar`, an object that was removed still counts as being there.
  const command = [
    ...[program, '--port', `127.0.0.1:${port}`, '--access', accessKeyId, '--secret', secretAccessKey],
    ...['--keep-alive', '--quiet', 'posix', '--versioning-dir', versions, objects],
  ];
  const start = () => startServerProcess('The S3 server', port, command, folder);
  let running = await start();
  return {
    endpoint: running.endpoint,
    async interrupt() {
      await running.stop();
      return async () => {
        running = await start();
      };
    },
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The endpoint of the S3 server that the whole test run shares. Never stop it; globalSetup.ts does. */
export async function sharedS3Server(): Promise<string> {
  const broker = process.env[s3BrokerVariable];
  if (!broker) throw new Error('vitest.config.ts must name test/support/globalSetup.ts as globalSetup');
  const response = await fetch(broker);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

export function s3Client(endpoint: string, more: S3ClientConfig = {}): S3Client {
  return new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials, ...asStored, ...more });
}

/** Creates the bucket of a log, under a random name. */
export async function createLogBucket(client: S3Client): Promise<string> {
  const bucket = `log-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return bucket;
}

/** Creates the two buckets as the book has them on AWS, under random names. Whoever asks destroys the client. */
export async function createBuckets(endpoint: string): Promise<S3Buckets> {
  const client = s3Client(endpoint);
  const run = randomUUID();
  const [archive, quarantine] = [`archive-${run}`, `quarantine-${run}`];
  // Object Lock brings versions with it.
  await client.send(new CreateBucketCommand({ Bucket: archive, ObjectLockEnabledForBucket: true }));
  await client.send(new CreateBucketCommand({ Bucket: quarantine }));
  return { client, archive, quarantine };
}
