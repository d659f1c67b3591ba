/** A voter steps aside from one decision, and says why: for good. */
import { votesRoutes } from '../../shared/contract/votes.ts';
import { demandStill } from '../../shared/core/decisions/casting.ts';
import { resolutionStateAt } from '../../shared/core/decisions/resolutions.ts';
import {
  type Ballot,
  ballotRow,
  gateKey,
  inVote,
  type Recusal,
  recusalOfYearRow,
  recusalRow,
  shardOf,
  voided,
} from '../../shared/core/decisions/votes.ts';
import { type Act, changeRecord, moveRows, recordKey, stored } from '../../shared/core/records.ts';
import { StateConflictError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import type { Item, Write } from '../../shared/ports/recordStore.ts';
import { loadVisible } from '../resolutions/load.ts';
import { demandEntitled } from './entitled.ts';

export const recuse = operation(votesRoutes.recuse, async ({ params, body, caller, now, act }, { records, newId }) => {
  const { resolutionId } = params;
  const resolution = await loadVisible(records, resolutionId, caller, now);
  demandStill(resolutionStateAt(resolution.data, now));
  const personId = await demandEntitled(records, resolution, caller, now);
  const id = inVote(resolutionId, personId);
  const [found, ballot] = await records.getMany([recordKey('recusal', id), recordKey('ballot', id)]);
  if (found !== undefined) throw new StateConflictError('You have stepped aside already.');
  const recusal: Recusal = { resolutionId, personId, facts: body.facts, at: now };
  const isOpen = resolution.data.vote !== null;
  return {
    body: { facts: body.facts, at: now },
    writes: [
      ...changeRecord('recusal', id, undefined, recusal, act).writes,
      ...moveRows([], [recusalRow(recusal), recusalOfYearRow(recusal, resolution.data.bodyId)]),
      // Whoever shuts the gates, or opens the vote, conflicts with this: the count knows every recusal.
      isOpen
        ? { check: gateKey(resolutionId, shardOf(personId)), expect: { version: 1 } }
        : { check: recordKey('resolution', resolutionId), expect: { version: resolution.version } },
      ...ballotVoided(id, ballot, { ...act, eventId: newId() }),
    ],
  };
});

/** Without one: none may come in at the same time. */
function ballotVoided(id: string, ballot: Item | undefined, act: Act): Write[] {
  if (ballot === undefined) return [{ check: recordKey('ballot', id), expect: 'absent' }];
  const before = stored<Ballot>(id, ballot);
  const { writes } = changeRecord('ballot', id, before, voided(before.data), act, 'The voter stepped aside.');
  return [...writes, ...moveRows([ballotRow(before.data)], [])];
}
