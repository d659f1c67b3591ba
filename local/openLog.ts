/** The log of the embedded server: its name, its keys and its folder. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { OwnLog } from '../functions/sequence/services.ts';
import { openFileLogStore } from '../shared/adapters/fileLogStore.ts';
import { openFileSigner } from '../shared/adapters/fileSigner.ts';
import { isLogName, logNameAt, nameIn, nameWrite } from '../shared/core/log/name.ts';
import { nameKey } from '../shared/core/log/sequencing.ts';
import { VersionConflictError } from '../shared/errors.ts';
import type { RecordStore } from '../shared/ports/recordStore.ts';
import { SettingError } from './settings.ts';

export interface LogPlace {
  /** What everybody may read. */
  readonly folder: string;
  /** What only the server may read. */
  readonly keys: string;
  /** By which the public knows the book. */
  readonly address: string;
}

/** @throws {SettingError} what is set does not go together with the log that is there. */
export async function openLog(records: RecordStore, { folder, keys, address }: LogPlace): Promise<OwnLog> {
  const origin = await nameOf(records, address);
  return {
    store: openFileLogStore(folder),
    signers: await openSigners(keys),
    origin,
    witnesses: [],
    newSalt: () => new Uint8Array(randomBytes(32)),
  };
}

/** All keys in the folder sign, the newest first; where there is none, one is made. */
async function openSigners(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = readdirSync(folder).filter(name => name.endsWith('.pem'));
  const names = files.length === 0 ? ['0001.pem'] : files.sort().reverse();
  return Promise.all(names.map(name => openFileSigner(join(folder, name))));
}

/** The name is chosen at the first start, and stays. */
async function nameOf(records: RecordStore, address: string): Promise<string> {
  const wish = process.env.MINUTEBOOK_LOG_NAME?.trim() ?? '';
  if (wish !== '' && !isLogName(wish)) {
    throw new SettingError(
      `MINUTEBOOK_LOG_NAME must be a host and a path, such as book.example.org/log, not "${wish}".`,
    );
  }
  const known = await records.get(nameKey);
  if (known === undefined) {
    try {
      await records.commit([nameWrite(wish === '' ? logNameAt(address) : wish)]);
    } catch (error) {
      if (!(error instanceof VersionConflictError)) throw error;
    }
    return nameOf(records, address);
  }
  const name = nameIn(known);
  if (wish === '' || wish === name) return name;
  throw new SettingError(`The log of this book is called ${name} for ever. Leave MINUTEBOOK_LOG_NAME unset.`);
}
