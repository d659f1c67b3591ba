/** The RecordStore of the embedded server: one SQLite file, for one machine. */
import { Buffer } from 'node:buffer';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { BusyError, VersionConflictError } from '../errors.ts';
import type {
  Expectation,
  Item,
  JsonObject,
  Key,
  Page,
  Query,
  RecordStore,
  Table,
  Write,
} from '../ports/recordStore.ts';
import { checkKey, checkKeys, checkQuery, checkWrites, keyOf } from './itemLimits.ts';
import { emptyLog, isBusy, openSqliteFile, translated } from './sqliteFile.ts';

export interface SqliteRecordStoreOptions {
  /** How long to wait for another process that holds the file. */
  readonly patienceMilliseconds?: number;
  /** Unix time in milliseconds. */
  readonly now?: () => number;
}

const sweepIntervalMilliseconds = 60_000;
const sweepItems = 1000;

/** So many commits are applied in one transaction at most: whoever reads waits for it. */
const batchCommits = 64;

/** How long to leave the log alone after others kept it from being emptied. */
const retryMilliseconds = 500;

/** Sorts behind every key: no UTF-8 has this byte. */
const end = Buffer.of(0xff);
const zero = Buffer.of(0);

/**
 * Opens the file, or creates it for its owner only. Any number of processes may have it open.
 *
 * @throws {BookFileError} the file is not a book of this Minutebook; it is left as it is.
 * @throws {UnavailableError} the disk is full or fails.
 */
export function openSqliteRecordStore(
  file: string,
  { patienceMilliseconds = 5000, now = Date.now }: SqliteRecordStoreOptions = {},
): RecordStore & { close(): void } {
  const db = openSqliteFile(file, patienceMilliseconds);
  // From here on waiting is done between attempts, so that this process goes on answering.
  db.exec('pragma busy_timeout = 20');
  const statements = {
    records: prepareStatements(db, 'records'),
    expiring: prepareStatements(db, 'expiring'),
    log: prepareStatements(db, 'log'),
  };
  const begin = db.prepare('begin immediate');
  const commit = db.prepare('commit');
  const rollback = db.prepare('rollback');
  const sweep = db.prepare(
    'delete from expiring where id in (select id from expiring where expires_at <= ? order by expires_at limit ?)',
  );
  const waiting: Waiting[] = [];
  let sweptAt = Number.NEGATIVE_INFINITY;
  // A crash behind a removal leaves what was removed in the log until the file is opened again.
  let hasRemoved = true;
  let retry: NodeJS.Timeout | undefined;

  async function patiently<T>(attempt: () => T): Promise<T> {
    for (const started = Date.now(); ; await pause(5 + Math.random() * 20)) {
      try {
        return attempt();
      } catch (error) {
        if (!isBusy(error)) throw translated(error, file);
        if (Date.now() - started >= patienceMilliseconds) throw new BusyError(error);
      }
    }
  }

  /** A crash before `commit` has synced the log leaves the file as it was; SQLite rolls the rest back at the next open. */
  function transaction(work: () => void): void {
    begin.run();
    try {
      work();
      commit.run();
    } catch (error) {
      if (db.isTransaction) rollback.run();
      throw error;
    }
  }

  function read(key: Key): Item | undefined {
    const row = statements[key.table].get.get(Buffer.from(key.partition), Buffer.from(key.sort));
    return row && { key: { table: key.table, partition: key.partition, sort: key.sort }, ...fromRow(row) };
  }

  function holds(key: Key, expect: Expectation): boolean {
    if (expect === 'any') return true;
    const row = statements[key.table].version.get(Buffer.from(key.partition), Buffer.from(key.sort));
    return expect === 'absent' ? row === undefined : row?.version === expect.version;
  }

  /** Those that wait share one transaction: syncing the log takes much longer than all else, and once is enough for them all. */
  async function applyWaiting(): Promise<void> {
    const batch = waiting.slice(0, batchCommits);
    const settle = await patiently(() => applyAll(batch)).catch(
      error =>
        ({ reject }: Waiting) =>
          reject(error),
    );
    waiting.splice(0, batch.length);
    if (waiting.length > 0) setImmediate(applyWaiting);
    for (const one of batch) settle(one);
    forget();
  }

  /** @returns what tells each of them how it went, once all that was written is durable. */
  function applyAll(batch: readonly Waiting[]): (one: Waiting) => void {
    const conflicts = new Map<Waiting, VersionConflictError>();
    transaction(() => {
      if (batch.some(({ writes }) => writes.some(write => keyOf(write).table === 'expiring'))) sweepExpired();
      for (const one of batch) {
        const failed = one.writes.filter(write => !holds(keyOf(write), write.expect)).map(keyOf);
        if (failed.length > 0) {
          const keys = failed.map(({ partition, sort }) => ({ partition, sort }));
          conflicts.set(one, new VersionConflictError(keys));
        } else for (const { table, sql, values } of one.changes) statements[table][sql].run(...values);
      }
    });
    const removes = (write: Write) =>
      'remove' in write ? write.remove.table === 'expiring' : 'put' in write && write.forgets === true;
    hasRemoved ||= batch.some(one => !conflicts.has(one) && one.writes.some(removes));
    return one => {
      const conflict = conflicts.get(one);
      if (conflict === undefined) one.resolve();
      else one.reject(conflict);
    };
  }

  function sweepExpired(): void {
    if (now() - sweptAt < sweepIntervalMilliseconds) return;
    sweptAt = now();
    sweep.run(Math.floor(now() / 1000), sweepItems);
  }

  /** What was removed from `expiring`, or is to be forgotten, is gone from the disk, not only from the table. The commit is made, whatever fails in here. */
  function forget(): void {
    if (!hasRemoved || retry !== undefined) return;
    try {
      hasRemoved = !emptyLog(db);
    } catch {
      // Left for the next time.
    }
    if (!hasRemoved) return;
    retry = setTimeout(() => {
      retry = undefined;
      forget();
    }, retryMilliseconds).unref();
  }

  try {
    transaction(sweepExpired);
    forget();
  } catch (error) {
    // Somebody else is writing; the next commit to the table sweeps.
    if (!isBusy(error)) {
      db.close();
      throw translated(error, file);
    }
  }

  return {
    async get(key) {
      checkKey(key);
      return patiently(() => read(key));
    },

    async getMany(keys) {
      checkKeys(keys);
      return patiently(() => keys.map(read));
    },

    async query(query) {
      checkQuery(query);
      const [from, below] = range(query);
      const statement = statements[query.table][query.order];
      const rows = await patiently(() => statement.all(Buffer.from(query.partition), from, below, query.limit + 1));
      return page(query, rows);
    },

    async commit(writes) {
      checkWrites(writes);
      const changes = writes.map(change);
      await new Promise<void>((resolve, reject) => {
        waiting.push({ writes, changes, resolve, reject });
        if (waiting.length === 1) setImmediate(applyWaiting);
      });
    },

    close() {
      clearTimeout(retry);
      db.close();
    },
  };
}

