/** `npm run resume-log`: lets the log go on after a backup of the book was restored that is older than what is published. */
import { existsSync } from 'node:fs';
import { v7 } from 'uuid';
import { type Gap, gapOf, resume } from '../functions/sequence/resume.ts';
import type { SequencerServices } from '../functions/sequence/services.ts';
import { complaintAbout } from '../local/complaint.ts';
import { openLog } from '../local/openLog.ts';
import { bookFile, dataFolder, logFolder, logKeysFolder, SettingError } from '../local/settings.ts';
import { awsLog } from '../shared/adapters/awsLog.ts';
import { nameKey } from '../shared/core/log/sequencing.ts';
import { LogForkError } from '../shared/ports/logStore.ts';
import { openBook } from './openBook.ts';

const tellOf = (
  { known, published }: Gap,
  place: string,
) => `The log of the book in ${place} is published with ${published} entries, and the book knows ${known} of them.
The ${published - known} others were sealed after the moment that the book was restored to. What they sealed is lost, unless a newer copy of the book
turns up: look for one first. If there is none, the log can go on behind them:
npm run resume-log -- ${published}
They stay in the log as seals of what nobody can show any more. Say in public what was lost, and from when to when.`;

async function main([size, ...more]: readonly string[]): Promise<number> {
  const isOnAws = process.env.RECORDS_TABLE !== undefined;
  if (!isOnAws && !existsSync(bookFile(dataFolder()))) {
    throw new SettingError(`There is no book in ${dataFolder()}. Say where it is: MINUTEBOOK_DATA=FOLDER.`);
  }
  const book = openBook();
  try {
    const services = await servicesOf(book.records);
    const gap = await gapOf(services);
    if (gap === null) {
      console.log(`Nothing is missing: the book in ${book.place} knows everything that is published of its log.`);
      return 0;
    }
    if (more.length > 0 || size !== String(gap.published)) {
      console.log(tellOf(gap, book.place));
      return size === undefined ? 0 : 2;
    }
    await resume(services);
    console.log(`The log goes on behind its ${gap.published} entries with the next change, or the next start.`);
    return 0;
  } finally {
    book.close();
  }
}

/** @throws {SettingError} there is no log that could go on: none is made by this. */
async function servicesOf(records: SequencerServices['records']): Promise<SequencerServices> {
  const [folder, keys] = [logFolder(dataFolder()), logKeysFolder(dataFolder())];
  const isOnAws = process.env.LOG_BUCKET !== undefined;
  if ((await records.get(nameKey)) === undefined || !(isOnAws || existsSync(keys))) {
    throw new SettingError(
      'This book has no log that could go on. Say where the restored book is: MINUTEBOOK_DATA=FOLDER.',
    );
  }
  // The name is known, so that the address chooses nothing.
  const log = isOnAws ? awsLog() : await openLog(records, { folder, keys, address: 'http://localhost' });
  return { ...log, witnesses: [], records, now: () => new Date(), newId: () => v7(), log: () => {} };
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const complaint = error instanceof LogForkError ? `${error.message}. Nothing was changed.` : complaintAbout(error);
  if (complaint === undefined) throw error;
  console.error(complaint);
  process.exitCode = 1;
}
