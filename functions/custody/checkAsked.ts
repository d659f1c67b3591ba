/** Checks every file whose check somebody asked for. */
import { toCheck } from '../../shared/core/archive/custody.ts';
import { listPartition } from '../../shared/core/records.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { checkBytes } from './checkBytes.ts';

export async function checkAsked(services: JobServices): Promise<void> {
  const partition = listPartition(toCheck);
  const { items } = await services.records.query({ table: 'records', partition, order: 'ascending', limit: 1000 });
  for (const { key } of items) await checkBytes(key.sort, services);
}