type Statements = Record<'get' | 'version' | 'put' | 'remove' | 'ascending' | 'descending', StatementSync>;

function prepareStatements(db: DatabaseSync, table: Table): Statements {
  const range = `select sort, version, data, expires_at from ${table}
    where partition = ? and sort >= ? and sort < ? order by sort`;
  return {
    get: db.prepare(`select version, data, expires_at from ${table} where partition = ? and sort = ?`),
    version: db.prepare(`select version from ${table} where partition = ? and sort = ?`),
    put: db.prepare(`insert into ${table} (partition, sort, version, data, expires_at) values (?, ?, ?, ?, ?)
      on conflict (partition, sort) do update
      set version = excluded.version, data = excluded.data, expires_at = excluded.expires_at`),
    remove: db.prepare(`delete from ${table} where partition = ? and sort = ?`),
    ascending: db.prepare(`${range} asc limit ?`),
    descending: db.prepare(`${range} desc limit ?`),
  };
}

/** A commit that is to be applied. */
interface Waiting {
  readonly writes: readonly Write[];
  readonly changes: readonly Change[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

type Change = { table: Table; sql: 'put' | 'remove' | 'version'; values: (Buffer | string | number | null)[] };

/** What to run for a write once all expectations hold; for a check that is a read, which changes nothing. */
function change(write: Write): Change {
  const { table, partition, sort } = keyOf(write);
  const key = [Buffer.from(partition), Buffer.from(sort)];
  if ('remove' in write) return { table, sql: 'remove', values: key };
  if ('check' in write) return { table, sql: 'version', values: key };
  const { version, data, expiresAt = null } = write.put;
  return { table, sql: 'put', values: [...key, version, JSON.stringify(data), expiresAt] };
}

/** The sort keys of a query as bytes, from the first bound up to but not including the second. */
function range({ prefix, upTo, after, order }: Query): [Buffer, Buffer] {
  const lower: Buffer[] = [Buffer.alloc(0)];
  const upper: Buffer[] = [end];
  if (prefix !== undefined) {
    const from = Buffer.from(prefix);
    const below = Buffer.from(prefix);
    // The last byte of UTF-8 is never 0xff, so adding one is enough to stand behind all that begins with the prefix.
    below[below.length - 1] = (below.at(-1) ?? 0) + 1;
    lower.push(from);
    upper.push(below);
  }
  if (upTo !== undefined) upper.push(Buffer.concat([Buffer.from(upTo), zero]));
  if (after !== undefined && order === 'ascending') lower.push(Buffer.concat([Buffer.from(after), zero]));
  if (after !== undefined && order === 'descending') upper.push(Buffer.from(after));
  return [lower.sort(Buffer.compare).at(-1) ?? zero, upper.sort(Buffer.compare)[0] ?? end];
}

type Row = ReturnType<StatementSync['all']>[number];

function page({ table, partition, limit }: Query, rows: readonly Row[]): Page {
  const items = rows.slice(0, limit).map(row => {
    const sort = Buffer.from(row.sort as Uint8Array).toString('utf8');
    return { key: { table, partition, sort }, ...fromRow(row) };
  });
  return { items, more: rows.length > limit };
}

function fromRow(row: Row): Omit<Item, 'key'> {
  return {
    version: row.version as number,
    data: JSON.parse(row.data as string) as JsonObject,
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at as number }),
  };
}
