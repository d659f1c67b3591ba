/** `npm run export-log -- FOLDER [ADDRESS]`: copies a whole log into a folder that every reader of tlog-tiles, and `verify`, accepts. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { complaintAbout } from '../local/complaint.ts';
import { bookFile, dataFolder, demoBookFile, logFolder, publicAddress } from '../local/settings.ts';
import { openSqliteRecordStore } from '../shared/adapters/sqliteRecordStore.ts';
import { Unreadable } from '../web/verifier/fetching.ts';
import { copyLog, ExportFailure, toldPolicyFile } from './copyLog.ts';
import { type LogSource, sourceAt, sourceIn } from './logSource.ts';

async function main([folder, address, ...more]: readonly string[]): Promise<void> {
  if (folder === undefined || more.length > 0) {
    throw new ExportFailure(`Name the folder to write to: npm run export-log -- FOLDER
The log of the book on this machine is copied; that of another book from its address:
npm run export-log -- FOLDER https://book.example.org/log`);
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new ExportFailure(`${folder} is not empty. Name a new folder: nothing is written over.`);
  }
  const close: (() => void)[] = [];
  try {
    const source = address === undefined ? await ownLog(close) : sourceAt(address);
    mkdirSync(folder, { recursive: true });
    const { origin, size, files } = await copyLog(source, folder, showProgress);
    console.log(`The log ${origin} with ${size} entries is in ${folder}: ${files} files.
Its entries are those of its checkpoint; who signed that has not been looked at. The keys in ${toldPolicyFile} and keys.txt
are what the log says of itself. Check it with the key that the organisation gives elsewhere, in print or on another site:
npm run verify -- ${folder} --key KEY`);
  } finally {
    for (const one of close) one();
  }
}

async function ownLog(close: (() => void)[]): Promise<LogSource> {
  const folder = dataFolder();
  const file = bookFile(folder);
  if (!existsSync(file) && existsSync(demoBookFile(folder))) {
    throw new ExportFailure(
      `${folder} holds only the example, and no book of an organisation. The log of the example is copied from the address at which it runs, such as http://localhost:4000/log`,
    );
  }
  if (!existsSync(file)) {
    throw new ExportFailure(
      `There is no book in ${folder}. Say where it is: MINUTEBOOK_DATA=FOLDER, or name an address.`,
    );
  }
  const records = openSqliteRecordStore(file);
  close.push(() => records.close());
  return sourceIn(logFolder(folder), records, publicAddress() ?? null);
}

function showProgress(done: number, of: number): void {
  if (process.stdout.isTTY) process.stdout.write(`\r${done} of ${of} files${done === of ? '\n' : ''}`);
  else if (done === of || done % 1000 === 0) console.log(`${done} of ${of} files`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const isOurs = error instanceof ExportFailure || error instanceof Unreadable;
  const complaint = isOurs ? error.message : complaintAbout(error);
  if (complaint === undefined) throw error;
  console.error(complaint);
  process.exitCode = 1;
}
