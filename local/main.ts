/** `npm start`: the whole system on this machine. */
import { mkdirSync } from 'node:fs';
import { openSqliteRecordStore } from '../shared/adapters/sqliteRecordStore.ts';
import { organisationId } from '../shared/core/organisation.ts';
import { recordKey } from '../shared/core/records.ts';
import type { IssuerSettings } from '../shared/http/token.ts';
import { readDemoBook } from './demo/book.ts';
import { createDemoBook } from './demo/create.ts';
import { startDemoIssuer } from './demoIssuer.ts';
import { demoPeople } from './demoPeople.ts';
import { startServer } from './server.ts';
import { embeddedServices } from './services.ts';
import {
  bookFile,
  configuredIssuer,
  dataFolder,
  demoBookFile,
  isDemonstration,
  issuerPort,
  port,
  SettingError,
} from './settings.ts';

async function main(): Promise<void> {
  const folder = dataFolder();
  const isDemo = isDemonstration(folder);
  const file = isDemo ? demoBookFile(folder) : bookFile(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (isDemo) await createDemoBook(folder, file, showProgress);

  const records = openSqliteRecordStore(file);
  const closing: (() => Promise<void> | void)[] = [() => records.close()];
  let issuer: IssuerSettings | null = await configuredIssuer();
  if (issuer === null && isDemo) {
    const demo = await startDemoIssuer({
      port: issuerPort(),
      host: '127.0.0.1',
      dataFolder: folder,
      people: demoPeople(records),
      redirectUris: [`http://localhost:${port()}/signed-in`],
    });
    issuer = { ...demo, clientIds: [demo.clientId] };
    closing.unshift(() => demo.close());
  }
  const server = await startServer(embeddedServices(records, issuer), port());
  closing.unshift(() => server.close());

  console.log(`Minutebook ready at http://localhost:${server.port}`);
  const isFounded = (await records.get(recordKey('organisation', organisationId))) !== undefined;
  if (!isFounded) console.log('The book is empty. Found it: npm run found -- FILE (see docs/founding.md)');
  console.log(signInHint(issuer, isDemo));

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      for (const close of closing) await close();
      process.exit(0);
    });
  }
}

function signInHint(issuer: IssuerSettings | null, isDemo: boolean): string {
  if (issuer === null)
    return 'Nobody can sign in: set MINUTEBOOK_ISSUER and MINUTEBOOK_CLIENT_IDS (see docs/operating.md).';
  if (!isDemo || process.env.MINUTEBOOK_ISSUER) return `People sign in at ${issuer.issuer}`;
  return `Sign in as a demonstration person at ${issuer.issuer}
or take a token: npm run --silent token -- ${readDemoBook().publisher}`;
}

function showProgress(done: number, of: number): void {
  if (process.stdout.isTTY)
    process.stdout.write(`\rLoading the demonstration book: ${done} of ${of}${done === of ? '\n' : ''}`);
  else if (done === 1 || done === of) console.log(`Loading the demonstration book: ${done} of ${of}`);
}

try {
  await main();
} catch (error) {
  const taken = (error as { code?: string }).code === 'EADDRINUSE';
  if (!taken && !(error instanceof SettingError)) throw error;
  console.error(
    taken
      ? `Port ${(error as { port?: number }).port} is in use, perhaps by a Minutebook that runs already. Stop it, or choose another: PORT=4100 npm start`
      : (error as Error).message,
  );
  process.exit(1);
}
