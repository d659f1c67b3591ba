/** Finds the caller among those who are entitled in a vote, or would be if it opened today. */
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import { electorateKey, shardOf, votersOf } from '../../shared/core/decisions/votes.ts';
import type { Stored } from '../../shared/core/records.ts';
import { NotAllowedError, NotFoundError } from '../../shared/errors.ts';
import { readToday } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { demandVoter } from '../resolutions/seats.ts';

/** @throws {NotAllowedError} the caller is none of them. */
export async function demandEntitled(
  records: RecordStore,
  { id, data }: Stored<Resolution>,
  caller: Caller,
  now: Instant,
): Promise<string> {
  const { personId } = caller;
  if (personId === null) throw new NotFoundError();
  if (data.vote === null) return demandVoter(records, caller, data.bodyId, await readToday(records, now));
  const electorate = await records.get(electorateKey(id, shardOf(personId)));
  if (votersOf(electorate?.data).some(voter => voter.personId === personId)) return personId;
  throw new NotAllowedError('Only those may do this who held a voting seat in the body when the vote was opened.');
}
