/** Where the embedded server keeps its data and on which ports it listens, from the environment. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteRecordStore } from '../shared/adapters/sqliteRecordStore.ts';
import { organisationId } from '../shared/core/organisation.ts';
import { isEmail } from '../shared/core/people.ts';
import { recordKey } from '../shared/core/records.ts';
import type { RecordStore } from '../shared/ports/recordStore.ts';

/** A setting that the operator can correct. */
export class SettingError extends Error {}

export const dataFolder = () => process.env.MINUTEBOOK_DATA || '.minutebook';

/** The book of an organisation. */
export const bookFile = (folder: string) => join(folder, 'book.sqlite');

/** The demonstration book. It has a file of its own, so that nothing made for it can ever serve a real one. */
export const demoBookFile = (folder: string) => join(folder, 'demonstration.sqlite');

/** The documents of an organisation, and those of the demonstration. */
export const filesFolder = (folder: string) => join(folder, 'files');
export const demoFilesFolder = (folder: string) => join(folder, 'demonstration-files');

/** The transparency log, as everybody may read it, and the keys that sign it. */
export const logFolder = (folder: string) => join(folder, 'log');
export const logKeysFolder = (folder: string) => join(folder, 'log-keys');
export const demoLogFolder = (folder: string) => join(folder, 'demonstration-log');
export const demoLogKeysFolder = (folder: string) => join(folder, 'demonstration-log-keys');

/** Mail to be passed on, and that of the demonstration, which nobody should get. */
export const mailFolder = (folder: string) => join(folder, 'mail');
export const demoMailFolder = (folder: string) => join(folder, 'demonstration-mail');

/**
 * The address that mail comes from; one at the public address unless told.
 * @throws {SettingError} `MINUTEBOOK_SENDER` is no address.
 */
export function sender(): string {
  const text = process.env.MINUTEBOOK_SENDER?.trim() ?? '';
  if (text === '') return `minutebook@${new URL(publicAddress() ?? 'http://localhost').hostname}`;
  if (isEmail(text)) return text;
  throw new SettingError(`MINUTEBOOK_SENDER must be an e-mail address, such as minutes@example.org, not "${text}".`);
}

/** Within so many days every archived file is read again. @throws {SettingError} `MINUTEBOOK_FIXITY_DAYS` is no such number. */
export function fixityDays(): number {
  const text = process.env.MINUTEBOOK_FIXITY_DAYS ?? '';
  if (text === '') return 30;
  if (/^\d{1,4}$/.test(text) && Number(text) > 0) return Number(text);
  throw new SettingError(`MINUTEBOOK_FIXITY_DAYS must be a number of days from 1 to 9999, not "${text}".`);
}

export const isFounded = async (records: RecordStore) =>
  (await records.get(recordKey('organisation', organisationId))) !== undefined;

/**
 * True unless `MINUTEBOOK_DEMO=0` forbids it or the folder holds the book of an organisation; an empty book is nobody's.
 * @throws {SettingError} `MINUTEBOOK_DEMO` says something else.
 * @throws {BookFileError} nobody knows whose book it is.
 */
export async function isDemonstration(folder: string): Promise<boolean> {
  const wish = process.env.MINUTEBOOK_DEMO ?? '';
  if (!['', '0', '1'].includes(wish)) throw new SettingError(`MINUTEBOOK_DEMO must be 0 or 1, not "${wish}".`);
  if (wish === '0') return false;
  const file = bookFile(folder);
  if (!existsSync(file)) return true;
  const records = openSqliteRecordStore(file);
  try {
    return !(await isFounded(records));
  } finally {
    records.close();
  }
}

/** @param otherwise of what does not listen where the server does. */
export const port = (otherwise = 4000) => portFrom('PORT') ?? otherwise;

/** The demonstration issuer listens on the port after the server's, unless `MINUTEBOOK_ISSUER_PORT` says another. */
export function issuerPort(): number {
  const beside = port() === 0 ? 0 : port() + 1;
  const given = portFrom('MINUTEBOOK_ISSUER_PORT') ?? beside;
  if (given < 65_536) return given;
  throw new SettingError('PORT leaves no port after it for the sign-in of the example: set MINUTEBOOK_ISSUER_PORT.');
}

function portFrom(variable: string): number | undefined {
  const text = process.env[variable];
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new SettingError(`${variable} must be a port number from 0 to 65535, not "${text}".`);
}

/**
 * The address by which the public knows the book, such as `https://book.example.org`; undefined when nobody said.
 * @throws {SettingError} `MINUTEBOOK_ADDRESS` is no such address.
 */
export function publicAddress(): string | undefined {
  const text = process.env.MINUTEBOOK_ADDRESS?.trim() ?? '';
  if (text === '') return undefined;
  const url = URL.parse(text);
  const isBare = url !== null && [url.origin, `${url.origin}/`].includes(url.href);
  if (isBare && /^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?$/.test(url.origin)) return url.origin;
  throw new SettingError(
    `MINUTEBOOK_ADDRESS must be the public address, such as https://book.example.org, not "${text}".`,
  );
}
