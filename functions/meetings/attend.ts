/** Whoever leads the body records that somebody came to a meeting, or left it. */
import type { meetingsRoutes } from '../../shared/contract/meetings.ts';
import type { Answer } from '../../shared/contract/route.ts';
import { bodiesOn, type Caller } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import { type Attendance, attendanceId, attendanceRow } from '../../shared/core/meetings/attendance.ts';
import { demandAttending } from '../../shared/core/meetings/meetings.ts';
import { type Act, changeRecord, moveRows, recordKey, stored } from '../../shared/core/records.ts';
import { StateConflictError } from '../../shared/errors.ts';
import { heldSeats } from '../../shared/http/identify.ts';
import type { Decision } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { readNames } from '../people/readNames.ts';
import { demandLeader } from '../resolutions/seats.ts';
import { loadWhole } from './load.ts';
import { presentAttendance } from './present.ts';

interface Input {
  readonly params: { readonly meetingId: string; readonly personId: string };
  readonly body: { readonly at: Instant | null };
  readonly caller: Caller;
  readonly now: Instant;
  readonly act: Act;
}

/** @param decide what the attendance is from that moment on. */
export async function recordMovement(
  records: RecordStore,
  { params, body, caller, now, act }: Input,
  decide: (before: Attendance | undefined, at: Instant) => Attendance,
): Promise<Decision<Answer<typeof meetingsRoutes.recordArrival>>> {
  const { meetingId, personId } = params;
  const at = body.at ?? now;
  const meeting = await loadWhole(records, meetingId, caller);
  await demandLeader(records, caller, meeting.data.bodyId, await readToday(records, now));
  demandAttending(meeting.data, at, now);
  await demandSeat(records, personId, meeting.data.bodyId, at);
  const id = attendanceId(meetingId, personId);
  const item = await records.get(recordKey('attendance', id));
  const before = item === undefined ? undefined : stored<Attendance>(id, item);
  const after = decide(before?.data, at);
  const { writes } = changeRecord('attendance', id, before, after, act);
  return {
    body: presentAttendance(after, await readNames(records, [personId])),
    writes: [
      ...writes,
      ...moveRows([], [attendanceRow(after)]),
      // Nobody comes or goes behind the end of a meeting, or in one that is cancelled meanwhile.
      { check: recordKey('meeting', meetingId), expect: { version: meeting.version } },
    ],
  };
}

/** @throws {StateConflictError} the person has none in the body on that day, or there is no such person: the two do not differ. */
async function demandSeat(records: RecordStore, personId: string, bodyId: string, at: Instant): Promise<void> {
  const on = await readToday(records, at);
  if (bodiesOn(await heldSeats(personId, records, on), on).has(bodyId)) return;
  throw new StateConflictError(
    'Only those are recorded who hold a seat in the body on that day. Name others as guests of the meeting.',
  );
}
