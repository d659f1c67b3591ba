/** Tells who is shown the ballots of an open vote, and whose they are. */
import { type Caller, may } from '../../shared/core/authorisation.ts';
import type { Body } from '../../shared/core/bodies.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import { type Resolution, resolutionStateAt } from '../../shared/core/decisions/resolutions.ts';
import type { Ballot } from '../../shared/core/decisions/votes.ts';
import type { Stored } from '../../shared/core/records.ts';
import { NotAllowedError, NotFoundError, StateConflictError } from '../../shared/errors.ts';
import { readRecord } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { loadVisible, seesWhoActs } from '../resolutions/load.ts';

/**
 * A vote whose ballots the caller is shown, and whether by name.
 * @throws {NotFoundError} there is no such resolution, or the caller may not see it.
 * @throws {StateConflictError} the ballot is secret.
 * @throws {NotAllowedError} the vote is still open, and the caller no member.
 */
export async function loadOpenBallots(
  records: RecordStore,
  resolutionId: string,
  caller: Caller,
  now: Instant,
): Promise<{ readonly resolution: Stored<Resolution>; readonly isNamed: boolean }> {
  const resolution = await loadVisible(records, resolutionId, caller, now);
  const { vote, bodyId } = resolution.data;
  if (vote?.rule.ballot === 'secret') {
    throw new StateConflictError('The ballot is secret: nobody is shown more than the counts.');
  }
  if (resolutionStateAt(resolution.data, now) === 'open' && !may(caller, 'see votes')) {
    throw new NotAllowedError('While the vote is open only members see who votes how.');
  }
  const { publishesSeats } = (await readRecord<Body>(records, 'body', bodyId)).data;
  return { resolution, isNamed: publishesSeats || (await seesWhoActs(records, caller, bodyId)) };
}

/** One ballot, for whoever is shown it by name: its own name tells whose it is. @throws {NotFoundError} */
export async function loadBallot(
  records: RecordStore,
  id: string,
  caller: Caller,
  now: Instant,
): Promise<Stored<Ballot>> {
  const ballot = await readRecord<Ballot>(records, 'ballot', id);
  const { resolutionId, said } = ballot.data;
  const shown = await loadOpenBallots(records, resolutionId, caller, now).catch(error => {
    if (error instanceof StateConflictError || error instanceof NotAllowedError) throw new NotFoundError();
    throw error;
  });
  if (!shown.isNamed || said === null) throw new NotFoundError();
  return ballot;
}
