/** The bundles of the jobs at work, as Lambda starts them: on DynamoDB Local and an S3 server that checks what it is sent. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildInto, type jobs } from '../../build.ts';
import { writeDocument } from '../../functions/documents/load.ts';
import { writeResolution } from '../../functions/resolutions/load.ts';
import { dynamoRecordStore } from '../../shared/adapters/dynamoRecordStore.ts';
import { s3BlobStore } from '../../shared/adapters/s3BlobStore.ts';
import {
  type ArchiveState,
  archiveStateKey,
  askForCheck,
  custodyIn,
  custodyKey,
  toCheckKey,
} from '../../shared/core/archive/custody.ts';
import { newDocument, type Version, versionKey } from '../../shared/core/archive/documents.ts';
import { toExamineKey, type Upload } from '../../shared/core/archive/uploads.ts';
import {
  draftResolution,
  moveMotion,
  openVote,
  type Resolution,
  secondMotion,
} from '../../shared/core/decisions/resolutions.ts';
import type { VotingRule } from '../../shared/core/decisions/rulebook.ts';
import { sealedText } from '../../shared/core/decisions/sealing.ts';
import {
  type Ballot,
  ballotRow,
  type Choice,
  electorateData,
  electorateKey,
  gateKey,
  type NewVote,
  sealingKey,
  sealingKeyExpiresAt,
  shardOf,
  shards,
} from '../../shared/core/decisions/votes.ts';
import { found } from '../../shared/core/founding.ts';
import { changeRecord, moveRows, recordKey } from '../../shared/core/records.ts';
import { newSealingKeys, seal } from '../../shared/http/sealedBallots.ts';
import type { Write } from '../../shared/ports/recordStore.ts';
import { bytesOf, contentOf, mebibyte, partOf, send, uploaded, validFor } from '../support/blobs.ts';
import { organisation } from '../support/book.ts';
import { createTables, type DynamoTables, dynamoLocalMissing, sharedDynamoLocal } from '../support/dynamoLocal.ts';
import { watchDynamo } from '../support/dynamoWatch.ts';
import { pdfOf } from '../support/pdfs.ts';
import { createBuckets, type S3Buckets, s3ServerMissing, sharedS3Server } from '../support/s3Server.ts';

let dist: string;

beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'minutebook-jobs-'));
  await buildInto(dist);
});
afterAll(() => rmSync(dist, { recursive: true }));

const bodyId = v7();

const rule: VotingRule = {
  ...{ name: 'Majority of those who vote', source: 'A test', explanation: 'More for than against.', quorum: null },
  majorities: [{ of: 'cast', fraction: { numerator: 1, denominator: 2 }, comparison: 'more-than', counting: 'votes' }],
  ...{ tie: 'fails', leastDisinterested: 0, ballot: 'open', proxies: false, whenRecused: null },
};

const missing = dynamoLocalMissing() ?? s3ServerMissing();

describe.skipIf(missing)(`The jobs on AWS's interfaces${missing ? ` (left out: ${missing})` : ''}`, () => {
  let dynamo: DynamoTables;
  let s3: S3Buckets;
  let endpoints: { readonly dynamo: string; readonly s3: string };
  const at = new Date().toISOString();
  const act = (operation: string) => ({ operation, by: null, at, eventId: v7() });
  const records = () => dynamoRecordStore(dynamo);
  const blobs = () => s3BlobStore({ ...s3, scanned: false });

  beforeAll(async () => {
    endpoints = { dynamo: await sharedDynamoLocal(), s3: await sharedS3Server() };
    dynamo = await createTables(endpoints.dynamo);
    s3 = await createBuckets(endpoints.s3);
    const board = { name: 'Board of Directors', purpose: 'Governs.', established: '2020-01-01' };
    const administrator = { name: 'A', email: 'a@test.example' };
    const invitation = { code: v7(), expiresAt: '2020-01-02T00:00:00.000Z' };
    await records().commit(
      found({ organisation, board, administrator }, { at, today: '2020-01-01', newId: () => v7(), invitation }),
    );
  });
  afterAll(() => {
    dynamo?.client.destroy();
    s3?.client.destroy();
  });

  /** An upload that was sent and completed, and waits to be examined. @returns the document of which it is to be a version. */
  async function received(id: string, content: Buffer, name: string, type: string, session: string | null = null) {
    const documentId = v7();
    const facts = { title: 'A report', kind: 'report', language: 'en', period: null, bodyId: null } as const;
    const document = newDocument({ ...facts, replaces: null, review: null }, 'officers');
    const upload: Upload = {
      ...{ name, type, ...bytesOf(content), documentId, by: v7(), declaredAt: at, session, receivedAt: at },
      outcome: null,
    };
    await records().commit([
      ...writeDocument(documentId, undefined, document, act('createDocument')).writes,
      ...changeRecord('upload', id, undefined, upload, act('completeUpload')).writes,
      { put: { key: toExamineKey(id), version: 1, data: { id } }, expect: 'absent' },
    ]);
    return documentId;
  }

  /** Starts a new process, as Lambda does, far from any package. @returns what it wrote. */
  async function run(name: (typeof jobs)[number], event: object, dynamoAddress = endpoints.dynamo): Promise<string> {
    const script = `require(${JSON.stringify(join(dist, 'functions', name, 'index.js'))})
      .handler(${JSON.stringify(event)}).then(() => process.exit(0));`;
    const child = spawn(process.execPath, ['--input-type=commonjs', '-e', script], {
      cwd: dist,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local-secret',
        AWS_ENDPOINT_URL_DYNAMODB: dynamoAddress,
        AWS_ENDPOINT_URL_S3: endpoints.s3,
        RECORDS_TABLE: dynamo.tables.records,
        EXPIRING_TABLE: dynamo.tables.expiring,
        ISSUER: 'https://issuer.example.org',
        JWKS_URI: 'https://issuer.example.org/keys',
        CLIENT_IDS: 'client',
        ARCHIVE_BUCKET: s3.archive,
        QUARANTINE_BUCKET: s3.quarantine,
        FIXITY_DAYS: '1',
        SCANNED: '0',
      },
    });
    let written = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (written += chunk));
    const [status] = await once(child, 'close');
    expect({ status, written: written.slice(-2000) }).toMatchObject({ status: 0 });
    return written;
  }

  /** A vote that was opened a while ago, with ballots. @returns the resolution. */
  async function put(closesAt: string, choices: Choice[], ballot: VotingRule['ballot'] = 'open'): Promise<string> {
    const id = v7();
    const openedAt = '2026-01-01T12:00:00.000Z';
    const keys = ballot === 'secret' ? await newSealingKeys() : null;
    const vote: NewVote = {
      ...{ openedBy: v7(), closesAt, rule: { ...rule, ballot }, ruleWhenRecused: null, groups: [], meetingId: null },
      ...{ inOffice: choices.length, people: choices.length, fixed: 3, sealKey: keys?.sealKey ?? null },
    };
    const text = { title: 'A motion', preamble: '', text: '1. It is so.', language: 'en', effectiveOn: null };
    const motion = { ...text, attachments: [], followUp: null, election: null, effects: [] };
    const moved = moveMotion(draftResolution(bodyId, motion, v7()), v7(), openedAt);
    const resolution = openVote(secondMotion(moved, v7(), openedAt), vote, openedAt);
    const ballots = await Promise.all(
      choices.map(async (said): Promise<Ballot> => {
        const whose = { resolutionId: id, personId: v7() };
        const cast = { ...whose, by: whose.personId, at: openedAt };
        if (keys === null) return { ...cast, said, sealed: null };
        return { ...cast, said: null, sealed: await seal(sealedText(whose, said, null), keys.sealKey) };
      }),
    );
    const inShard = (shard: number) => ballots.filter(({ personId }) => shardOf(personId) === shard);
    const voters = (shard: number) => inShard(shard).map(({ personId }) => ({ personId, weight: 1, group: -1 }));
    await records().commit([
      ...writeResolution(id, undefined, resolution, act('openVote')).writes,
      ...Array.from({ length: shards }, (_, shard): Write[] => [
        { put: { key: gateKey(id, shard), version: 1, data: {} }, expect: 'absent' },
        { put: { key: electorateKey(id, shard), version: 1, data: electorateData(voters(shard)) }, expect: 'absent' },
      ]).flat(),
      ...moveRows([], ballots.map(ballotRow)),
      ...(keys === null
        ? []
        : [
            {
              put: { key: sealingKey(id), version: 1, data: keys.privateKey, expiresAt: sealingKeyExpiresAt(closesAt) },
              expect: 'absent' as const,
            },
          ]),
    ]);
    return id;
  }

  const resolutionOf = async (id: string) =>
    (await records().get(recordKey('resolution', id)))?.data as unknown as Resolution;

  const versionOf = async (documentId: string) =>
    (await records().get(versionKey(documentId, 1)))?.data as unknown as Version | undefined;

  it('ingest reads and seals the PDF that the change feed names, and custody finds all of it good', async () => {
    const content = Buffer.from(
      await pdfOf(['First page', 'Second page'], { info: { Title: 'The report of the year' } }),
    );
    const id = await uploaded({ store: blobs(), origin: endpoints.s3, connect: blobs, close: async () => {} }, content);
    const documentId = await received(id, content, 'report.pdf', 'application/pdf');
    const keys = { partition: { S: toExamineKey(id).partition }, sort: { S: id } };
    expect(await run('ingest', { Records: [{ eventName: 'INSERT', dynamodb: { Keys: keys } }] })).toBe('');

    const version = await versionOf(documentId);
    expect(version).toMatchObject({
      condition: 'sound',
      pages: 2,
      title: 'The report of the year',
      ...bytesOf(content),
    });
    expect(await contentOf(await blobs().read(bytesOf(content).sha256))).toEqual(content);
    const text = await contentOf(await blobs().read(version?.text?.sha256 ?? ''));
    expect(text.toString()).toBe('First page\fSecond page');
    expect(await blobs().sizeOfUpload(id)).toBeUndefined();

    const [round, ...more] = (await run('custody', {})).trim().split('\n');
    expect(JSON.parse(round ?? '')).toMatchObject({ level: 'info', operation: 'custodyRound' });
    expect(more).toEqual([]);
    const state = (await records().get(archiveStateKey))?.data as unknown as ArchiveState;
    expect(state).toMatchObject({ files: 2, good: 2, failed: 0 });

    const custodyOf = async () => custodyIn(await records().get(custodyKey(bytesOf(content).sha256)));
    const before = await custodyOf();
    await records().commit([askForCheck(bytesOf(content).sha256, at)]);
    expect(await run('custody', { only: 'asked' })).toBe('');
    expect((await custodyOf())?.checkedAt).not.toBe(before?.checkedAt);
    expect(await records().get(toCheckKey(bytesOf(content).sha256))).toBeUndefined();
  });

  it('ingest seals on its schedule what came in parts, and refuses what is no PDF', async () => {
    const store = blobs();
    const parts = [Buffer.alloc(5 * mebibyte, 'minutes\n'), Buffer.alloc(1000, 'the end\n')];
    const id = v7();
    const session = await store.beginParts(id);
    for (const [index, part] of parts.entries()) {
      const grant = await store.grantPart(id, session, partOf(index + 1, part), validFor());
      expect(await send(endpoints.s3, grant, part)).toBe(200);
    }
    await store.joinParts(id, session, await store.listParts(id, session));
    const inParts = await received(id, Buffer.concat(parts), 'minutes.txt', 'text/plain', session);
    const program = Buffer.from('MZ\x90\0 this program cannot be run in DOS mode');
    const wrong = await uploaded({ store, origin: endpoints.s3, connect: blobs, close: async () => {} }, program);
    const ofProgram = await received(wrong, program, 'report.pdf', 'application/pdf');

    expect(await run('ingest', {})).toBe('');
    expect(await versionOf(inParts)).toMatchObject({ condition: 'sound', size: 5 * mebibyte + 1000 });
    expect(await versionOf(ofProgram)).toBeUndefined();
    const refused = (await records().get(recordKey('upload', wrong)))?.data as unknown as Upload;
    expect(refused.outcome).toMatchObject({
      version: null,
      refused: expect.stringContaining('a Windows program, not PDF'),
    });
    expect(await records().get(toExamineKey(wrong))).toBeUndefined();
  });

  it('count shuts and counts the votes whose time is over, and no other, with no right beyond its own', async () => {
    const over = await put('2026-01-02T12:00:00.000Z', ['yes', 'yes', 'no']);
    const secret = await put('2026-01-02T13:00:00.000Z', ['abstain', 'yes', 'no'], 'secret');
    const open = await put(new Date(Date.now() + 3_600_000).toISOString(), ['yes']);
    const watched = await watchDynamo(endpoints.dynamo);
    expect(await run('count', {}, watched.address)).toBe('');
    await watched.stop();

    expect((await resolutionOf(over)).vote).toMatchObject({
      shutAt: expect.any(String),
      result: { count: { yes: 2, no: 1, abstained: 0 }, outcome: { carried: true } },
    });
    expect((await resolutionOf(over)).adoption?.number).toMatch(/-001$/);
    expect((await resolutionOf(secret)).vote?.result?.count).toMatchObject({ yes: 1, no: 1, abstained: 1 });
    expect(await records().get(sealingKey(secret))).toBeUndefined();
    expect((await resolutionOf(open)).vote).toMatchObject({ shutAt: null, result: null });
    const { records: recordsTable, expiring } = dynamo.tables;
    expect(watched.actionsOn(recordsTable)).toEqual(['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query']);
    expect(watched.actionsOn(expiring)).toEqual(['DeleteItem', 'GetItem']);
    // What was counted once stays as it is.
    const before = await records().get(recordKey('resolution', over));
    expect(await run('count', {})).toBe('');
    expect(await records().get(recordKey('resolution', over))).toEqual(before);
  });

  it('ingest does nothing for an upload that the book does not know', async () => {
    const detail = { s3ObjectDetails: { objectKey: 'malware-protection-resource-validation-object' } };
    expect(await run('ingest', { source: 'aws.guardduty', detail })).toBe('');
  });
});
