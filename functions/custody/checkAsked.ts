/** Checks every file whose check somebody asked for. */
import { toCheck } from '../../shared/core/archive/custody.ts';
import { listPartition } from '../../shared/core/records.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { checkBytes } from './checkBytes.ts';

/**
 * Two runs at once read the same bytes, and come to the same result.
 *
 * @param until when to stop beginning with another file, in milliseconds of the clock; what is left is found by the next run.
 * @throws {AggregateError} some could not be read; the others were.
 */
export async function checkAsked(services: JobServices, until = Number.POSITIVE_INFINITY): Promise<void> {
  const { records, now } = services;
  const partition = listPartition(toCheck);
  const { items } = await records.query({ table: 'records', partition, order: 'ascending', limit: 1000 });
  const failures: unknown[] = [];
  for (const { key } of items) {
    if (now().getTime() > until) break;
    // One that cannot be read keeps its place, and nobody behind it waits.
    await checkBytes(key.sort, services).catch(error => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} files could not be checked`);
}
