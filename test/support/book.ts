/** A whole book for API tests: a founded organisation, a person for each role, the embedded server, a real issuer. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe } from 'vitest';
import type { OwnLog } from '../../functions/sequence/services.ts';
import { startDemoIssuer } from '../../local/demoIssuer.ts';
import { startJobs } from '../../local/jobs.ts';
import { type EmbeddedServer, startServer } from '../../local/server.ts';
import { embeddedServices } from '../../local/services.ts';
import { dynamoRecordStore } from '../../shared/adapters/dynamoRecordStore.ts';
import { type FileBlobStore, openFileBlobStore } from '../../shared/adapters/fileBlobStore.ts';
import { openFileLogStore } from '../../shared/adapters/fileLogStore.ts';
import { openFileSigner } from '../../shared/adapters/fileSigner.ts';
import { s3BlobStore } from '../../shared/adapters/s3BlobStore.ts';
import { s3LogStore } from '../../shared/adapters/s3LogStore.ts';
import { openSqliteRecordStore } from '../../shared/adapters/sqliteRecordStore.ts';
import type { Role } from '../../shared/core/authorisation.ts';
import { found } from '../../shared/core/founding.ts';
import { readPolicy } from '../../shared/core/log/policy.ts';
import type { LogLine } from '../../shared/http/log.ts';
import type { Services } from '../../shared/http/operation.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import type { LogStore } from '../../shared/ports/logStore.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { type Client, clientFor } from './client.ts';
import { demoToken } from './demoIssuerClient.ts';
import { createTables, dynamoLocalMissing, sharedDynamoLocal } from './dynamoLocal.ts';
import { createBuckets, createLogBucket, type S3Buckets, s3ServerMissing, sharedS3Server } from './s3Server.ts';

export interface TestBook {
  readonly origin: string;
  readonly records: RecordStore;
  readonly blobs: BlobStore;
  /** Where the bytes lie, for whoever means them harm. */
  readonly place: Place;
  /** What the jobs of the archive are given. */
  readonly services: Services;
  /** The log of the book, which stands still until a test seals what waits: see sealing.ts. */
  readonly ownLog: OwnLog;
  /** The client of somebody who has just this role (and those that come with it). */
  readonly as: Readonly<Record<Role, Client>>;
  /** The client of anybody with a verified e-mail address. */
  signedIn(email: string): Promise<Client>;
  readonly bodies: { readonly board: string; readonly group: string; readonly membership: string };
  readonly people: Readonly<Record<Exclude<Role, 'public' | 'signed-in'>, string>>;
  /** Moves the clock of the handlers; undefined lets it run. */
  setClock(at: string | undefined): void;
  readonly log: readonly LogLine[];
  /** Another server on the same records, with some of the outside world replaced. */
  serveWith(change: Partial<Services>): Promise<string>;
}

export type Place = { readonly folder: string } | S3Buckets;

/** Runs the same tests on SQLite and, where Java is present, on DynamoDB Local. */
export function describeOnEachStore(name: string, tests: (book: () => TestBook) => void): void {
  const missing = dynamoLocalMissing();
  const columns = [
    { store: 'SQLite and files', open: openSqlite, skipped: undefined },
    {
      store: `DynamoDB Local and ${s3ServerMissing() === undefined ? 'S3' : 'files'}`,
      open: openDynamo,
      skipped: missing,
    },
  ];
  for (const { store, open, skipped } of columns) {
    describe.skipIf(skipped !== undefined)(
      `${name}, on ${store}${skipped === undefined ? '' : ` (${skipped})`}`,
      () => {
        let book: TestBook;
        const closing: (() => unknown)[] = [];
        beforeAll(async () => {
          const opened = await open();
          closing.unshift(opened.close);
          book = await openBook(opened, closing);
        });
        afterAll(async () => {
          for (const close of closing) await close();
        });
        tests(() => book);
      },
    );
  }
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'minutebook-'));
}

interface Opened {
  readonly records: RecordStore;
  readonly blobs: BlobStore;
  /** Set when the embedded server itself answers where grants and links lead. */
  readonly files?: FileBlobStore;
  readonly place: Place;
  readonly logStore: LogStore;
  readonly close: () => unknown;
}

