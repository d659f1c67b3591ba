/** Somebody who was entitled when the vote opened votes, or votes anew; or whoever that person gave a proxy. */
import { votesRoutes } from '../../shared/contract/votes.ts';
import { demandCasting } from '../../shared/core/decisions/casting.ts';
import { type Resolution, resolutionStateAt } from '../../shared/core/decisions/resolutions.ts';
import { problemOf, sealedText } from '../../shared/core/decisions/sealing.ts';
import {
  type Ballot,
  ballotRow,
  electorateKey,
  type GivenProxy,
  gateKey,
  inVote,
  shardOf,
  votersOf,
} from '../../shared/core/decisions/votes.ts';
import { changeRecord, moveRows, recordKey, stored } from '../../shared/core/records.ts';
import { NotFoundError, wrongField } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { seal } from '../../shared/http/sealedBallots.ts';
import type { Write } from '../../shared/ports/recordStore.ts';
import { maySeeNow } from '../resolutions/load.ts';

export const castVote = operation(votesRoutes.castVote, async ({ params, body, caller, now, act }, { records }) => {
  const { resolutionId } = params;
  const { choice, for: personId = caller.personId } = body;
  const by = caller.personId;
  if (by === null || personId === null) throw new NotFoundError();
  const shard = shardOf(personId);
  const id = inVote(resolutionId, personId);
  // Whoever votes for somebody may be recused as well.
  const involved = [...new Set([personId, by])];
  const [resolution, electorate, ballot, proxy, ...recusals] = await records.getMany([
    recordKey('resolution', resolutionId),
    electorateKey(resolutionId, shard),
    recordKey('ballot', id),
    recordKey('proxy', id),
    ...involved.map(one => recordKey('recusal', inVote(resolutionId, one))),
  ]);
  const data = resolution?.data as unknown as Resolution | undefined;
  const isEntitled = votersOf(electorate?.data).some(voter => voter.personId === personId);
  const isProxy = by !== personId && (proxy?.data as unknown as GivenProxy | undefined)?.proxyId === by;
  const concerned = isEntitled && (by === personId || isProxy);
  if (data === undefined || !(concerned || (await maySeeNow(records, caller, data, now)))) throw new NotFoundError();
  const { vote, motion } = data;
  demandCasting(vote, resolutionStateAt(data, now), {
    isEntitled,
    byProxy: by !== personId,
    isProxy,
    isRecused: recusals.some(one => one !== undefined),
  });
  const problem = problemOf(choice, motion.election);
  if (problem !== null) throw wrongField('/choice', problem);
  const whose = { resolutionId, personId };
  const key = vote?.sealKey ?? null;
  const sealed = key === null ? null : await seal(sealedText(whose, choice, motion.election), key);
  const said = sealed === null ? choice : null;
  const before = ballot === undefined ? undefined : stored<Ballot>(id, ballot);
  const after: Ballot = { ...whose, said, sealed, by, at: now };
  const { writes } = changeRecord('ballot', id, before, after, act);
  return {
    body: { choice: said, at: now },
    writes: [
      ...writes,
      ...moveRows([], [ballotRow(after)]),
      // Whoever shuts the gate conflicts with this: no ballot comes in behind it.
      { check: gateKey(resolutionId, shard), expect: { version: 1 } },
      ...involved.map((one): Write => ({ check: recordKey('recusal', inVote(resolutionId, one)), expect: 'absent' })),
      ...(isProxy && proxy !== undefined ? [{ check: proxy.key, expect: { version: proxy.version } }] : []),
    ],
  };
});
