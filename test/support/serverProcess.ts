/** Programs of others that tests run beside them: started on a port of this machine, ended with the process that started them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface ServerProcess {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Runs its arguments until they end or our end of the pipe closes, which it does even when this process is killed. */
const whileParentLives = 'exec 3<&0; "$@" 3<&- & it=$!; (cat <&3 >&2; kill -9 $it) & wait $it';

/**
 * Starts a program that is to listen on a port, and waits until it answers.
 *
 * @throws {Error} with its complaints, when it ends or does not answer.
 */
export async function startServerProcess(
  name: string,
  port: number,
  command: readonly string[],
  folder: string,
): Promise<ServerProcess> {
  const child = spawn('sh', ['-c', whileParentLives, 'sh', ...command], {
    cwd: folder,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', chunk => {
    complaints += chunk;
  });
  const ended = new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message));
    child.once('exit', code => resolve(`it ended with code ${code}: ${complaints}`));
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const failure = await Promise.race([ended, answers(endpoint, () => child.exitCode === null)]);
  if (failure !== undefined) {
    child.stdin.destroy();
    throw new Error(`${name} does not start: ${failure}`);
  }
  return {
    endpoint,
    async stop() {
      child.stdin.destroy();
      await ended;
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
}

/** Resolves once something answers, whatever it answers; says so when nothing does for 30 seconds. */
async function answers(endpoint: string, isRunning: () => boolean): Promise<string | undefined> {
  for (const patience = Date.now() + 30_000; Date.now() < patience && isRunning(); ) {
    const answered = await fetch(endpoint).then(
      response => response.arrayBuffer().then(() => true),
      () => false,
    );
    if (answered) return undefined;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return 'no answer for 30 seconds';
}
