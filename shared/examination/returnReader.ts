/** Has returns read in a thread of its own, which is stopped when it takes too long or too much memory: nobody else waits for it. */
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { tooLarge } from '../core/returns/decoding.ts';
import { mostReturnBytes } from '../core/returns/returns.ts';
import { MinutebookError } from '../errors.ts';
import type { Read } from './returnReading.ts';

export interface ReturnLimits {
  /** How long one return may take to be fetched, and again to be read. */
  readonly timeoutSeconds: number;
  /** How much memory the thread may use for objects. */
  readonly maxHeapMegabytes: number;
  /** How many returns may wait for their turn. */
  readonly mostWaiting: number;
  /** The program that reads returns, as a file. */
  readonly threadEntry: string;
}

export const returnLimits: ReturnLimits = {
  timeoutSeconds: 10,
  maxHeapMegabytes: 512,
  mostWaiting: 100,
  // Stands beside this file, as a source and as a bundle.
  threadEntry: join(import.meta.dirname, `returnReaderThread${extname(import.meta.filename)}`),
};

/** Too many others wait already, or the file does not arrive. */
export class ReaderBusyError extends MinutebookError {
  constructor(cause?: unknown) {
    super('temporarily-unavailable', 'Returns cannot be read right now; nothing was changed. Try again in a minute.', {
      cause,
    });
  }
}

const idleMilliseconds = 60_000;
/** What a larger return leaves in memory must not count for the next one. */
const mostKeptBytes = 4_000_000;

/** The thread that reads now, or waits for the next return. */
let thread: Worker | undefined;
let idle: NodeJS.Timeout | undefined;
let waiting = 0;
/** Returns are read one after another, and fetched only when it is their turn. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Reads a return and makes its public copy.
 *
 * @param read opens the file; it is not called for one that is too large.
 * @param size of the file, as it is recorded.
 * @throws {ReaderBusyError} it could not be read in time; another time it may be.
 * @throws {Error} the reader fails on it, which is a fault of the program; or the file cannot be fetched.
 */
export async function openReturn(
  read: () => Promise<Readable>,
  size: number,
  limits: ReturnLimits = returnLimits,
): Promise<Read> {
  if (size > mostReturnBytes) return { problems: [tooLarge] };
  if (waiting >= limits.mostWaiting) throw new ReaderBusyError();
  waiting += 1;
  const mine = last
    .then(() => readNow(read, limits))
    .finally(() => {
      waiting -= 1;
    });
  last = mine.catch(() => {});
  return mine;
}

/** Ends the thread, if there is one, when it has read what was sent before. The next return gets a new one. */
export async function closeReturnReader(): Promise<void> {
  await last;
  await end();
}

async function end(): Promise<void> {
  clearTimeout(idle);
  const ending = thread;
  thread = undefined;
  await ending?.terminate();
}

async function readNow(read: () => Promise<Readable>, limits: ReturnLimits): Promise<Read> {
  clearTimeout(idle);
  const bytes = await fetched(read, limits);
  return bytes === null ? { problems: [tooLarge] } : readInThread(bytes, limits);
}

/** All bytes of the file; null when there are too many. */
async function fetched(read: () => Promise<Readable>, { timeoutSeconds }: ReturnLimits): Promise<Uint8Array | null> {
  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  const stream = addAbortSignal(signal, await read());
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > mostReturnBytes) return null;
      chunks.push(chunk);
    }
  } catch (error) {
    throw signal.aborted ? new ReaderBusyError(error) : error;
  }
  // In memory of its own: a part of a larger piece would take all of it along to the thread.
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

async function readInThread(bytes: Uint8Array, limits: ReturnLimits): Promise<Read> {
  const isNew = thread === undefined;
  const worker = thread ?? start(limits);
  thread = worker;
  worker.ref();
  const outcome = await outcomeOf(worker, bytes, limits);
  worker.unref();
  const isKept = outcome.thread === 'kept' && bytes.length <= mostKeptBytes;
  if (isKept) idle = setTimeout(end, idleMilliseconds).unref();
  else await end();
  // It may have ended while it waited, or of what another return left in it: that must not count for this one.
  if (outcome.thread === 'ended' && !isNew) return readInThread(bytes, limits);
  if ('error' in outcome) throw outcome.error;
  return outcome.read;
}

/** What was read, or why not; and whether the thread is kept for the next, is to be stopped, or ended by itself. */
type Outcome =
  | { readonly read: Read; readonly thread: 'kept' | 'stopped' | 'ended' }
  | { readonly error: Error; readonly thread: 'ended' };

/** Sends the bytes and waits for the first of: the answer, the end of the thread, the end of the time. */
async function outcomeOf(worker: Worker, bytes: Uint8Array, { timeoutSeconds }: ReturnLimits): Promise<Outcome> {
  const done = new AbortController();
  const { signal } = done;
  const answered = once(worker, 'message', { signal }).then(([read]): Outcome => ({ read, thread: 'kept' }));
  const ended = once(worker, 'exit', { signal }).then(
    ([code]): Outcome => ({
      error: new Error(`The thread that reads returns ended with code ${code}`),
      thread: 'ended',
    }),
  );
  const tooSlow = new Promise<Outcome>(resolve => {
    const problem = stopped(`it took longer than ${timeoutSeconds} seconds`);
    const timer = setTimeout(() => resolve({ read: problem, thread: 'stopped' }), timeoutSeconds * 1000);
    signal.addEventListener('abort', () => clearTimeout(timer));
  });
  worker.postMessage(bytes);
  const all = [answered, ended, tooSlow];
  for (const one of all) one.catch(() => {});
  try {
    return await Promise.race(all);
  } catch (error) {
    // What the thread threw, or that its memory is used up.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') return { read: stopped('it needs too much memory'), thread: 'ended' };
    return { error: error as Error, thread: 'ended' };
  } finally {
    done.abort();
  }
}

const stopped = (why: string): Read => ({
  problems: [
    { field: '/', message: `Reading it was stopped because ${why}. Send the return without its attachments.` },
  ],
});

/** Starts a thread that has no environment, and outlives nobody. */
function start({ threadEntry, maxHeapMegabytes }: ReturnLimits): Worker {
  const worker = new Worker(threadEntry, {
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes, maxYoungGenerationSizeMb: 32 },
  });
  // Of one that fails while it waits, the next return learns by its exit.
  worker.on('error', () => {});
  worker.on('exit', () => {
    if (thread === worker) thread = undefined;
  });
  return worker;
}
