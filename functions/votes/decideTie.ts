/** Whoever chairs the body decides between as many for as against. */
import { votesRoutes } from '../../shared/contract/votes.ts';
import { resultOf } from '../../shared/core/decisions/counting.ts';
import { demand, recordResult } from '../../shared/core/decisions/resolutions.ts';
import { decideTie as decide, inVote } from '../../shared/core/decisions/votes.ts';
import { mailingRows } from '../../shared/core/mailings.ts';
import { moveRows, recordKey } from '../../shared/core/records.ts';
import { NotAllowedError, StateConflictError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import { loadExpected } from '../resolutions/load.ts';
import { presentResolution } from '../resolutions/present.ts';
import { demandChair } from '../resolutions/seats.ts';
import { writeDecided } from '../resolutions/writeDecided.ts';

export const decideTie = operation(votesRoutes.decideTie, async (input, { records }) => {
  const { body, caller, now, act } = input;
  const before = await loadExpected(records, input);
  const by = await demandChair(records, caller, before.data.bodyId, await readToday(records, now));
  demand(before.data, now, ['tied'], 'There is no tie to decide.');
  const recusal = await records.get(recordKey('recusal', inVote(before.id, by)));
  if (recusal !== undefined) throw new NotAllowedError('Whoever stepped aside from this decision does not decide it.');
  const { vote: tied, motion } = before.data;
  if (tied === null || tied.tie === null) throw new StateConflictError('There is no tie to decide.');
  const vote = decide(tied, { by, at: now, choice: body.choice });
  const result = resultOf(vote, motion.election, tied.tie, body.choice, now);
  const decided = recordResult({ ...before.data, vote }, result);
  const outcome = { carried: result.outcome.carried, at: now };
  const { stored, writes } = await writeDecided(records, before, decided, outcome, act);
  return {
    body: await presentResolution(records, stored, caller, now),
    version: stored.version,
    writes: [...writes, ...moveRows([], mailingRows.outcome(before.id, now))],
  };
});
