/** `npm start`: the whole system on this machine. */
import { mkdirSync } from 'node:fs';
import { openFileBlobStore } from '../shared/adapters/fileBlobStore.ts';
import { fileMailer } from '../shared/adapters/fileMailer.ts';
import { openSqliteRecordStore } from '../shared/adapters/sqliteRecordStore.ts';
import type { IssuerSettings } from '../shared/http/token.ts';
import { complaintAbout } from './complaint.ts';
import { configuredIssuer } from './configuredIssuer.ts';
import { readDemoBook } from './demo/book.ts';
import { createDemoBook } from './demo/create.ts';
import { startDemoIssuer } from './demoIssuer.ts';
import { demoPeople } from './demoPeople.ts';
import { startJobs } from './jobs.ts';
import { listen } from './listener.ts';
import { openLog, readPolicyAsked } from './openLog.ts';
import { startServer } from './server.ts';
import { embeddedServices } from './services.ts';
import * as settings from './settings.ts';

async function main(): Promise<void> {
  // Whatever is wrong with the settings or the ports is said before anything is created.
  const folder = settings.dataFolder();
  const port = settings.port();
  const address = settings.publicAddress();
  const sender = settings.sender();
  readPolicyAsked();
  const isDemo = await settings.isDemonstration(folder);
  const configured = await configuredIssuer();
  const issuerPort = isDemo && configured === null ? settings.issuerPort() : undefined;
  const listener = await listen(port);
  const issuerListener = issuerPort === undefined ? undefined : await listen(issuerPort);

  const file = isDemo ? settings.demoBookFile(folder) : settings.bookFile(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = isDemo ? settings.demoFilesFolder(folder) : settings.filesFolder(folder);
  if (isDemo) await createDemoBook(folder, file, files, showProgress);
  const records = openSqliteRecordStore(file);
  const blobs = openFileBlobStore(files);
  const isFounded = await settings.isFounded(records);

  const origin = `http://localhost:${listener.port}`;
  let issuer = configured;
  if (issuerListener !== undefined) {
    const demo = await startDemoIssuer({
      port: issuerListener,
      host: issuerListener.host,
      dataFolder: folder,
      people: demoPeople(records),
      redirectUris: [`${origin}/signed-in`],
    });
    issuer = { ...demo, clientIds: [demo.clientId] };
  }
  const services = embeddedServices(records, issuer, { blobs });
  const mailer = fileMailer(isDemo ? settings.demoMailFolder(folder) : settings.mailFolder(folder), sender);
  const round = { periodDays: settings.fixityDays(), hoursBetweenRounds: 1 };
  const log = await openLog(records, {
    folder: isDemo ? settings.demoLogFolder(folder) : settings.logFolder(folder),
    keys: isDemo ? settings.demoLogKeysFolder(folder) : settings.logKeysFolder(folder),
    address: address ?? origin,
  });
  const jobs = startJobs(services, { round, mail: { mailer, origin: address ?? origin }, log });
  await startServer({ ...services, records: jobs.records, publishedLog: log }, listener, address ?? origin, blobs);

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      await Promise.all([listener.close(), issuerListener?.close()]);
      await jobs.stop();
      records.close();
      process.exit(0);
    });
  }

  console.log(`Minutebook ready at ${origin}`);
  if (!isDemo) console.log(`Its transparency log is called ${log.origin}.`);
  if (!isFounded) console.log('The book is empty. Found it: npm run found -- FILE (see docs/founding.md)');
  console.log(signInHint(issuer, issuerListener?.port));
}

/** @param demoPort the port of the demonstration issuer, where it runs. */
function signInHint(issuer: IssuerSettings | null, demoPort: number | undefined): string {
  if (issuer === null)
    return 'Nobody can sign in: set MINUTEBOOK_ISSUER and MINUTEBOOK_CLIENT_IDS (see docs/operating.md).';
  if (demoPort === undefined) return `People sign in at ${issuer.issuer}`;
  const variable = demoPort === 4001 ? '' : `MINUTEBOOK_ISSUER_PORT=${demoPort} `;
  return `Sign in as a demonstration person at ${issuer.issuer}
or take a token: ${variable}npm run --silent token -- ${readDemoBook().publisher}`;
}

function showProgress(done: number, of: number): void {
  if (process.stdout.isTTY)
    process.stdout.write(`\rLoading the demonstration book: ${done} of ${of}${done === of ? '\n' : ''}`);
  else if (done === 1 || done === of) console.log(`Loading the demonstration book: ${done} of ${of}`);
}

try {
  await main();
} catch (error) {
  const complaint = complaintAbout(error);
  if (complaint === undefined) throw error;
  console.error(complaint);
  process.exit(1);
}