async function openSqlite(): Promise<Opened> {
  const folder = newFolder();
  const records = openSqliteRecordStore(join(folder, 'book.sqlite'));
  const files = openFileBlobStore(join(folder, 'files'));
  return {
    records,
    blobs: files,
    files,
    place: { folder: join(folder, 'files') },
    logStore: openFileLogStore(join(folder, 'log')),
    close: () => {
      records.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openDynamo(): Promise<Opened> {
  const { client, tables } = await createTables(await sharedDynamoLocal());
  const records = dynamoRecordStore({ client, tables });
  // Without the S3 server the archive is in files; the suite's name tells.
  if (s3ServerMissing() !== undefined) {
    const folder = newFolder();
    const files = openFileBlobStore(folder);
    const close = () => {
      client.destroy();
      rmSync(folder, { recursive: true, force: true });
    };
    const logStore = openFileLogStore(join(folder, 'log'));
    return { records, blobs: files, files, place: { folder }, logStore, close };
  }
  const buckets = await createBuckets(await sharedS3Server());
  const { client: s3, archive, quarantine } = buckets;
  const close = () => {
    client.destroy();
    s3.destroy();
  };
  const blobs = s3BlobStore({ client: s3, archive, quarantine, scanned: false });
  const logStore = s3LogStore({ client: s3, bucket: await createLogBucket(s3), prefix: 'log/' });
  return { records, blobs, place: buckets, logStore, close };
}

export const organisation = {
  legalName: 'Test Society',
  shortName: null,
  jurisdiction: { code: 'US-VA', name: 'Virginia' },
  incorporatedOn: '2020-01-01',
  taxStatus: '501(c)(3)',
  ein: '01-2345678',
  fiscalYearEnd: '12-31',
  timeZone: 'America/New_York',
  mission: 'To be *tested*.',
  website: null,
  demonstration: false,
};

const emailOf = (role: string) => `${role}@test.example`;

async function openBook(opened: Opened, closing: (() => unknown)[]): Promise<TestBook> {
  const { records, blobs, files, place, logStore } = opened;
  const log: LogLine[] = [];
  let clock: string | undefined;
  const folder = newFolder();
  const strangers = new Set<string>();
  const roles = ['member', 'director', 'secretary', 'treasurer', 'auditor', 'administrator'] as const;
  const issuer = await startDemoIssuer({
    port: 0,
    host: '127.0.0.1',
    dataFolder: folder,
    people: async () => [...roles.map(emailOf), ...strangers].map(email => ({ email, name: email, seats: [] })),
  });
  closing.unshift(() => issuer.close());
  const ownLog = {
    origin: 'book.test.example/log',
    store: logStore,
    signers: [await openFileSigner(join(folder, 'log.pem'))],
    policy: readPolicy('quorum none\n'),
    witnesses: [],
    newSalt: () => new Uint8Array(randomBytes(32)),
  };
  const publishedLog = { origin: ownLog.origin, store: logStore, policy: ownLog.policy };
  const given = { blobs, publishedLog, log: (line: LogLine) => log.push(line) };
  const services: Services = {
    ...embeddedServices(records, { ...issuer, clientIds: [issuer.clientId] }, given),
    now: () => (clock === undefined ? new Date() : new Date(clock)),
  };
  // The round of the archive runs when a test asks for it.
  const jobs = startJobs(services, { round: { periodDays: 30, hoursBetweenRounds: 24 } });
  closing.unshift(() => jobs.stop());
  const serveWith = async (change: Partial<Services>) => {
    const server: EmbeddedServer = await startServer(
      { ...services, records: jobs.records, ...change },
      0,
      undefined,
      files,
    );
    closing.unshift(() => server.close());
    return `http://127.0.0.1:${server.port}`;
  };
  const origin = await serveWith({});
  const signedIn = async (email: string) => {
    strangers.add(email);
    return clientFor(origin, await demoToken(issuer, email));
  };

  await services.records.commit(
    found(
      {
        organisation,
        board: { name: 'Board of Directors', purpose: 'Governs.', established: '2020-01-01' },
        administrator: { name: 'Person administrator', email: emailOf('administrator') },
      },
      {
        at: new Date().toISOString(),
        today: '2020-01-01',
        newId: () => v7(),
        invitation: { code: v7(), expiresAt: '2020-01-02T00:00:00.000Z' },
      },
    ),
  );
  const administrator = await signedIn(emailOf('administrator'));
  const made = await seed(administrator);
  const clients = await Promise.all(roles.map(async role => [role, await signedIn(emailOf(role))] as const));
  return {
    origin,
    records: services.records,
    blobs,
    place,
    services,
    ownLog,
    as: {
      ...(Object.fromEntries(clients) as Record<(typeof roles)[number], Client>),
      public: clientFor(origin),
      'signed-in': await signedIn('stranger@test.example'),
    },
    signedIn,
    ...made,
    setClock: at => {
      clock = at;
    },
    log,
    serveWith,
  };
}

/** A working group and a membership, and one person with just the seat that gives each role. */
async function seed(administrator: Client): Promise<Pick<TestBook, 'bodies' | 'people'>> {
  const me = await administrator.getMe();
  const [board] = (await administrator.listBodies()).body.items;
  const body = async (kind: 'working-group' | 'membership', publishesSeats: boolean) => {
    const facts = {
      kind,
      name: `The ${kind}`,
      purpose: '',
      parentBodyId: null,
      established: '2020-01-01',
      publishesSeats,
    };
    return (await administrator.createBody({ body: facts })).body.id;
  };
  const bodies = {
    board: String(board?.id),
    group: await body('working-group', true),
    membership: await body('membership', false),
  };
  const person = async (role: string, bodyId: string, office: string, voting: boolean) => {
    const { id } = (await administrator.createPerson({ body: { name: `Person ${role}`, email: emailOf(role) } })).body;
    const seat = { personId: id, office, title: null, voting, from: '2020-01-01', to: null } as const;
    await administrator.createSeat({ params: { bodyId }, body: seat as never });
    return id;
  };
  return {
    bodies,
    people: {
      administrator: String(me.body.person?.id),
      member: await person('member', bodies.membership, 'member', true),
      director: await person('director', bodies.board, 'director', true),
      secretary: await person('secretary', bodies.board, 'secretary', false),
      treasurer: await person('treasurer', bodies.board, 'treasurer', false),
      auditor: await person('auditor', bodies.board, 'auditor', false),
    },
  };
}
