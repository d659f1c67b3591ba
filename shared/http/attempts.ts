/** Reads again and decides again when others were faster. */
import { setTimeout as pause } from 'node:timers/promises';
import { BusyError, VersionConflictError } from '../errors.ts';

/** How often, before giving up. */
const maxAttempts = 12;

/**
 * @param attempt reads, decides and commits once; it must be safe to do again when the commit finds that something had changed.
 * @throws {BusyError} others kept changing the same records. Nothing was written.
 */
export async function untilSettled<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof VersionConflictError)) throw error;
      if (count === maxAttempts) throw new BusyError(error);
      await pause(Math.random() * 2 ** Math.min(count, 6));
    }
  }
}

/**
 * Tries a commit again while others keep holding the same items: for work that nobody waits for.
 * @throws {BusyError} they still do after that time. Nothing was written.
 */
export async function untilFree(commit: () => Promise<void>, patienceMilliseconds: number): Promise<void> {
  for (const started = Date.now(); ; await pause(20 + Math.random() * 80)) {
    try {
      return await commit();
    } catch (error) {
      if (!(error instanceof BusyError) || Date.now() - started > patienceMilliseconds) throw error;
    }
  }
}
