/** The log of the embedded server: its name, its keys and its folder. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OwnLog } from '../functions/sequence/services.ts';
import { witnessesOf } from '../functions/sequence/witnesses.ts';
import { openFileLogStore } from '../shared/adapters/fileLogStore.ts';
import { openFileSigner } from '../shared/adapters/fileSigner.ts';
import { logKeyList } from '../shared/core/log/keys.ts';
import { isLogName, logNameAt, nameIn, nameWrite } from '../shared/core/log/name.ts';
import { type Policy, readPolicy } from '../shared/core/log/policy.ts';
import { nameKey } from '../shared/core/log/sequencing.ts';
import { listPartition } from '../shared/core/records.ts';
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

export interface OpenLog extends OwnLog {
  /** By which the witnesses are asked, and verifiers may judge. */
  readonly policy: Policy;
}

/** @throws {SettingError} what is set does not go together with the log that is there. */
export async function openLog(records: RecordStore, { folder, keys, address }: LogPlace): Promise<OpenLog> {
  const { policy, witnesses } = readPolicyAsked();
  const origin = await nameOf(records, address);
  return {
    store: openFileLogStore(folder),
    signers: await openSigners(keys, records),
    origin,
    policy,
    witnesses,
    newSalt: () => new Uint8Array(randomBytes(32)),
  };
}

/** No witness is asked unless `MINUTEBOOK_LOG_POLICY` names a file with a policy (C2SP tlog-policy). @throws {SettingError} */
export function readPolicyAsked() {
  const file = process.env.MINUTEBOOK_LOG_POLICY?.trim() ?? '';
  try {
    const policy = readPolicy(file === '' ? 'quorum none\n' : readFileSync(file, 'utf8'));
    return { policy, witnesses: witnessesOf(policy) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SettingError(`MINUTEBOOK_LOG_POLICY must name a file with a policy of witnesses, not ${file}: ${why}`);
  }
}

/** Files with keys, the newest first: each name sorts behind those before it. */
export const keyFilesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.pem'))
    .sort()
    .reverse();

/**
 * All keys in the folder sign; for a new log one is made.
 * @throws {SettingError} the log has keys, and none of them is there: another would be refused, or make another log of it.
 */
async function openSigners(folder: string, records: RecordStore) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = keyFilesIn(folder);
  if (files.length === 0 && (await hasKeys(records))) {
    throw new SettingError(
      `The keys of the log are missing from ${folder}. Put them back from a backup. If there is none, npm run rotate-log-key makes another (see docs/operating.md).`,
    );
  }
  const names = files.length === 0 ? ['0001.pem'] : files;
  return Promise.all(names.map(name => openFileSigner(join(folder, name))));
}

async function hasKeys(records: RecordStore): Promise<boolean> {
  const partition = listPartition(logKeyList);
  const { items } = await records.query({ table: 'records', partition, order: 'ascending', limit: 1 });
  return items.length > 0;
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
