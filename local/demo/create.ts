/** Makes the demonstration book whole, or not at all. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { v7 } from 'uuid';
import { type FileBlobStore, openFileBlobStore } from '../../shared/adapters/fileBlobStore.ts';
import { sealingRecordStore } from '../../shared/adapters/sealingRecordStore.ts';
import { translated } from '../../shared/adapters/sqliteFile.ts';
import { openSqliteRecordStore } from '../../shared/adapters/sqliteRecordStore.ts';
import { dateIn } from '../../shared/core/calendar.ts';
import { found } from '../../shared/core/founding.ts';
import { listPartition } from '../../shared/core/records.ts';
import type { LogLine } from '../../shared/http/log.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { type DemoIssuer, startDemoIssuer } from '../demoIssuer.ts';
import { demoPeople } from '../demoPeople.ts';
import { type Jobs, startJobs } from '../jobs.ts';
import { type EmbeddedServer, startServer } from '../server.ts';
import { embeddedServices } from '../services.ts';
import { demoLogFolder, demoLogKeysFolder, SettingError } from '../settings.ts';
import { type DemoBook, readDemoBook } from './book.ts';
import { demoClient } from './client.ts';
import { type DemoClock, demoClock } from './clock.ts';
import { loadDemoBook } from './load.ts';

/**
 * Does nothing when the file is there already. A crash in the middle leaves a part that the next start throws away.
 * @throws {SettingError} the disk is full or fails.
 * @param clock goes as the time does, unless it is told otherwise.
 */
export async function createDemoBook(
  folder: string,
  file: string,
  files: string,
  progress: (done: number, of: number) => void,
  { book = readDemoBook(), clock = demoClock() }: { readonly book?: DemoBook; readonly clock?: DemoClock } = {},
): Promise<void> {
  if (existsSync(file)) return;
  const part = `${file}.part`;
  for (const suffix of ['.part', '.part-wal', '.part-shm', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  for (const one of [files, demoLogFolder(folder), demoLogKeysFolder(folder)])
    rmSync(one, { recursive: true, force: true });
  try {
    const store = openSqliteRecordStore(part);
    try {
      const blobs = openFileBlobStore(files, { now: () => clock.now().getTime() });
      await fill(store, blobs, folder, { book, clock, progress });
    } finally {
      store.close();
    }
    moveLogInto(part);
  } catch (error) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(part + suffix, { force: true });
    rmSync(files, { recursive: true, force: true });
    throw error;
  }
  // The whole book is in this one file, and on disk: it is there from this rename on.
  renameSync(part, file);
}

/** Closing a database tries this too, but tells nobody when it fails. */
function moveLogInto(file: string): void {
  try {
    const db = new DatabaseSync(file);
    try {
      const result = db.prepare('pragma wal_checkpoint(truncate)').get();
      if (result?.busy !== 0) throw new SettingError(`Another program keeps ${file} open. Stop it, then start again.`);
    } finally {
      db.close();
    }
  } catch (error) {
    throw translated(error, file);
  }
}

async function fill(
  records: RecordStore,
  blobs: FileBlobStore,
  folder: string,
  { book, clock, progress }: { book: DemoBook; clock: DemoClock; progress: (done: number, of: number) => void },
): Promise<void> {
  const at = clock.now().toISOString();
  const invitation = { code: v7(), expiresAt: at };
  await sealingRecordStore(records).commit(
    found(book.founding, { at, today: dateIn(book.founding.organisation.timeZone, at), newId: () => v7(), invitation }),
  );
  const [board] = (
    await records.query({ table: 'records', partition: listPartition('bodies'), order: 'ascending', limit: 1 })
  ).items;

  let issuer: DemoIssuer | undefined;
  let server: EmbeddedServer | undefined;
  let jobs: Jobs | undefined;
  try {
    issuer = await startDemoIssuer({ port: 0, host: '127.0.0.1', dataFolder: folder, people: demoPeople(records) });
    let fault: string | undefined;
    const log = ({ internal }: LogLine) => {
      fault ??= internal;
    };
    const trusted = { ...issuer, clientIds: [issuer.clientId] };
    const services = { ...embeddedServices(records, trusted, { blobs, log }), now: clock.now };
    jobs = startJobs(services, { round: { periodDays: 30, hoursBetweenRounds: 1 } });
    server = await startServer({ ...services, records: jobs.records }, 0, undefined, blobs);
    const client = demoClient(`http://127.0.0.1:${server.port}`, issuer, () => fault);
    await loadDemoBook(book, client, String(board?.data.id), clock, progress);
  } finally {
    await server?.close();
    await issuer?.close();
    await jobs?.stop();
  }
}
