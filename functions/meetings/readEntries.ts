/** Reads the meetings that a calendar shows. */
import { addDays, type Instant } from '../../shared/core/calendar.ts';
import { type MeetingCard, meetingList } from '../../shared/core/meetings/meetings.ts';
import { listPartition } from '../../shared/core/records.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** Calendars look a year back, and show so many meetings of a body at most. */
const daysBack = 366;
const mostEntries = 500;

/** By their beginning. One query. */
export async function readEntries(records: RecordStore, bodyId: string, now: Instant): Promise<MeetingCard[]> {
  const { items } = await records.query({
    table: 'records',
    partition: listPartition(meetingList(bodyId)),
    after: addDays(now.slice(0, 10), -daysBack),
    order: 'ascending',
    limit: mostEntries,
  });
  return items.map(item => item.data as unknown as MeetingCard);
}
