/** Drafts the minutes of a meeting from what the book knows of it. */
import { bodyOn } from '../../shared/core/bodies.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import { draftMinutes } from '../../shared/core/meetings/draft.ts';
import type { Meeting } from '../../shared/core/meetings/meetings.ts';
import { quorumOverTime } from '../../shared/core/meetings/quorum.ts';
import type { Person } from '../../shared/core/people.ts';
import type { Stored } from '../../shared/core/records.ts';
import { readEach } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { readAttendances } from './presence.ts';
import { readDecisions } from './readDecisions.ts';
import { readQuorum } from './readQuorum.ts';

export async function readDraft(
  records: RecordStore,
  { id, data: meeting }: Stored<Meeting>,
  now: Instant,
): Promise<string> {
  const [attendances, { body, on, voters, quorumOf }, decisions] = await Promise.all([
    readAttendances(records, id),
    readQuorum(records, meeting),
    readDecisions(records, id, meeting),
  ]);
  const there = new Set(attendances.map(({ personId }) => personId));
  const missing = [...voters].filter(personId => !there.has(personId));
  const people = await readEach<Person>(records, 'person', [...there, ...missing]);
  const nameOf = (personId: string) => people.get(personId)?.name ?? '';
  const opened = meeting.held?.openedAt ?? now;
  const attended = attendances.map(({ personId, spans }) => ({
    name: nameOf(personId),
    votes: voters.has(personId),
    spans,
  }));
  return draftMinutes({
    bodyName: bodyOn(body, on)?.name ?? '',
    meeting,
    attended: attended.toSorted((a, b) => compare(a.name, b.name)),
    absent: missing.map(nameOf).toSorted(compare),
    quorum: quorumOverTime(attendances, opened, meeting.held?.closedAt ?? now, quorumOf),
    decisions,
  });
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
