/** Tells of work that failed and that nobody was waiting for. */
import type { JobServices } from './operation.ts';

/** One line for each fault: several may have happened in one run. */
export function logFaults(
  error: unknown,
  operation: string,
  { log, now, newId }: Omit<JobServices, 'records' | 'blobs'>,
): void {
  for (const fault of error instanceof AggregateError ? error.errors : [error]) {
    log({
      level: 'error',
      at: now().toISOString(),
      requestId: newId(),
      operation,
      status: 500,
      milliseconds: 0,
      internal: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault),
    });
  }
}
