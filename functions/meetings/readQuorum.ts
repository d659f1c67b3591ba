/** Reads who counts for the quorum of a meeting, and by which rule. */
import { ordinary, rulesOf } from '../../shared/core/decisions/rulebook.ts';
import type { Meeting } from '../../shared/core/meetings/meetings.ts';
import { type MeetingQuorum, meetingQuorum } from '../../shared/core/meetings/quorum.ts';
import { readToday } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { readRulebook } from '../resolutions/rules.ts';
import { readVotingSeats } from '../resolutions/seats.ts';

/** As rules and seats are on the day on which it was opened. Three reads, and one query for every thousand seats. */
export async function readQuorum(records: RecordStore, { bodyId, held, startsAt }: Meeting) {
  const on = await readToday(records, held?.openedAt ?? startsAt);
  const [{ body, rulebook }, seats] = await Promise.all([
    readRulebook(records, bodyId),
    readVotingSeats(records, bodyId, on),
  ]);
  const { rules, fixedSeats } = rulesOf(rulebook?.data, body.kind, on);
  const rule = { quorum: rules[ordinary]?.quorum ?? null };
  const quorumOf = (present: ReadonlySet<string>): MeetingQuorum => meetingQuorum(rule, seats, fixedSeats, present);
  return { body, on, voters: new Set(seats.map(({ personId }) => personId)), quorumOf };
}
