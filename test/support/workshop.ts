/** The stores of a book without its server: for tests of the work that nobody asks for by HTTP. */
import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { writeDocument } from '../../functions/documents/load.ts';
import { dynamoRecordStore } from '../../shared/adapters/dynamoRecordStore.ts';
import { openFileBlobStore } from '../../shared/adapters/fileBlobStore.ts';
import { s3BlobStore } from '../../shared/adapters/s3BlobStore.ts';
import { openSqliteRecordStore } from '../../shared/adapters/sqliteRecordStore.ts';
import { type ArchivedDocument, newDocument } from '../../shared/core/archive/documents.ts';
import { openUploadKey, toExamineKey, type Upload } from '../../shared/core/archive/uploads.ts';
import type { MediaType } from '../../shared/core/files.ts';
import { found } from '../../shared/core/founding.ts';
import { changeRecord, recordKey, type Stored, stored } from '../../shared/core/records.ts';
import type { LogLine } from '../../shared/http/log.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { send, validFor } from './blobs.ts';
import { newFolder, organisation } from './book.ts';
import { declarationOf, documentFacts } from './documents.ts';
import { createTables, dynamoLocalMissing, sharedDynamoLocal } from './dynamoLocal.ts';
import { createBuckets, s3ServerMissing, sharedS3Server } from './s3Server.ts';

export interface Workshop {
  readonly services: JobServices;
  readonly log: LogLine[];
  /** Of a file store. */
  readonly folder: string | undefined;
  /** The services over these stores in place of its own. */
  over(change: { readonly records?: RecordStore; readonly blobs?: BlobStore }): JobServices;
  /** A document without versions. */
  document(change?: Partial<ArchivedDocument>): Promise<string>;
  readDocument(id: string): Promise<Stored<ArchivedDocument>>;
  changeDocument(id: string, change: Partial<ArchivedDocument>): Promise<void>;
  /** An upload that was sent and completed, and waits to be examined. */
  completed(documentId: string, content: string | Buffer, name?: string, type?: MediaType): Promise<string>;
  readUpload(id: string): Promise<Upload>;
  /** What the quarantine of a file store holds; nothing is known of another one's. */
  quarantined(): string[];
  close(): unknown;
}

/** Each pair of stores by name; with why it cannot run on this machine, if so. */
export const workshops = [
  { stores: 'SQLite and files', open: onFiles, skipped: undefined },
  {
    stores: 'DynamoDB Local and S3',
    open: onS3,
    skipped: dynamoLocalMissing() ?? s3ServerMissing(),
  },
].map(one => ({ ...one, title: one.skipped === undefined ? one.stores : `${one.stores} (${one.skipped})` }));

type Send = (upload: string, content: Buffer<ArrayBuffer>) => Promise<void>;

async function onFiles(): Promise<Workshop> {
  const folder = newFolder();
  const files = join(folder, 'files');
  const records = openSqliteRecordStore(join(folder, 'book.sqlite'));
  const blobs = openFileBlobStore(files);
  const sending: Send = async (upload, content) => {
    const { size, sha256 } = declarationOf('', content);
    const receipt = await blobs.receive(
      { upload, send: { size, sha256 } },
      (async function* () {
        yield content;
      })(),
    );
    if (receipt !== 'taken') throw new Error(receipt);
  };
  return workshop(records, blobs, sending, files, () => {
    records.close();
    rmSync(folder, { recursive: true });
  });
}

async function onS3(): Promise<Workshop> {
  const { client, tables } = await createTables(await sharedDynamoLocal());
  const { client: s3, archive, quarantine } = await createBuckets(await sharedS3Server());
  const blobs = s3BlobStore({ client: s3, archive, quarantine, scanned: false });
  const sending: Send = async (upload, content) => {
    const status = await send(
      'http://localhost',
      await blobs.grantUpload(upload, declarationOf('', content), validFor()),
      content,
    );
    if (status !== 200) throw new Error(`The store answered ${status}`);
  };
  return workshop(dynamoRecordStore({ client, tables }), blobs, sending, undefined, () => {
    client.destroy();
    s3.destroy();
  });
}

async function workshop(
  records: RecordStore,
  blobs: BlobStore,
  sending: Send,
  folder: string | undefined,
  close: () => unknown,
): Promise<Workshop> {
  const log: LogLine[] = [];
  const services: JobServices = {
    records,
    blobs,
    now: () => new Date(),
    newId: () => v7(),
    log: line => log.push(line),
  };
  const by = v7();
  const act = (operation: string) => ({ operation, by, at: new Date().toISOString(), eventId: v7() });
  await records.commit(
    found(
      {
        organisation,
        board: { name: 'Board', purpose: 'Governs.', established: '2020-01-01' },
        administrator: { name: 'Administrator', email: null },
      },
      { at: act('').at, today: '2020-01-01', newId: () => v7(), invitation: { code: v7(), expiresAt: act('').at } },
    ),
  );
  const readDocument = async (id: string) => {
    const item = await records.get(recordKey('document', id));
    if (item === undefined) throw new Error('There is no such document');
    return stored<ArchivedDocument>(id, item);
  };
  return {
    services,
    log,
    folder,
    over: change => ({ ...services, ...change }),
    async document(change = {}) {
      const id = v7();
      const after = { ...newDocument(documentFacts(), 'officers'), ...change };
      await records.commit(writeDocument(id, undefined, after, act('createDocument')).writes);
      return id;
    },
    readDocument,
    async changeDocument(id, change) {
      const before = await readDocument(id);
      await records.commit(writeDocument(id, before, { ...before.data, ...change }, act('updateDocument')).writes);
    },
    async completed(documentId, content, name = 'notes.txt', type = 'text/plain') {
      const id = randomUUID();
      const bytes = Buffer.from(content);
      await sending(id, bytes);
      const at = act('').at;
      const upload: Upload = {
        ...declarationOf(name, bytes, type),
        ...{ documentId, by, declaredAt: at, session: null, receivedAt: at, outcome: null },
      };
      const { writes } = changeRecord('upload', id, undefined, upload, act('completeUpload'));
      const rows = [toExamineKey(id), openUploadKey(id, upload)];
      await records.commit([
        ...writes,
        ...rows.map(key => ({ put: { key, version: 1, data: { id } }, expect: 'absent' }) as const),
      ]);
      return id;
    },
    async readUpload(id) {
      return (await records.get(recordKey('upload', id)))?.data as unknown as Upload;
    },
    quarantined: () => (folder === undefined ? [] : readdirSync(join(folder, 'quarantine'))),
    close,
  };
}
