/** A file of a gigabyte up and down again, embedded and with S3, through a kill of the client and one of the server. */
import { carry, embeddedSite, type Site, s3Site } from '../test/support/largeFile.ts';
import { s3ServerMissing } from '../test/support/s3Server.ts';
import { printTable, type Row, round } from './table.ts';

const megabytes = 1000;
const patienceSeconds = 600;

export async function gigabyte(): Promise<void> {
  const rows = [await rowOf('embedded', embeddedSite)];
  const missing = s3ServerMissing();
  if (missing === undefined) rows.push(await rowOf('S3', s3Site));
  printTable(`A file of ${megabytes} MiB: the client is killed after a third of it, the server after two thirds`, rows);
  if (missing !== undefined) console.log(`\nS3 is left out: it ${missing}.`);
}

async function rowOf(store: string, open: () => Promise<Site>): Promise<Row> {
  const site = await open();
  // A benchmark that hangs tells nobody anything.
  const patience = setTimeout(() => {
    throw new Error(`No end after ${patienceSeconds} seconds`);
  }, patienceSeconds * 1000);
  try {
    const { sent, received, ...journey } = await carry(site, megabytes);
    if (sent !== received) throw new Error(`${sent} was sent, ${received} came down again`);
    return {
      store,
      's up': round(journey.secondsUp, 1),
      's down': round(journey.secondsDown, 1),
      'MB client': inMegabytes(journey.clientPeak),
      'MB server': inMegabytes(journey.serverPeak),
      'at its start': inMegabytes(journey.serverAtStart),
      'killed at part': `${journey.killedAt.join(' and ')} of ${journey.parts}`,
    };
  } finally {
    clearTimeout(patience);
    await site.close();
  }
}

const inMegabytes = (bytes: number) => round(bytes / 1e6);

if (import.meta.main) await gigabyte();
