/** Waits for work only so long. */
import { setTimeout as pause } from 'node:timers/promises';

/** @throws {Error} with the complaint, when the work is not over by then; what becomes of it, nobody learns. */
export async function inTime<Result>(work: Promise<Result>, milliseconds: number, complaint: string): Promise<Result> {
  const waiting = new AbortController();
  const late = pause(milliseconds, undefined, { signal: waiting.signal }).then(() => {
    throw new Error(complaint);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    // Nobody waits for it any more when it is broken off.
    late.catch(() => {});
    waiting.abort();
  }
}
