/** A voter lets somebody else vote, in one vote, or takes that back. */
import { votesRoutes } from '../../shared/contract/votes.ts';
import { demandProxies } from '../../shared/core/decisions/casting.ts';
import { resolutionStateAt } from '../../shared/core/decisions/resolutions.ts';
import { type GivenProxy, inVote, proxyRows } from '../../shared/core/decisions/votes.ts';
import type { Person } from '../../shared/core/people.ts';
import { changeRecord, moveRows, recordKey, stored } from '../../shared/core/records.ts';
import { wrongField } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { loadVisible } from '../resolutions/load.ts';
import { demandEntitled } from './entitled.ts';

export const giveProxy = operation(votesRoutes.giveProxy, async ({ params, body, caller, now, act }, { records }) => {
  const resolution = await loadVisible(records, params.resolutionId, caller, now);
  demandProxies(resolution.data.vote, resolutionStateAt(resolution.data, now));
  const personId = await demandEntitled(records, resolution, caller, now);
  const { to } = body;
  if (to === personId) throw wrongField('/to', 'Must be somebody else.');
  const id = inVote(resolution.id, personId);
  const [found, proxy] = await records.getMany([
    recordKey('proxy', id),
    ...(to === null ? [] : [recordKey('person', to)]),
  ]);
  if (to !== null && (proxy?.data as unknown as Person | undefined) === undefined)
    throw wrongField('/to', 'Must be a person of the book.');
  const before = found === undefined ? undefined : stored<GivenProxy>(id, found);
  const after: GivenProxy = { resolutionId: resolution.id, personId, proxyId: to, at: now };
  const { writes } = changeRecord('proxy', id, before, after, act);
  return { body: { to, at: now }, writes: [...writes, ...moveRows(proxyRows(before?.data), proxyRows(after))] };
});
