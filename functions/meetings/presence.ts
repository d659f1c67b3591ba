/** Reads who is at a meeting. */
import type { Instant } from '../../shared/core/calendar.ts';
import { type Attendance, attendanceList, presentAt } from '../../shared/core/meetings/attendance.ts';
import { isHeldAt, type Meeting } from '../../shared/core/meetings/meetings.ts';
import { listPartition, recordKey } from '../../shared/core/records.ts';
import { allPages } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** Of everybody who ever was there, by person. One query for every thousand. */
export async function readAttendances(records: RecordStore, meetingId: string): Promise<Attendance[]> {
  const all: Attendance[] = [];
  for await (const items of allPages(records, { partition: listPartition(attendanceList(meetingId)) }, 1000))
    all.push(...items.map(item => item.data as unknown as Attendance));
  return all;
}

/**
 * Everybody who is there at that moment; nobody before the meeting is opened, or after it was adjourned. One read and a query
 * for every thousand people.
 */
export async function readPresent(records: RecordStore, meetingId: string, at: Instant): Promise<ReadonlySet<string>> {
  const item = await records.get(recordKey('meeting', meetingId));
  if (item === undefined || !isHeldAt(item.data as unknown as Meeting, at)) return new Set();
  return presentAt(await readAttendances(records, meetingId), at);
}
