/** The RecordStore contract on SQLite, and what only a file can do: processes that share it, formats, expiry. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BookFileError } from '../../shared/adapters/sqliteFile.ts';
import { openSqliteRecordStore } from '../../shared/adapters/sqliteRecordStore.ts';
import { BusyError, UnavailableError } from '../../shared/errors.ts';
import { keyIn, put } from '../support/items.ts';
import { allOf, minute } from '../support/minutes.ts';
import { recordStoreSuite } from './recordStore.suite.ts';

let folder: string;
let files = 0;
const newFile = () => join(folder, `book-${files++}.sqlite`);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minutebook-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('RecordStore on SQLite', () => {
  recordStoreSuite(async () => {
    const file = newFile();
    const stores = [openSqliteRecordStore(file)] as const;
    const others: { close(): void }[] = [];
    return {
      store: stores[0],
      connect() {
        const another = openSqliteRecordStore(file);
        others.push(another);
        return another;
      },
      async close() {
        for (const each of [...stores, ...others]) each.close();
      },
    };
  }, 150);

  describe('forgets what is removed from the table that expires', () => {
    const secret = 'the-secret-of-the-vote';
    const holding = (file: string) =>
      ['', '-wal'].filter(end => existsSync(file + end) && readFileSync(file + end).includes(secret));
    const key = keyIn('ballot-key#1', 'key', 'expiring');
    const filled = async (file: string) => {
      const store = openSqliteRecordStore(file);
      for (let neighbour = 0; neighbour < 40; neighbour++)
        await store.commit([
          put(keyIn(`idempotency#${neighbour}`, 'answer', 'expiring'), 1, { text: 'x'.repeat(neighbour * 20) }),
        ]);
      await store.commit([put(key, 1, { secret })]);
      for (let neighbour = 0; neighbour < 40; neighbour++)
        await store.commit([
          put(keyIn(`idempotency#${neighbour}`, 'answer', 'expiring'), 2, { text: 'y'.repeat(800 - neighbour) }),
        ]);
      expect(holding(file).length).toBeGreaterThan(0);
      return store;
    };

    it('before the commit is acknowledged, in every file', async () => {
      const file = newFile();
      const store = await filled(file);
      await store.commit([{ remove: key, expect: { version: 1 } }]);
      expect(holding(file)).toEqual([]);
      store.close();
    });

    it('what a put is to forget as well', async () => {
      const file = newFile();
      const store = await filled(file);
      const record = keyIn('person#1', 'event#1');
      await store.commit([put(record, 1, { secret })]);
      await store.commit([{ remove: key, expect: { version: 1 } }]);
      expect(holding(file).length).toBeGreaterThan(0);
      await store.commit([{ ...put(record, 2, {}), forgets: true }]);
      expect(holding(file)).toEqual([]);
      store.close();
    });

    it('a moment later, when another process was reading just then', async () => {
      const file = newFile();
      (await filled(file)).close();
      const store = openSqliteRecordStore(file);
      const reader = new DatabaseSync(file);
      reader.exec('begin');
      reader.prepare('select count(*) from records').get();
      await store.commit([{ remove: key, expect: { version: 1 } }]);
      expect(await store.get(key)).toBeUndefined();
      reader.exec('rollback');
      reader.close();
      await vi.waitFor(() => expect(holding(file)).toEqual([]), 5000);
      store.close();
    });

    it('when it is opened again, after a crash in between', async () => {
      const file = newFile();
      const store = await filled(file);
      const reader = new DatabaseSync(file);
      reader.exec('begin');
      reader.prepare('select count(*) from records').get();
      await store.commit([{ remove: key, expect: { version: 1 } }]);
      // As the disk is when the program is killed here.
      const left = newFile();
      for (const end of ['', '-wal']) copyFileSync(file + end, left + end);
      reader.close();
      store.close();
      expect(holding(left).length).toBeGreaterThan(0);
      openSqliteRecordStore(left).close();
      expect(holding(left)).toEqual([]);
    });
  });

  it('applies commits that were made at once each for itself, and syncs once for many', async () => {
    const file = newFile();
    const store = openSqliteRecordStore(file);
    const key = keyIn('one', 'record');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 200 }, (_, index) =>
        store.commit([put(key, 1, { index }, 'absent'), put(keyIn('beside', String(index)), 1, {})]),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      ...Array.from({ length: 199 }, () => 'rejected'),
    ]);
    // What was refused left nothing, and what followed saw what was written before it in the same transaction.
    const beside = await store.query({ table: 'records', partition: 'beside', order: 'ascending', limit: 10 });
    expect(beside.items.map(item => item.key.sort)).toEqual(['0']);
    const [first, second, third] = await Promise.allSettled([
      store.commit([put(key, 2, {})]),
      store.commit([put(key, 3, {})]),
      store.commit([put(key, 3, {})]),
    ]);
    expect([first.status, second.status, third.status]).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    store.close();
  });

  it('lets processes write the same record of the same new file, and loses no change of theirs', async () => {
    const file = newFile();
    const writer = fileURLToPath(new URL('../support/minuteWriter.ts', import.meta.url));
    const outputs = await Promise.all(
      [1, 2, 3].map(async () => {
        const child = spawn(process.execPath, [writer, file, '200'], { stdio: ['ignore', 'pipe', 'inherit'] });
        const [chunks, [code]] = await Promise.all([child.stdout.toArray(), once(child, 'exit')]);
        expect(code).toBe(0);
        return Buffer.concat(chunks).toString();
      }),
    );
    const acknowledged = outputs.join('').trim().split('\n').map(Number);
    const all = Array.from({ length: 600 }, (_, index) => index + 1);
    expect(acknowledged.sort((a, b) => a - b)).toEqual(all);
    const store = openSqliteRecordStore(file);
    expect((await store.get(minute))?.version).toBe(600);
    const events = await allOf(store, 'minute-events');
    expect(events.map(event => event.data.version)).toEqual(all);
    expect(new Set(events.map(event => event.data.writer)).size).toBe(3);
    store.close();
  });

  it('answers busy when another process keeps the file, goes on reading, and writes once it is free', async () => {
    const file = newFile();
    const store = openSqliteRecordStore(file, { patienceMilliseconds: 300 });
    const key = keyIn('a', 'a');
    await store.commit([put(key, 1, {})]);
    const other = new DatabaseSync(file);
    other.exec('begin immediate');
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    await expect(store.commit([put(key, 2, {})])).rejects.toBeInstanceOf(BusyError);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
    expect((await store.get(key))?.version).toBe(1);
    const waiting = store.commit([put(key, 2, {})]);
    other.exec('rollback');
    await waiting;
    expect((await store.get(key))?.version).toBe(2);
    other.close();
    store.close();
  });

  it('refuses a file of a newer format and leaves it as it is', async () => {
    const file = newFile();
    const newer = new DatabaseSync(file);
    newer.exec('create table other (a); pragma user_version = 3');
    newer.close();
    expect(() => openSqliteRecordStore(file)).toThrow(/book-\d+\.sqlite was written by a newer Minutebook \(format 3;/);
    const after = new DatabaseSync(file);
    expect(after.prepare('select name from sqlite_master').all()).toEqual([{ name: 'other' }]);
    expect(after.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'delete' });
    after.close();
  });

  it.each(['pragma user_version = 0', 'pragma user_version = 1', 'pragma user_version = 2'])(
    'refuses the database of another program and leaves it as it is (%s)',
    version => {
      const file = newFile();
      const foreign = new DatabaseSync(file);
      foreign.exec(`create table songs (title); ${version}`);
      foreign.close();
      const before = readFileSync(file);
      expect(() => openSqliteRecordStore(file)).toThrow(BookFileError);
      expect(readFileSync(file).equals(before)).toBe(true);
    },
  );

  it('gives a book of the format before the log its table, and keeps what is in it', async () => {
    const file = newFile();
    const key = keyIn('body#1', 'record');
    const before = openSqliteRecordStore(file);
    await before.commit([put(key, 1, { kept: true })]);
    before.close();
    const older = new DatabaseSync(file);
    older.exec('drop table log; pragma user_version = 1');
    older.close();
    for (let opening = 0; opening < 2; opening++) {
      const store = openSqliteRecordStore(file);
      expect((await store.get(key))?.data).toEqual({ kept: true });
      expect(await store.get({ ...key, table: 'log' })).toBeUndefined();
      store.close();
    }
  });

  it('refuses what is no database, and one that is damaged', async () => {
    const [text, whole, damaged] = [newFile(), newFile(), newFile()];
    writeFileSync(text, 'Dear diary. '.repeat(100));
    expect(() => openSqliteRecordStore(text)).toThrow(/is not a book of Minutebook/);
    openSqliteRecordStore(whole).close();
    copyFileSync(whole, damaged);
    const bytes = readFileSync(damaged).fill(0xee, 100);
    writeFileSync(damaged, bytes);
    expect(() => openSqliteRecordStore(damaged)).toThrow(/is damaged\. Put a backup in its place/);
  });

  it.each([
    [13, 'is full'],
    [10 | (3 << 8), 'fails'],
  ])(
    'answers that it is unavailable when the disk gives result code %i, and writes once it is well',
    async (errcode, text) => {
      const store = openSqliteRecordStore(newFile());
      const key = keyIn('a', 'a');
      const fault = Object.assign(new Error('the disk'), { code: 'ERR_SQLITE_ERROR', errcode });
      const { run } = StatementSync.prototype;
      // The first statement of the transaction passes, the next one fails.
      vi.spyOn(StatementSync.prototype, 'run')
        .mockImplementationOnce(function (this: StatementSync) {
          return Reflect.apply(run, this, []);
        })
        .mockImplementationOnce(() => {
          throw fault;
        });
      const failure = await store.commit([put(key, 1, {})]).catch((error: unknown) => error);
      vi.restoreAllMocks();
      expect(failure).toBeInstanceOf(UnavailableError);
      expect(failure).toMatchObject({ code: 'temporarily-unavailable', internal: expect.stringContaining(text) });
      expect(await store.get(key)).toBeUndefined();
      await store.commit([put(key, 1, {})]);
      expect((await store.get(key))?.version).toBe(1);
      store.close();
    },
  );

  it('keeps its files for their owner', async () => {
    const file = newFile();
    const store = openSqliteRecordStore(file);
    await store.commit([put(keyIn('a', 'a'), 1, {})]);
    for (const name of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(name).mode & 0o777).toBe(0o600);
    store.close();
  });

  it('forgets expired items at the next opening, or with a later commit, and never records', async () => {
    const file = newFile();
    let now = 2_000_000_000_000;
    const open = () => openSqliteRecordStore(file, { now: () => now });
    const items = ['early', 'late', 'never'].map(sort => keyIn('a', sort, 'expiring'));
    const expiries = [{ expiresAt: 2_000_000_010 }, { expiresAt: 2_000_000_500 }, {}];
    const survivors = async (store: ReturnType<typeof open>) =>
      (await store.getMany([...items, keyIn('a', 'record')])).flatMap(item => item?.key.sort ?? []);
    const first = open();
    await first.commit([
      put(keyIn('a', 'record'), 1, {}),
      ...items.map((key, i) => ({ put: { key, version: 1, data: {}, ...expiries[i] }, expect: 'absent' as const })),
    ]);
    now += 60_000;
    expect(await survivors(first)).toEqual(['early', 'late', 'never', 'record']);
    first.close();
    const second = open();
    expect(await survivors(second)).toEqual(['late', 'never', 'record']);
    now += 3_600_000;
    await second.commit([put(keyIn('b', 'b', 'expiring'), 1, {})]);
    expect(await survivors(second)).toEqual(['never', 'record']);
    second.close();
  });
});
