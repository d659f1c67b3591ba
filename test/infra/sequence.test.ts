/** The bundle of the sequencer at work, as Lambda starts it: on DynamoDB Local, an S3 server that checks what it is sent, and keys like those of KMS. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateBucketCommand, HeadObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../build.ts';
import { dynamoRecordStore } from '../../shared/adapters/dynamoRecordStore.ts';
import { s3LogStore } from '../../shared/adapters/s3LogStore.ts';
import { sealingRecordStore } from '../../shared/adapters/sealingRecordStore.ts';
import { found } from '../../shared/core/founding.ts';
import { type VerifierKey, verifierKey } from '../../shared/core/log/notes.ts';
import { headData, headKey } from '../../shared/core/log/sequencing.ts';
import { changeRecord } from '../../shared/core/records.ts';
import { organisation } from '../support/book.ts';
import { createTables, type DynamoTables, dynamoLocalMissing, sharedDynamoLocal } from '../support/dynamoLocal.ts';
import { watchDynamo } from '../support/dynamoWatch.ts';
import { type KmsServer, startKmsServer } from '../support/kmsServer.ts';
import { checkLog } from '../support/logCheck.ts';
import { type S3Buckets, s3Client, s3ServerMissing, sharedS3Server } from '../support/s3Server.ts';

const origin = 'book.lpsa.example/log';
let dist: string;

beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'minutebook-sequence-'));
  await bundle('functions/sequence/index.ts', dist, join('functions', 'sequence', 'index'));
});
afterAll(() => rmSync(dist, { recursive: true }));

it('stands alone in less than 700 kB, with nothing that answers requests or opens files of strangers', () => {
  expect(readdirSync(join(dist, 'functions', 'sequence'))).toEqual(['index.js']);
  expect(readFileSync(join(dist, 'functions', 'sequence', 'index.js')).length).toBeLessThan(700_000);
  const { inputs } = JSON.parse(readFileSync(join(dist, 'meta', 'functions-sequence-index.json'), 'utf8'));
  const others = /examination|middy|shared\/contract|file-type|yauzl|^(local|cli|test|infra)\//;
  expect(Object.keys(inputs).filter(file => others.test(file))).toEqual([]);
});

const missing = dynamoLocalMissing() ?? s3ServerMissing();

describe.skipIf(missing)(`The sequencer on AWS's interfaces${missing ? ` (left out: ${missing})` : ''}`, () => {
  let dynamo: DynamoTables;
  let s3: S3Buckets['client'];
  let kms: KmsServer;
  let endpoints: { readonly dynamo: string; readonly s3: string };
  const bucket = `log-${v7()}`;
  const raw = () => dynamoRecordStore(dynamo);
  const records = () => sealingRecordStore(raw());
  const store = () => s3LogStore({ client: s3, bucket, prefix: 'log/' });

  beforeAll(async () => {
    endpoints = { dynamo: await sharedDynamoLocal(), s3: await sharedS3Server() };
    dynamo = await createTables(endpoints.dynamo);
    s3 = s3Client(endpoints.s3);
    await s3.send(new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: true }));
    kms = await startKmsServer(['first', 'autumn']);
    const board = { name: 'Board of Directors', purpose: 'Governs.', established: '2020-01-01' };
    const administrator = { name: 'A', email: 'a@test.example' };
    const at = new Date(Date.now() - 60_000).toISOString();
    const invitation = { code: v7(), expiresAt: '2020-01-02T00:00:00.000Z' };
    await records().commit(
      found({ organisation, board, administrator }, { at, today: '2020-01-01', newId: () => v7(), invitation }),
    );
  });
  afterAll(() => {
    dynamo?.client.destroy();
    s3?.destroy();
    kms?.close();
  });

  /** Starts a new process, as Lambda does, far from any package. @returns its lines, and whether it failed. */
  async function run(change: Record<string, string> = {}) {
    const script = `require(${JSON.stringify(join(dist, 'functions', 'sequence', 'index.js'))})
      .handler({}).then(() => process.exit(0), () => process.exit(3));`;
    const child = spawn(process.execPath, ['--input-type=commonjs', '-e', script], {
      cwd: dist,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local-secret',
        AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamo,
        AWS_ENDPOINT_URL_S3: endpoints.s3,
        AWS_ENDPOINT_URL_KMS: kms.endpoint,
        RECORDS_TABLE: dynamo.tables.records,
        EXPIRING_TABLE: dynamo.tables.expiring,
        LOG_TABLE: dynamo.tables.log,
        ISSUER: 'https://issuer.example.org',
        JWKS_URI: 'https://issuer.example.org/keys',
        CLIENT_IDS: 'client',
        LOG_BUCKET: bucket,
        LOG_ORIGIN: origin,
        LOG_POLICY: 'quorum none\n',
        LOG_KEYS: kms.keyIds[0] ?? '',
        ...change,
      },
    });
    let written = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (written += chunk));
    const [status] = await once(child, 'close');
    const lines = written
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    return { status, lines };
  }

  async function keyOf(keyId = ''): Promise<VerifierKey> {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };
    const client = new KMSClient({ endpoint: kms.endpoint, region: 'us-east-1', credentials });
    const { PublicKey = new Uint8Array() } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
    client.destroy();
    return verifierKey(origin, 'ed25519', PublicKey.slice(-32));
  }

  const measured = (lines: readonly { operation: string; measures?: object }[]) =>
    lines.filter(({ operation }) => operation === 'measureLog').map(({ measures }) => measures);

  /** Something happens in the book. */
  const act = async () => {
    const id = v7();
    const { writes } = changeRecord(
      'upload',
      id,
      undefined,
      { name: 'minutes.pdf' },
      { operation: 'createUpload', by: null, at: new Date().toISOString(), eventId: v7() },
    );
    await records().commit(writes);
  };

  it('seals what was founded, needs every right that it has, and says how the log stands', async () => {
    const watched = await watchDynamo(endpoints.dynamo);
    const { status, lines } = await run({ AWS_ENDPOINT_URL_DYNAMODB: watched.address });
    await watched.stop();
    expect({ status, lines: lines.length }).toEqual({ status: 0, lines: 1 });
    const { size } = await checkLog(store(), await keyOf(kms.keyIds[0]));
    expect(size).toBeGreaterThan(2);
    const still = { backlog: 0, unsealedSeconds: 0, unpublishedSeconds: 0, cosigned: 0, cosignaturesMissing: 0 };
    expect(measured(lines)).toEqual([{ ...still, size }]);

    // Exactly what log.test.ts says that it has.
    const used = (table: string) => watched.actionsOn(table);
    expect(used(dynamo.tables.records)).toEqual(['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query']);
    expect(used(dynamo.tables.log)).toEqual(['BatchGetItem', 'GetItem', 'PutItem', 'Query']);
    expect(used(dynamo.tables.expiring)).toEqual([]);
  });

  it('serves the checkpoint for seconds and tiles for ever, and leaves each tile in one version', async () => {
    const head = (path: string) => s3.send(new HeadObjectCommand({ Bucket: bucket, Key: `log/${path}` }));
    expect(await head('checkpoint')).toMatchObject({
      ContentType: 'text/plain; charset=utf-8',
      CacheControl: 'public, max-age=2',
    });
    await act();
    expect((await run()).status).toBe(0);
    const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'log/tile/' }));
    const names = Versions.map(({ Key }) => Key ?? '');
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) {
      expect(await head(name.slice('log/'.length))).toMatchObject({
        ContentType: 'application/octet-stream',
        CacheControl: 'public, max-age=31536000, immutable',
      });
    }
  });

  it('signs with all keys that it is given, a new one first', async () => {
    const LOG_KEYS = kms.keyIds.toReversed().join(',');
    expect((await run({ LOG_KEYS })).status).toBe(0);
    await act();
    expect((await run({ LOG_KEYS })).status).toBe(0);
    for (const keyId of kms.keyIds) await checkLog(store(), await keyOf(keyId));
  });

  it('is called what it was called first, for ever', async () => {
    const before = await store().readCheckpoint();
    await act();
    const { status, lines } = await run({ LOG_ORIGIN: 'other.example/log', LOG_KEYS: kms.keyIds.join(',') });
    expect(status).toBe(3);
    expect(lines[0]).toMatchObject({ level: 'error', operation: 'sequence' });
    expect(lines[0].internal).toContain(`is called ${origin} for ever`);
    // It tells how far the log has fallen behind, whatever keeps it from going on.
    expect(measured(lines)).toEqual([expect.objectContaining({ backlog: 1 })]);
    expect(await store().readCheckpoint()).toEqual(before);
  });

  it('refuses to go on from a head that is behind what was published, and says so apart', async () => {
    const before = await store().readCheckpoint();
    const head = await raw().get(headKey);
    if (head === undefined) throw new Error('The log has no head');
    const older = headData({ size: 1, root: new Uint8Array(32) });
    await raw().commit([{ put: { key: headKey, version: head.version + 1, data: older }, expect: 'any' }]);
    const { status, lines } = await run({ LOG_KEYS: kms.keyIds.join(',') });
    expect(status).toBe(3);
    expect(lines[0]).toMatchObject({ level: 'error', operation: 'logFork' });
    expect(await store().readCheckpoint()).toEqual(before);
  });
});
