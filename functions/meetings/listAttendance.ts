/** Who was at a meeting, from when to when. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import { type Attendance, attendanceList } from '../../shared/core/meetings/attendance.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage } from '../../shared/http/read.ts';
import { readNames } from '../people/readNames.ts';
import { loadWhole } from './load.ts';
import { presentAttendance } from './present.ts';

export const listAttendance = operation(
  meetingsRoutes.listAttendance,
  async ({ params, query, caller, nextAddress }, { records }) => {
    const { id } = await loadWhole(records, params.meetingId, caller);
    const { items, next } = await readPage(records, {
      partition: listPartition(attendanceList(id)),
      order: 'ascending',
      limit: query.limit,
      cursor: query.cursor,
    });
    const all = items.map(item => item.data as unknown as Attendance);
    const names = await readNames(
      records,
      all.map(({ personId }) => personId),
    );
    return { body: { items: all.map(one => presentAttendance(one, names)), next: nextOf(next, nextAddress) } };
  },
);
