/** The transparency log on one machine: how many events are sealed in a second, where the time goes, and how soon one is published. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 } from 'uuid';
import { assignWaiting } from '../functions/sequence/assign.ts';
import { buildUpTo } from '../functions/sequence/build.ts';
import { introduceKeys } from '../functions/sequence/keys.ts';
import { publish } from '../functions/sequence/publish.ts';
import { readStand } from '../functions/sequence/stand.ts';
import { startJobs } from '../local/jobs.ts';
import { embeddedServices } from '../local/services.ts';
import { sealingRecordStore } from '../shared/adapters/sealingRecordStore.ts';
import { readCheckpoint } from '../shared/core/log/checkpoints.ts';
import { changeRecord } from '../shared/core/records.ts';
import type { RecordStore } from '../shared/ports/recordStore.ts';
import { newKey, openOnFiles, origin, removeFolder, servicesOf } from '../test/support/sequenced.ts';
import { logAtScale } from './logAtScale.ts';
import { printTable, quantile, round } from './table.ts';

const events = 100_000;
/** So many people change something at the same time. */
const atOnce = 64;

export async function log(): Promise<void> {
  await throughput();
  await latency();
  await logAtScale();
}

/** Something is said in public with every second one. */
function writesOf(index: number) {
  const kind = index % 2 === 0 ? 'person' : 'log-key';
  const record = { key: `Record ${index}`, name: 'Somebody', note: 'x'.repeat(200) };
  const act = { operation: 'benchmark', by: null, at: new Date().toISOString(), eventId: v7() };
  return changeRecord(kind, v7(), undefined, record, act).writes;
}

async function commitAll(records: RecordStore, count: number): Promise<number> {
  const started = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) await records.commit(writesOf(next++));
    }),
  );
  return (performance.now() - started) / 1000;
}

async function throughput(): Promise<void> {
  const bare = openOnFiles();
  const floorSeconds = await commitAll(bare.records, events / 10);
  bare.close();
  removeFolder(bare.folder);

  const place = openOnFiles();
  const services = servicesOf(place, [newKey()]);
  const commitSeconds = await commitAll(sealingRecordStore(place.records), events);
  const times = { assign: 0, build: 0, 'sign and publish': 0 };
  const timed = async <T>(stage: keyof typeof times, work: Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await work;
    times[stage] += (performance.now() - started) / 1000;
    return result;
  };
  let entries = 0;
  let runs = 0;
  for (let isMore = true; isMore; runs++) {
    const stand = await readStand(services);
    const keys = await introduceKeys(stand.keys, services);
    const { size, isMoreWaiting } = await timed('assign', assignWaiting(services));
    const head = await timed('build', buildUpTo(stand.head, size, services));
    await timed('sign and publish', publish(head, keys, stand.published?.raw, services));
    entries = size;
    isMore = isMoreWaiting;
  }
  place.close();
  const sealSeconds = times.assign + times.build + times['sign and publish'];
  const raw = rawCommits();
  printTable(`The log, embedded and durable: ${events} events, ${entries} entries, ${runs} checkpoints`, [
    row('raw commits of SQLite, one after the other', raw.count, raw.seconds),
    row(`commits without sealing, ${atOnce} at once`, events / 10, floorSeconds),
    row(`the same commits, to be sealed`, events, commitSeconds),
    row('sealed', events, sealSeconds),
    ...Object.entries(times).map(([stage, seconds]) => row(`  ${stage}`, events, seconds)),
  ]);
  printTable('On the disk', [
    {
      what: 'book',
      bytes: bytesIn(place.folder, 'book'),
      'for each event': round(bytesIn(place.folder, 'book') / events),
    },
    {
      what: 'files of the log',
      bytes: bytesIn(join(place.folder, 'log')),
      'for each event': round(bytesIn(join(place.folder, 'log')) / events),
    },
  ]);
  removeFolder(place.folder);
}

const row = (what: string, count: number, seconds: number) => ({
  what,
  seconds: round(seconds, 2),
  'events/s': round(count / seconds),
});

function rawCommits() {
  const folder = mkdtempSync(join(tmpdir(), 'minutebook-bench-'));
  const db = new DatabaseSync(join(folder, 'raw.sqlite'));
  db.exec(
    'pragma journal_mode = wal; pragma synchronous = full; create table rows (id integer primary key, data text)',
  );
  const insert = db.prepare('insert into rows (data) values (?)');
  const [count, started] = [2000, performance.now()];
  for (let index = 0; index < count; index++) insert.run('x'.repeat(400));
  const seconds = (performance.now() - started) / 1000;
  db.close();
  rmSync(folder, { recursive: true });
  return { count, seconds };
}

function bytesIn(folder: string, prefix = ''): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.startsWith(prefix));
  return files.reduce(
    (sum, name) => sum + (statSync(join(folder, name)).isFile() ? statSync(join(folder, name)).size : 0),
    0,
  );
}

/** From the moment at which a commit is acknowledged to the one at which everybody can read a checkpoint over it. */
async function latency(): Promise<void> {
  const rows = [];
  for (const [perSecond, seconds] of [
    [2, 15],
    [50, 10],
    [300, 10],
  ] as const) {
    const place = openOnFiles();
    const services = embeddedServices(place.records, null);
    const { signers, witnesses, newSalt, store } = servicesOf(place, [newKey()]);
    const pace = { periodDays: 30, hoursBetweenRounds: 24 };
    const jobs = startJobs(services, { round: pace, log: { store, signers, witnesses, newSalt, origin } });
    const readSize = async () => readCheckpoint((await store.readCheckpoint())?.content ?? '')?.checkpoint.size ?? 0;
    // The key's introduction: two entries.
    while ((await readSize()) < 2) await pause(20);
    const committed: number[] = [];
    const waited: number[] = [];
    const count = perSecond * seconds;
    const started = performance.now();
    const committing = (async () => {
      const pending: Promise<void>[] = [];
      for (let index = 0; index < count; index++) {
        await pause(Math.max(0, started + (index * 1000) / perSecond - performance.now()));
        pending.push(
          jobs.records.commit(writesOf(2 * index)).then(() => {
            committed.push(performance.now());
          }),
        );
      }
      await Promise.all(pending);
    })();
    while (waited.length < count) {
      const size = await readSize();
      for (const now = performance.now(); waited.length < size - 2; )
        waited.push(now - (committed[waited.length] ?? now));
      await pause(5);
    }
    await committing;
    await jobs.stop();
    place.close();
    removeFolder(place.folder);
    rows.push({
      'events/s': perSecond,
      'p50 ms': round(quantile(waited)),
      'p99 ms': round(quantile(waited, 0.99)),
      'at most ms': round(Math.max(...waited)),
    });
  }
  printTable('From a commit to the checkpoint over it', rows);
}

if (import.meta.main) await log();
