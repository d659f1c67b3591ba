/** Whoever leads the body ends a vote before its time; it is counted as soon as the job comes by. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { operation } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import { loadExpected } from './load.ts';
import { presentResolution } from './present.ts';
import { demandLeader } from './seats.ts';
import { shutGates } from './shut.ts';

export const closeVote = operation(resolutionsRoutes.closeVote, async (input, { records }) => {
  const { caller, now, act } = input;
  const before = await loadExpected(records, input);
  await demandLeader(records, caller, before.data.bodyId, await readToday(records, now));
  const { stored, writes } = shutGates(before, act);
  return { body: await presentResolution(records, stored, caller, now), version: stored.version, writes };
});
