/** A book for the site's tests: the embedded server on an own SQLite file, with a clock that the test sets. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { sequence } from '../../functions/sequence/sequence.ts';
import type { OwnLog } from '../../functions/sequence/services.ts';
import { startServer } from '../../local/server.ts';
import { embeddedServices } from '../../local/services.ts';
import { openFileBlobStore } from '../../shared/adapters/fileBlobStore.ts';
import { openFileLogStore } from '../../shared/adapters/fileLogStore.ts';
import { openFileSigner } from '../../shared/adapters/fileSigner.ts';
import { openSqliteRecordStore } from '../../shared/adapters/sqliteRecordStore.ts';
import type { BodyKind, Office } from '../../shared/core/authorisation.ts';
import { found } from '../../shared/core/founding.ts';
import { readPolicy } from '../../shared/core/log/policy.ts';
import type { Profile } from '../../shared/core/organisation.ts';
import { closeReader } from '../../shared/examination/pdfReader.ts';
import { closeReturnReader } from '../../shared/examination/returnReader.ts';
import type { JobServices, Services } from '../../shared/http/operation.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { type Client, clientFor } from './client.ts';
import { contentOf } from './disclosures.ts';

export interface SiteServer {
  readonly origin: string;
  /** Who may record everything: administrator and secretary in one. */
  readonly keeper: Client;
  /** Somebody of the book, by what stands before the address. */
  as(name: string): Client;
  /** What the jobs of the archive are given; they run when a test asks for them. */
  readonly jobs: JobServices;
  setClock(at: string): void;
  /** Brings the log up to date with all that happened. */
  seal(): Promise<void>;
  /** Where its log lies. */
  readonly logFolder: string;
  /** How many reads of the store were made, with what they asked for. */
  readonly reads: string[];
  close(): Promise<void>;
}

export const profile: Profile = {
  legalName: 'Harbour Towns Alliance',
  shortName: 'HTA',
  jurisdiction: { code: 'US-VA', name: 'Commonwealth of Virginia' },
  incorporatedOn: '2022-01-14',
  taxStatus: '501(c)(3)',
  ein: '01-2345678',
  fiscalYearEnd: '06-30',
  timeZone: 'America/New_York',
  mission: 'Better **local** services.\n\n# A heading\n\n### A lower one',
  website: 'https://harbour.example/',
  demonstration: true,
};

/** The moment at which the clock of a new server stands. */
export const start = '2024-06-01T12:00:00.000Z';

/** @param organisation null leaves the book empty. */
export async function startSiteServer(organisation: Profile | null = profile): Promise<SiteServer> {
  const folder = mkdtempSync(join(tmpdir(), 'minutebook-site-'));
  const store = openSqliteRecordStore(join(folder, 'book.sqlite'));
  const reads: string[] = [];
  let clock = start;
  const blobs = openFileBlobStore(join(folder, 'files'), { now: () => Date.parse(clock) });
  const logFolder = join(folder, 'log');
  const ownLog: OwnLog = {
    store: openFileLogStore(logFolder),
    signers: [await openFileSigner(join(folder, 'log-key.pem'))],
    origin: 'harbour.example/log',
    witnesses: [],
    newSalt: () => new Uint8Array(randomBytes(32)),
  };
  const publishedLog = { ...ownLog, policy: readPolicy('quorum none\n') };
  const services: Services = {
    ...embeddedServices(counting(store, reads), null, { blobs, publishedLog }),
    now: () => new Date(clock),
    // A token is the name before the address.
    verifyToken: async token => ({ issuer: 'test', subject: token, email: `${token}@harbour.example` }),
  };
  const server = await startServer(services, 0, undefined, blobs);
  const origin = `http://127.0.0.1:${server.port}`;
  const keeper = clientFor(origin, 'keeper');
  if (organisation !== null) {
    await store.commit(
      found(
        {
          organisation,
          board: { name: 'Board of Directors', purpose: 'Governs.', established: '2022-01-14' },
          administrator: { name: 'Kim Keeper', email: 'keeper@harbour.example' },
        },
        { at: start, today: '2022-01-14', newId: () => v7(), invitation: { code: v7(), expiresAt: start } },
      ),
    );
    const me = (await keeper.getMe()).body.person;
    const [board] = (await keeper.listBodies()).body.items;
    const seat = { office: 'secretary', title: null, voting: false, from: '2022-01-14', to: null } as const;
    await keeper.createSeat({
      params: { bodyId: String(board?.id) },
      body: { personId: String(me?.id), ...seat },
    });
  }
  return {
    origin,
    keeper,
    as: name => clientFor(origin, name),
    jobs: services,
    setClock: at => {
      clock = at;
    },
    seal: async () => {
      while ((await sequence({ ...services, ...ownLog })).isMoreWaiting);
    },
    logFolder,
    reads,
    close: async () => {
      await server.close();
      await Promise.all([closeReader(), closeReturnReader()]);
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function counting(store: RecordStore, reads: string[]): RecordStore {
  return {
    get: key => {
      reads.push(`get ${key.partition}`);
      return store.get(key);
    },
    getMany: keys => {
      reads.push(`getMany ${keys.map(key => key.partition).join(' ')}`);
      return store.getMany(keys);
    },
    query: query => {
      reads.push(`query ${query.partition}`);
      return store.query(query);
    },
    commit: writes => store.commit(writes),
  };
}

export interface NewBody {
  readonly kind?: BodyKind;
  readonly name: string;
  readonly purpose?: string;
  readonly parentBodyId?: string | null;
  readonly established?: string;
  readonly publishesSeats?: boolean;
}

/** @returns its identifier */
export async function addBody({ keeper }: SiteServer, body: NewBody): Promise<string> {
  const facts = {
    kind: 'working-group' as const,
    purpose: '',
    parentBodyId: null,
    established: '2022-02-01',
    publishesSeats: true,
  };
  return (await keeper.createBody({ body: { ...facts, ...body } })).body.id;
}

export interface NewSeat {
  readonly name: string;
  readonly office?: Office;
  readonly title?: string | null;
  readonly voting?: boolean;
  readonly from?: string;
  readonly to?: string | null;
}

export async function seat({ keeper }: SiteServer, bodyId: string, { name, ...more }: NewSeat): Promise<void> {
  const personId = (await keeper.createPerson({ body: { name, email: null } })).body.id;
  const facts = { office: 'member' as const, title: null, voting: false, from: '2022-02-01', to: null };
  await keeper.createSeat({ params: { bodyId }, body: { personId, ...facts, ...more } });
}

export async function publish(site: SiteServer, content: Parameters<typeof contentOf>[0], at?: string) {
  const draft = (await site.keeper.createDisclosure({ body: contentOf(content) })).body;
  const sent = { params: { disclosureId: draft.id }, version: draft.version, body: at === undefined ? {} : { at } };
  return (await site.keeper.publishDisclosure(sent)).body;
}
