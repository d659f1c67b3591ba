/** One legal hold. */
import { archiveRoutes } from '../../shared/contract/archive.ts';
import type { Hold } from '../../shared/core/archive/retention.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord } from '../../shared/http/read.ts';
import { presentHold } from './holds.ts';

export const getHold = operation(archiveRoutes.getHold, async ({ params }, { records }) => {
  const hold = await readRecord<Hold>(records, 'hold', params.holdId);
  return { body: presentHold(hold), version: hold.version };
});
