/** What the function `log` does. */
import type { logRoutes } from '../../shared/contract/log.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { getConsistency } from './getConsistency.ts';
import { getEntry } from './getEntry.ts';
import { getLog } from './getLog.ts';
import { getProofOfEvent } from './getProofOfEvent.ts';
import { getProofOfRecord } from './getProofOfRecord.ts';
import { readLogPolicy } from './readLogPolicy.ts';

export const logOperations: Implementation<typeof logRoutes> = {
  getConsistency,
  getEntry,
  getLog,
  getProofOfEvent,
  getProofOfRecord,
  readLogPolicy,
};
