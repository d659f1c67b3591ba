/** Who voted how, where ballots are open. */
import { votesRoutes } from '../../shared/contract/votes.ts';
import {
  type Ballot,
  ballotList,
  electorateKey,
  inVote,
  type Said,
  shardOf,
  shards,
  votersOf,
} from '../../shared/core/decisions/votes.ts';
import { listPartition } from '../../shared/core/records.ts';
import { decodeCursor, encodeCursor, notOfThisList } from '../../shared/http/cursor.ts';
import { operation } from '../../shared/http/operation.ts';
import { proofsOf } from '../../shared/http/proofs.ts';
import { allPages, nextOf } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { readNames } from '../people/readNames.ts';
import { loadOpenBallots } from './loadBallot.ts';
import { presentSaid } from './presentVote.ts';

export const listBallots = operation(
  votesRoutes.listBallots,
  async ({ params, query, caller, now, nextAddress }, { records }) => {
    const { resolution, isNamed } = await loadOpenBallots(records, params.resolutionId, caller, now);
    const { id, data } = resolution;
    const { ballots, next } = await readBallots(records, id, query);
    const people = ballots.map(({ personId }) => personId);
    const names = await readNames(records, isNamed ? people : []);
    const voters = await readVoters(records, id, people);
    const named = isNamed ? people.map(personId => ({ kind: 'ballot' as const, id: inVote(id, personId) })) : [];
    const proofs = await proofsOf(records, named);
    const items = ballots.map(({ personId, said, at, by }, place) => {
      const { weight = 1, group = -1 } = voters.get(personId) ?? {};
      return {
        person: isNamed ? { id: personId, name: names.get(personId) ?? '' } : null,
        choice: presentSaid(said as Said),
        at,
        weight,
        group: data.vote?.groups[group]?.name ?? null,
        byProxy: by !== personId,
        proof: proofs[place] ?? null,
      };
    });
    // Else their order, which is that of the voters, would tell which ballots of several votes are one person's.
    if (!isNamed) items.sort((a, b) => (a.at < b.at ? -1 : 1));
    return { body: { items, next: nextOf(next, nextAddress) } };
  },
);

/** One page. Its cursor counts the ballots of a shard instead of naming the last one, so that it tells of nobody. */
async function readBallots(
  records: RecordStore,
  id: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ readonly ballots: readonly Ballot[]; readonly next: string | null }> {
  const list = `ballots#${id}`;
  const [from = '0', behind = '0'] = decodeCursor(list, cursor, 2) ?? [];
  if (!/^\d{1,2}$/.test(from) || !/^\d{1,6}$/.test(behind)) throw notOfThisList();
  const ballots: Ballot[] = [];
  for (let shard = Number(from); shard < shards; shard++) {
    let place = 0;
    const skip = shard === Number(from) ? Number(behind) : 0;
    const partition = listPartition(ballotList(id, shard));
    for await (const items of allPages(records, { partition }, skip > limit ? 1000 : limit + 1)) {
      for (const { data } of items) {
        if (place++ < skip) continue;
        if (ballots.length === limit) return { ballots, next: encodeCursor(list, [String(shard), String(place - 1)]) };
        ballots.push(data as unknown as Ballot);
      }
    }
  }
  return { ballots, next: null };
}

async function readVoters(records: RecordStore, id: string, people: readonly string[]) {
  const keys = [...new Set(people.map(shardOf))].map(shard => electorateKey(id, shard));
  const electorates = keys.length === 0 ? [] : await records.getMany(keys);
  return new Map(electorates.flatMap(item => votersOf(item?.data).map(voter => [voter.personId, voter] as const)));
}
