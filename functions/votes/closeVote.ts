/** Whoever leads the body ends a vote before its time: ballots are refused from here on, and the job counts those that are there. */
import { votesRoutes } from '../../shared/contract/votes.ts';
import { operation } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import { loadExpected } from '../resolutions/load.ts';
import { presentResolution } from '../resolutions/present.ts';
import { demandLeader } from '../resolutions/seats.ts';
import { shut } from './shut.ts';

export const closeVote = operation(votesRoutes.closeVote, async (input, { records }) => {
  const { caller, now, act } = input;
  const before = await loadExpected(records, input);
  await demandLeader(records, caller, before.data.bodyId, await readToday(records, now));
  const { stored, writes } = shut(before, act);
  return { body: await presentResolution(records, stored, caller, now), version: stored.version, writes };
});
