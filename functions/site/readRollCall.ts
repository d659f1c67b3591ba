/** Reads who voted how, where everybody may know it. */
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import { type Ballot, electorateKey, inVote, shards, votersOf } from '../../shared/core/decisions/votes.ts';
import { recordKey, type Stored } from '../../shared/core/records.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import type { RollCall } from '../../web/rollCall.ts';
import { readNames } from '../people/readNames.ts';
import { presentSaid } from '../votes/presentVote.ts';

/** Pages name no more voters than this; a store reads up to 100 items at once. */
const most = 100;

/**
 * Null for a secret vote, for one of a body that does not publish who sits in it, and for one of so many that only the data list
 * them. Three reads: so few voters are found faster by their keys than by the lists of their ballots.
 */
export async function readRollCall(
  records: RecordStore,
  { id, data: { vote } }: Stored<Resolution>,
  publishesSeats: boolean,
): Promise<RollCall | null> {
  if (vote === null || vote.result === null || vote.rule.ballot === 'secret' || !publishesSeats) return null;
  if (vote.people > most) return null;
  const electorates = await records.getMany(Array.from({ length: shards }, (_, shard) => electorateKey(id, shard)));
  const voters = electorates.flatMap(item => votersOf(item?.data));
  const [ballots, names] = await Promise.all([
    records.getMany(voters.map(({ personId }) => recordKey('ballot', inVote(id, personId)))),
    readNames(
      records,
      voters.map(({ personId }) => personId),
    ),
  ]);
  return voters.flatMap(({ personId, weight, group }, index) => {
    const { said = null, by } = (ballots[index]?.data ?? {}) as unknown as Partial<Ballot>;
    // Of those who cast none, and of those who stepped aside, nothing is told here.
    if (said === null) return [];
    const choice = presentSaid(said);
    const name = names.get(personId) ?? '';
    return [{ name, choice, weight, group: vote.groups[group]?.name ?? null, byProxy: by !== personId }];
  });
}
