/** Reads all that a count needs: who was entitled, the ballots, who stepped aside, who was there. */
import type { Votes } from '../../shared/core/decisions/counting.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import { saidIn } from '../../shared/core/decisions/sealing.ts';
import {
  type Ballot,
  ballotList,
  electorateKey,
  type Recusal,
  recusalList,
  type Said,
  sealingKey,
  shards,
  type Vote,
  votersOf,
} from '../../shared/core/decisions/votes.ts';
import { listPartition, recordKey, type Stored } from '../../shared/core/records.ts';
import { VersionConflictError } from '../../shared/errors.ts';
import { allPages, readRecord } from '../../shared/http/read.ts';
import { unsealer } from '../../shared/http/sealedBallots.ts';
import type { RecordStore, Write } from '../../shared/ports/recordStore.ts';
import { readPresent } from '../meetings/presence.ts';

const everyShard = Array.from({ length: shards }, (_, shard) => shard);

/**
 * What is read before the gates are shut could lack the last ballots.
 * @throws {VersionConflictError} another counter was faster.
 * @throws {Error} a sealed ballot cannot be read: what is stored was changed, or the key is lost.
 */
export async function readVotes(records: RecordStore, resolution: Stored<Resolution>, vote: Vote): Promise<Votes> {
  const { id } = resolution;
  const { election } = resolution.data.motion;
  const electorates = await records.getMany(everyShard.map(shard => electorateKey(id, shard)));
  const ballots: Ballot[] = [];
  for (const shard of everyShard) ballots.push(...(await listed<Ballot>(records, ballotList(id, shard))));
  const recusals = await listed<Recusal>(records, recusalList(id));
  const said = await reader(records, resolution, vote);
  const cast: { personId: string; said: Said }[] = [];
  for (const ballot of ballots) cast.push({ personId: ballot.personId, said: await said(ballot) });
  return {
    election,
    voters: electorates.flatMap(item => votersOf(item?.data)),
    cast,
    recused: new Set(recusals.map(({ personId }) => personId)),
    there: vote.meetingId === null ? new Set() : await readPresent(records, vote.meetingId, vote.closesAt),
  };
}

async function listed<Card>(records: RecordStore, list: string): Promise<Card[]> {
  const cards: Card[] = [];
  for await (const items of allPages(records, { partition: listPartition(list) }, 1000)) {
    cards.push(...items.map(item => item.data as unknown as Card));
  }
  return cards;
}

/** Reads what a ballot says, with the private key where it is sealed. */
async function reader(
  records: RecordStore,
  { id, version, data }: Stored<Resolution>,
  { sealKey }: Vote,
): Promise<(ballot: Ballot) => Promise<Said>> {
  if (sealKey === null) {
    return async ({ said }) => {
      if (said === null) throw new Error('A ballot on the list says nothing');
      return said;
    };
  }
  const key = await records.get(sealingKey(id));
  if (key === undefined) {
    const again = await readRecord<Resolution>(records, 'resolution', id);
    // Whoever counted took the key away.
    if (again.version > version) throw new VersionConflictError([recordKey('resolution', id)]);
    throw new Error('The key of a secret ballot is lost');
  }
  const unseal = await unsealer(key.data);
  return async ballot => saidIn(await unseal(ballot.sealed ?? ''), ballot, data.motion.election);
}

/** What removes the private key of a secret ballot. */
export const forgetKey = (id: string, { sealKey }: Vote): Write[] =>
  sealKey === null ? [] : [{ remove: sealingKey(id), expect: 'any' }];
