/** `npm run witness -- POLICY-FILE`: cosigns the logs of other books, on one machine. */
import { mkdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import { v7 } from 'uuid';
import { answer } from '../functions/witness/answer.ts';
import type { Reply } from '../functions/witness/reply.ts';
import { logsOf, type WitnessServices } from '../functions/witness/services.ts';
import { complaintAbout } from '../local/complaint.ts';
import { limitedBody } from '../local/limitedBody.ts';
import { listen } from '../local/listener.ts';
import { dataFolder, port, SettingError } from '../local/settings.ts';
import { openFileSigner } from '../shared/adapters/fileSigner.ts';
import { openSqliteRecordStore } from '../shared/adapters/sqliteRecordStore.ts';
import { isKeyName, keyText, verifierKey } from '../shared/core/log/notes.ts';
import { PolicyError, readPolicy } from '../shared/core/log/policy.ts';
import { mostRequestBytes } from '../shared/core/log/witness.ts';
import { writeLog } from '../shared/http/log.ts';

const usage = `Usage: npm run witness -- POLICY-FILE

Cosigns the checkpoints of logs, each as long as it continues the last. POLICY-FILE (c2sp.org/tlog-policy) names their keys:

  log book.example.org/log+1a2b3c4d+AbCd...
  quorum none

Settings:
  MINUTEBOOK_WITNESS_NAME  the name of the witness, for ever, such as witness.example.org (has to be set)
  MINUTEBOOK_DATA          the folder of its key and of what it cosigned last (.minutebook)
  PORT                     where it listens, on 127.0.0.1 (4010)`;

class UsageError extends Error {}

async function main([file, ...more]: readonly string[]): Promise<void> {
  if (file === '--help' || file === '-h') {
    console.log(usage);
    return;
  }
  if (file === undefined || file.startsWith('-') || more.length > 0) throw new UsageError('Name one policy file.');
  const name = process.env.MINUTEBOOK_WITNESS_NAME ?? '';
  if (!isKeyName(name)) {
    throw new UsageError('Set MINUTEBOOK_WITNESS_NAME to a name without spaces and plus signs.');
  }
  const logs = readLogs(file);
  const folder = dataFolder();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const listener = await listen(port(4010));
  const records = openSqliteRecordStore(join(folder, 'witness.sqlite'));
  const signer = await openFileSigner(join(folder, 'witness-key.pem'));
  const services: WitnessServices = {
    ...{ records, signer, name, logs },
    now: () => new Date(),
    newId: () => v7(),
    log: writeLog,
  };
  listener.answerWith((request, response) => {
    respond(request, response, services).catch(() => response.destroy());
  });
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await listener.close();
    records.close();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const key = keyText(verifierKey(name, 'cosignature', await signer.publicKey()));
  console.log(`Witness ${name} ready at ${listener.origin}

It cosigns ${[...logs.keys()].join(', ')}
and keeps its key and what it cosigned last in ${resolve(folder)}.

It is reached from this machine only: put a web server that speaks HTTPS in front of it. Whoever wants to count on it writes into
a policy file, with the address that you gave it:

  witness ${name} ${key} https://...`);
}

/** @throws {SettingError} it cannot be read, is no policy, or names no log. */
function readLogs(file: string): WitnessServices['logs'] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new SettingError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? error}).`);
  }
  try {
    const logs = logsOf(readPolicy(text));
    if (logs.size === 0) throw new SettingError(`${file} names no log that could be cosigned.`);
    return logs;
  } catch (error) {
    throw error instanceof PolicyError ? new SettingError(`Correct ${file}:\n${error.message}`) : error;
  }
}

async function respond(request: IncomingMessage, response: ServerResponse, services: WitnessServices): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const body = await limitedBody(request, mostRequestBytes);
  const reply = await answer({ method, path: url.split('?', 1)[0] ?? '/', body }, services);
  response.writeHead(reply.status, headersOf(reply));
  response.end(method === 'HEAD' ? undefined : reply.body);
}

/** What is left of a body that was too large is not read, so the connection cannot serve another request. */
const headersOf = ({ status, headers, body }: Reply) => ({
  ...headers,
  'content-length': Buffer.byteLength(body),
  ...(status === 413 ? { connection: 'close' } : {}),
});

/** What to tell somebody of an error; undefined for a fault of the program. */
function complaint(error: unknown): string | undefined {
  if (error instanceof UsageError) return `${error.message}\n\n${usage}`;
  const { code, syscall, port: taken } = error as NodeJS.ErrnoException & { port?: number };
  if (syscall === 'listen') return `Port ${taken} cannot be used (${code}). Choose another with PORT.`;
  return complaintAbout(error);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const said = complaint(error);
  if (said === undefined) throw error;
  console.error(said);
  // What listens already would keep it alive.
  process.exit(1);
}
