/** The file of a SQLite book: opened, laid out, and its faults told apart. */
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { UnavailableError } from '../errors.ts';
import { tableNames } from '../ports/recordStore.ts';

/** The format this program writes, kept in the file's `user_version`; 0 is a new file. Books of format 1 had no transparency log. */
const format = 2;

/** The file cannot serve as a book; the message names it and says what to do. */
export class BookFileError extends Error {}

/**
 * Opens the file, or creates it for its owner only.
 *
 * @throws {BookFileError} it is not a book of this Minutebook; it is left as it is.
 */
export function openSqliteFile(file: string, patienceMilliseconds: number): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    // SQLite gives its -wal and -shm files the same permissions.
    closeSync(openSync(file, 'a', 0o600));
    db = new DatabaseSync(file, { timeout: patienceMilliseconds });
    refuseOtherFormats(db, file);
    prepareFile(db, file);
    return db;
  } catch (error) {
    db?.close();
    if (isBusy(error)) throw new BookFileError(`Another program keeps ${file} to itself. Stop it, then start again.`);
    throw translated(error, file);
  }
}

export function isBusy(error: unknown): boolean {
  return codeOf(error) === 5;
}

/** What an error of SQLite means for whoever asked; any other error, and a busy file, is given back as it is. */
export function translated(error: unknown, file: string): unknown {
  switch (codeOf(error)) {
    case 8:
      return new UnavailableError(`${file} is read-only`, error);
    case 10:
      return new UnavailableError(`The disk of ${file} fails`, error);
    case 13:
      return new UnavailableError(`The disk of ${file} is full`, error);
    case 14:
      return new UnavailableError(`${file} cannot be opened`, error);
    case 11:
      return new BookFileError(`${file} is damaged. Put a backup in its place (see docs/operating.md).`, {
        cause: error,
      });
    case 26:
      return new BookFileError(`${file} is not a book of Minutebook. Choose another folder.`, { cause: error });
    default:
      return error;
  }
}

/** SQLite's primary result code (https://www.sqlite.org/rescode.html). */
function codeOf(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
}

/** Empties the log, in which pages stand as they were. @returns false where others are reading just now. */
export function emptyLog(db: DatabaseSync): boolean {
  return db.prepare('pragma wal_checkpoint(truncate)').get()?.busy === 0;
}

function refuseOtherFormats(db: DatabaseSync, file: string): void {
  // One transaction, so that another process that creates the same file is seen before or after, not in between.
  db.exec('begin');
  const found = Number(db.prepare('pragma user_version').get()?.user_version);
  const tables = db.prepare('select name from sqlite_master').all();
  db.exec('rollback');
  if (found > format) {
    throw new BookFileError(
      `${file} was written by a newer Minutebook (format ${found}; this one knows ${format}). Start the newer Minutebook.`,
    );
  }
  const isOurs = found === 0 ? tables.length === 0 : tables.some(({ name }) => name === 'records');
  if (!isOurs) {
    throw new BookFileError(`${file} is a database of another program, not a book. Choose another folder.`);
  }
}

/** A crash in here leaves either no format or the whole of it. */
function prepareFile(db: DatabaseSync, file: string): void {
  if (db.prepare('pragma journal_mode = wal').get()?.journal_mode !== 'wal') {
    throw new BookFileError(
      `${file} stands on a file system without the shared memory that SQLite needs. Choose a local folder.`,
    );
  }
  // `full` syncs the log at every commit; `fullfsync` makes that reach the disk on macOS too.
  db.exec('pragma synchronous = full; pragma fullfsync = on; pragma trusted_schema = off');
  // What is deleted is overwritten in the file.
  db.exec('pragma secure_delete = on');
  db.exec('begin immediate');
  const found = Number(db.prepare('pragma user_version').get()?.user_version);
  for (const table of found === 0 ? tableNames : found === 1 ? (['log'] as const) : []) {
    // Keys are blobs: SQLite's own tools cut a text at its first NUL, and blobs sort by bytes.
    db.exec(`create table ${table} (
      id integer primary key,
      partition blob not null,
      sort blob not null,
      version integer not null,
      data text not null,
      expires_at integer,
      unique (partition, sort)
    ) strict`);
  }
  if (found === 0) db.exec('create index expiring_by_time on expiring (expires_at)');
  if (found < format) db.exec(`pragma user_version = ${format}`);
  db.exec('commit');
}
