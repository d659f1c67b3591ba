/** `npm run rotate-log-key`: makes the next key of the embedded book's log. The server introduces it at its next start. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { complaintAbout } from '../local/complaint.ts';
import { keyFilesIn } from '../local/openLog.ts';
import { bookFile, dataFolder, demoBookFile, logKeysFolder } from '../local/settings.ts';
import { openFileSigner } from '../shared/adapters/fileSigner.ts';
import { openSqliteRecordStore } from '../shared/adapters/sqliteRecordStore.ts';
import { logKeyList } from '../shared/core/log/keys.ts';
import { nameIn } from '../shared/core/log/name.ts';
import { keyText, type VerifierKey, verifierKey } from '../shared/core/log/notes.ts';
import { nameKey } from '../shared/core/log/sequencing.ts';
import { listPartition, recordKey } from '../shared/core/records.ts';
import type { RecordStore } from '../shared/ports/recordStore.ts';

class RotationFailure extends Error {}

async function main(): Promise<void> {
  const folder = dataFolder();
  const file = bookFile(folder);
  if (!existsSync(file) && existsSync(demoBookFile(folder))) {
    throw new RotationFailure(
      `${folder} holds only the example, and no book of an organisation: its key needs no other.`,
    );
  }
  if (!existsSync(file)) {
    throw new RotationFailure(
      `There is no book in ${folder}. Say where it is: MINUTEBOOK_DATA=FOLDER npm run rotate-log-key`,
    );
  }
  const records = openSqliteRecordStore(file);
  try {
    console.log(await rotate(records, logKeysFolder(folder)));
  } finally {
    records.close();
  }
}

/** @returns what to do next. */
async function rotate(records: RecordStore, folder: string): Promise<string> {
  const name = await records.get(nameKey);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [newest] = keyFilesIn(folder);
  const partition = listPartition(logKeyList);
  const recorded = await records.query({ table: 'records', partition, order: 'ascending', limit: 1000 });
  if (name === undefined || (newest === undefined && recorded.items.length === 0)) {
    throw new RotationFailure(`The log of this book has no key in ${folder} yet: npm start makes the first one.`);
  }
  const origin = nameIn(name);
  if (newest === undefined) {
    const file = join(folder, `${String(recorded.items.length + 1).padStart(4, '0')}.pem`);
    return `All keys of the log ${origin} are missing. Another is in ${file}:
  ${keyText(await keyIn(file, origin))}
If a backup has the old ones, put them back instead, and remove this file. If none has, start the server: it introduces the new key, and signs with it
alone. No checkpoint proves that the old key agreed. Tell those who verify and witness this log why, and the new key, by a way that they trust.`;
  }
  const old = await keyIn(join(folder, newest), origin);
  if ((await records.get(recordKey('log-key', old.id))) === undefined) {
    throw new RotationFailure(
      `The key in ${newest} has not signed anything yet. Start the server, so that it is introduced, before you make another.`,
    );
  }
  const file = join(folder, nextName(newest));
  const key = await keyIn(file, origin);
  return `The next key of the log ${origin} is in ${file}:
  ${keyText(key)}
Nothing is signed with it yet. What to do now:
1. Back up ${folder}, and start the server again. It introduces the new key as an entry of the log, and signs with both.
2. Look at /v1/log: it names both keys as signing. For ever the book keeps the proof of the new one that the old one has signed, too.
3. Tell those who verify and witness this log the new key: their policies need it before the old one stops to sign.
4. When they have it, stop the server, move ${join(folder, newest)} away, and start again. From then on only the new key signs. What the
   old key has signed stays true: do not destroy it before you are sure that you need no backup from before this day.`;
}

async function keyIn(file: string, origin: string): Promise<VerifierKey> {
  const signer = await openFileSigner(file);
  return verifierKey(origin, 'ed25519', await signer.publicKey());
}

/** Sorts behind all others. @throws {RotationFailure} nobody can say what would. */
function nextName(newest: string): string {
  const [, digits] = /^(\d{1,9})\.pem$/.exec(newest) ?? [];
  const next = `${String(Number(digits) + 1).padStart(digits?.length ?? 0, '0')}.pem`;
  if (digits !== undefined && next > newest) return next;
  throw new RotationFailure(
    `Name the key in ${newest} by a number, such as 0001.pem: keys are used in the order of their names.`,
  );
}

try {
  await main();
} catch (error) {
  const complaint = error instanceof RotationFailure ? error.message : complaintAbout(error);
  if (complaint === undefined) throw error;
  console.error(complaint);
  process.exitCode = 1;
}
