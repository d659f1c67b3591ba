/** Counts a vote whose gates are shut: the same whoever counts, and however often. */
import { instant } from '../../shared/core/calendar.ts';
import {
  type Ballot,
  ballotList,
  numberAfter,
  type Resolution,
  type Result,
  recordResult,
  registerKey,
  shards,
  type Vote,
} from '../../shared/core/decisions/resolutions.ts';
import { type Count, tally } from '../../shared/core/decisions/tally.ts';
import { listPartition, replaceItem, type Stored } from '../../shared/core/records.ts';
import { untilSettled } from '../../shared/http/attempts.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { allPages, readRecord, readToday } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { writeResolution } from '../resolutions/load.ts';

/** Does nothing when the vote is counted already, or takes ballots still. @returns the resolution as it is then. */
export async function countVote(
  id: string,
  { records, now, newId }: Pick<JobServices, 'records' | 'now' | 'newId'>,
): Promise<Stored<Resolution>> {
  let ballots: Ballot[] | undefined;
  return untilSettled(async () => {
    const before = await readRecord<Resolution>(records, 'resolution', id);
    const { vote, bodyId } = before.data;
    if (vote === null || vote.shutAt === null || vote.result !== null) return before;
    // Only now that the gates are known to be shut: what was read before could lack the last ballots.
    ballots ??= await readBallots(records, id);
    const at = instant(now());
    const { outcome, ...votes } = counted(vote, ballots);
    const year = (await readToday(records, vote.closesAt)).slice(0, 4);
    const key = registerKey(bodyId, year);
    const register = outcome.carried ? await records.get(key) : undefined;
    const last = Number(register?.data.last ?? 0);
    const number = outcome.carried ? numberAfter(year, last) : null;
    const result: Result = { countedAt: at, ...votes, outcome, number };
    const act = { operation: 'countVote', by: null, at, eventId: newId() };
    const { stored, writes } = writeResolution(id, before, recordResult(before.data, result), act);
    // The number and the resolution that has it are one commit: none is lost, and none is given twice.
    const given = outcome.carried ? [replaceItem(key, register, { last: last + 1 })] : [];
    await records.commit([...writes, ...given]);
    return stored;
  });
}

async function readBallots(records: RecordStore, id: string): Promise<Ballot[]> {
  const ballots: Ballot[] = [];
  for (let shard = 0; shard < shards; shard++) {
    for await (const items of allPages(records, { partition: listPartition(ballotList(id, shard)) }, 1000)) {
      ballots.push(...items.map(item => item.data as unknown as Ballot));
    }
  }
  return ballots;
}

function counted({ rule, inOffice, fixed }: Vote, ballots: readonly Ballot[]) {
  const of = (choice: Ballot['choice']) => ballots.filter(ballot => ballot.choice === choice).length;
  const [yes, no, abstained] = [of('yes'), of('no'), of('abstain')];
  const count: Count = {
    inOffice,
    fixed,
    entitled: inOffice,
    recused: 0,
    present: ballots.length,
    yes,
    no,
    abstained,
    peopleInFavour: yes,
    casting: null,
    groups: [],
  };
  return { yes, no, abstained, outcome: tally(rule, count) };
}
