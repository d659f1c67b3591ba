/** Reads what was decided in a meeting. */
import { explain } from '../../shared/core/decisions/explain.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import { type Recusal, recusalList } from '../../shared/core/decisions/votes.ts';
import type { DraftDecision } from '../../shared/core/meetings/draft.ts';
import type { Meeting } from '../../shared/core/meetings/meetings.ts';
import { type MeetingVote, meetingVoteList } from '../../shared/core/meetings/minutes.ts';
import type { Person } from '../../shared/core/people.ts';
import { listPartition } from '../../shared/core/records.ts';
import { allPages, readEach } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** The resolutions that were put to the vote in it, in that order. */
export async function readVoteIds(records: RecordStore, meetingId: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const items of allPages(records, { partition: listPartition(meetingVoteList(meetingId)) }, 1000))
    ids.push(...items.map(item => (item.data as unknown as MeetingVote).resolutionId));
  return [...new Set(ids)];
}

/** @param id of the meeting. Without votes, what its agenda names counts. One read for every hundred, and one query each for recusals. */
export async function readDecisions(
  records: RecordStore,
  id: string,
  { agenda }: Meeting,
): Promise<readonly DraftDecision[]> {
  const voted = await readVoteIds(records, id);
  const ids = voted.length > 0 ? voted : [...new Set(agenda.flatMap(({ resolutionId }) => resolutionId ?? []))];
  const found = await readEach<Resolution>(records, 'resolution', ids);
  const recused = new Map<string, readonly string[]>();
  for (const one of found.keys()) recused.set(one, await readRecused(records, one));
  const people = await readEach<Person>(records, 'person', [
    ...[...found.values()].flatMap(({ mover, seconder }) => [mover, seconder].flatMap(act => act?.by ?? [])),
    ...[...recused.values()].flat(),
  ]);
  const nameOf = (personId: string) => people.get(personId)?.name ?? '';
  return [...found].map(([one, resolution]) => decisionOf(resolution, recused.get(one) ?? [], nameOf));
}

function decisionOf(
  { motion, mover, seconder, vote, adoption }: Resolution,
  recused: readonly string[],
  nameOf: (personId: string) => string,
): DraftDecision {
  const result = vote?.result ?? null;
  const counts = result === null || motion.election !== null ? null : result.count;
  return {
    title: motion.title,
    mover: mover === null ? null : nameOf(mover.by),
    seconder: seconder === null ? null : nameOf(seconder.by),
    recused: recused.map(nameOf),
    counts: counts === null ? null : { yes: counts.yes, no: counts.no, abstained: counts.abstained },
    carried: result?.outcome.carried ?? null,
    number: adoption?.number ?? null,
    explanation: result === null ? [] : explain(result.outcome),
  };
}

async function readRecused(records: RecordStore, resolutionId: string): Promise<string[]> {
  const people: string[] = [];
  for await (const items of allPages(records, { partition: listPartition(recusalList(resolutionId)) }))
    people.push(...items.map(item => (item.data as unknown as Recusal).personId));
  return people;
}
