/** Counts a vote whose gates are shut: the same whoever counts, and however often. */
import { type Instant, instant } from '../../shared/core/calendar.ts';
import { awaitsChair, countOf, resultOf, type Votes } from '../../shared/core/decisions/counting.ts';
import { type Resolution, recordResult, recordTie } from '../../shared/core/decisions/resolutions.ts';
import type { Counted, Vote } from '../../shared/core/decisions/votes.ts';
import { mailingRows } from '../../shared/core/mailings.ts';
import { type Act, type Change, moveRows, type Stored } from '../../shared/core/records.ts';
import { untilSettled } from '../../shared/http/attempts.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { readRecord } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { writeResolution } from '../resolutions/load.ts';
import { writeDecided } from '../resolutions/writeDecided.ts';
import { forgetKey, readVotes } from './readVotes.ts';

/** @param id of a resolution whose gates are known to be shut. Does nothing when it is counted already. */
export async function countVote(
  id: string,
  { records, now, newId }: Pick<JobServices, 'records' | 'now' | 'newId'>,
): Promise<void> {
  let votes: Votes | undefined;
  await untilSettled(async () => {
    const before = await readRecord<Resolution>(records, 'resolution', id);
    const { vote } = before.data;
    if (vote === null || vote.shutAt === null || vote.tie !== null || vote.result !== null) return;
    votes ??= await readVotes(records, before, vote);
    const act = { operation: 'countVote', by: null, at: instant(now()), eventId: newId() };
    const counted = countOf(vote, votes);
    const { writes } = awaitsChair(vote, votes.election, counted)
      ? writeResolution(id, before, recordTie(before.data, counted), act)
      : await writeResult(records, before, vote, counted, act);
    // With the ballots counted nothing needs the key any more: it goes in the same commit, so no crash leaves it behind.
    await records.commit([...writes, ...forgetKey(id, vote)]);
  });
}

async function writeResult(
  records: RecordStore,
  before: Stored<Resolution>,
  vote: Vote,
  counted: Counted,
  act: Act & { readonly at: Instant },
): Promise<Change<Resolution>> {
  const result = resultOf(vote, before.data.motion.election, counted, null, act.at);
  const outcome = { carried: result.outcome.carried, at: vote.closesAt };
  const { stored, writes } = await writeDecided(records, before, recordResult(before.data, result), outcome, act);
  return { stored, writes: [...writes, ...moveRows([], mailingRows.outcome(before.id, act.at))] };
}
