/** Has PDFs read in a process of its own, which is killed when it takes too long or grows too large. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Finding } from '../core/files.ts';
import type { Limits } from './limits.ts';
import type { Order } from './pdfReading.ts';
import { spoolPrefix } from './spool.ts';

const pollMilliseconds = 100;
const idleMilliseconds = 60_000;

/** The process that reads now, or waits for the next file. */
let reader: ChildProcess | undefined;
let idle: NodeJS.Timeout | undefined;
/** Files are read one after another. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Reads the PDF at that path, which is a spool. Never takes much longer than `timeoutSeconds` once it is its turn.
 *
 * @throws {Error} the process cannot be started.
 */
export function readInProcess(path: string, limits: Limits): Promise<Finding> {
  const mine = last.then(() => readNow(path, limits));
  last = mine.catch(() => {});
  return mine;
}

/** Ends the process, if there is one. The next file gets a new one. */
export async function closeReader(): Promise<void> {
  await last;
  end();
}

function end(): void {
  clearTimeout(idle);
  reader?.kill('SIGKILL');
  reader = undefined;
}

async function readNow(path: string, limits: Limits): Promise<Finding> {
  clearTimeout(idle);
  const isNew = reader === undefined;
  const child = reader ?? (await start(limits));
  reader = child;
  child.ref();
  child.channel?.ref();
  const { finding, process: state } = await answerOf(child, path, limits);
  child.unref();
  child.channel?.unref();
  if (state === 'kept') idle = setTimeout(end, idleMilliseconds).unref();
  else end();
  // It may have ended while it waited, or of what another file left in it: that must not count for this one.
  return state === 'ended' && !isNew ? readNow(path, limits) : finding;
}

/** What was found, and what became of the process: it is kept for the next file, is to be stopped, or ended by itself. */
interface Outcome {
  readonly finding: Finding;
  readonly process: 'kept' | 'stopped' | 'ended';
}

/** Sends the order and waits for the first of: the answer, the end of the process, the end of the time, too much memory. */
async function answerOf(child: ChildProcess, path: string, limits: Limits): Promise<Outcome> {
  const done = new AbortController();
  const { signal } = done;
  const stop = (note: string, process: Outcome['process'] = 'stopped'): Outcome => ({
    finding: unread(note),
    process,
  });
  const answered = once(child, 'message', { signal }).then(async ([finding]): Promise<Outcome> => {
    // What one file left in memory must not count for the next.
    const isSmall = (await residentBytes(child)) < limits.maxReaderBytes / 2;
    return { finding, process: isSmall ? 'kept' : 'stopped' };
  });
  const ended = once(child, 'exit', { signal }).then(([, by]) =>
    // With SIGABRT and SIGTRAP the engine ends itself, with SIGKILL the system ends it, when memory is used up.
    stop(by === null ? 'The reader failed on it.' : noMemory, 'ended'),
  );
  const tooSlow = new Promise<never[]>(resolve => {
    const timer = setTimeout(resolve, limits.timeoutSeconds * 1000, []);
    signal.addEventListener('abort', () => clearTimeout(timer));
  }).then(() => stop(`Reading it was stopped after ${limits.timeoutSeconds} seconds.`));
  const tooLarge = outgrown(child, limits.maxReaderBytes, signal).then(() => stop(noMemory));
  const all = [answered, ended, tooSlow, tooLarge];
  for (const one of all) one.catch(() => {});
  // Of a process that has just ended, the event says so.
  const order: Order = { path, maxPages: limits.maxPages, maxTextBytes: limits.maxTextBytes };
  child.send(order, () => {});
  try {
    return await Promise.race(all);
  } finally {
    done.abort();
  }
}

const noMemory = 'Reading it was stopped because it needs too much memory.';

const unread = (note: string): Finding => ({
  refused: null,
  condition: 'unread',
  note,
  pages: null,
  title: null,
  text: null,
});

/** Resolves when the process has grown too large. */
function outgrown(child: ChildProcess, maxBytes: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const poll = setInterval(async () => {
      if ((await residentBytes(child)) > maxBytes) resolve();
    }, pollMilliseconds);
    signal.addEventListener('abort', () => clearInterval(poll));
  });
}

/** How much memory a process occupies; 0 when that cannot be told, as of one that has ended. */
async function residentBytes({ pid }: ChildProcess): Promise<number> {
  try {
    if (process.platform === 'linux') {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
    }
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
    return Number(stdout) * 1024;
  } catch {
    return 0;
  }
}

/** Starts a process that has no environment, may read its own code and the spools, and write nothing. */
async function start({ readerEntry, maxReaderBytes }: Limits): Promise<ChildProcess> {
  const megabytes = Math.floor(maxReaderBytes / 2 ** 20);
  const flags = [
    `--max-old-space-size=${megabytes}`,
    '--permission',
    // For the thread that watches.
    '--allow-worker',
    ...[...codeOf(readerEntry), `${spoolPrefix()}*`].map(path => `--allow-fs-read=${path}`),
    '--no-warnings',
  ];
  const child = spawn(process.execPath, [...flags, readerEntry], {
    env: {},
    cwd: dirname(readerEntry),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.on('exit', () => {
    if (reader === child) reader = undefined;
  });
  await once(child, 'spawn');
  // Of messages that no longer reach it.
  child.on('error', () => {});
  process.off('exit', end).on('exit', end);
  return child;
}

/** The files that the program is made of: a source needs those that it imports, a bundle only itself. */
function codeOf(entry: string): string[] {
  if (extname(entry) !== '.ts') return [entry];
  const root = join(dirname(entry), '..', '..');
  const packages = join(root, 'node_modules');
  return [join(root, 'shared'), join(root, 'package.json'), packages, realpathSync(packages)];
}
