/** Somebody who was entitled when the vote opened votes, or votes anew. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import {
  type Ballot,
  ballotId,
  ballotRow,
  electorateKey,
  gateKey,
  type Resolution,
  resolutionStateAt,
  shardOf,
} from '../../shared/core/decisions/resolutions.ts';
import { changeRecord, moveRows, recordKey, stored } from '../../shared/core/records.ts';
import { NotAllowedError, NotFoundError, StateConflictError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { maySee, votersIn } from './load.ts';

export const castVote = operation(
  resolutionsRoutes.castVote,
  async ({ params, body, caller, now, act }, { records }) => {
    const { resolutionId } = params;
    const { personId } = caller;
    if (personId === null) throw new NotFoundError();
    const shard = shardOf(personId);
    const id = ballotId(resolutionId, personId);
    const [resolution, electorate, ballot] = await records.getMany([
      recordKey('resolution', resolutionId),
      electorateKey(resolutionId, shard),
      recordKey('ballot', id),
    ]);
    const data = resolution?.data as unknown as Resolution | undefined;
    const isEntitled = votersIn(electorate).includes(personId);
    if (data === undefined || !(isEntitled || maySee(caller, data, now))) throw new NotFoundError();
    const state = resolutionStateAt(data, now);
    if (state !== 'open')
      throw new StateConflictError(
        `The resolution is ${state}. No vote is taken${state === 'seconded' ? ' yet' : ''}.`,
      );
    if (!isEntitled) {
      throw new NotAllowedError('Only those may vote who held a voting seat in the body when the vote was opened.');
    }
    const before = ballot === undefined ? undefined : stored<Ballot>(id, ballot);
    const after: Ballot = { resolutionId, personId, choice: body.choice, at: now };
    const { writes } = changeRecord('ballot', id, before, after, act);
    return {
      body: { choice: body.choice, at: now },
      // Whoever shuts the gates conflicts with this: no ballot comes in behind them.
      writes: [
        ...writes,
        ...moveRows([], [ballotRow(after)]),
        { check: gateKey(resolutionId, shard), expect: { version: 1 } },
      ],
    };
  },
);
