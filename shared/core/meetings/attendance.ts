/** Who was at a meeting, from when to when, in the room or from afar. */
import { StateConflictError } from '../../errors.ts';
import type { JsonObject } from '../../ports/recordStore.ts';
import type { Instant } from '../calendar.ts';
import { type Row, rowKey } from '../records.ts';

/** The record of one person at one meeting. */
export interface Attendance {
  readonly meetingId: string;
  readonly personId: string;
  /** In order, without overlaps; only the last one can be open. */
  readonly spans: readonly Span[];
}

/** From the one moment on and until just before the other; null while it lasts. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant | null;
  readonly remote: boolean;
}

/** So often one person comes back to one meeting at most. */
export const mostSpans = 20;

export const attendanceId = (meetingId: string, personId: string) => `${meetingId}~${personId}`;

export const attendanceList = (meetingId: string) => `attendance#${meetingId}`;

export const attendanceRow = (attendance: Attendance): Row => ({
  key: rowKey(attendanceList(attendance.meetingId), attendance.personId),
  card: attendance as unknown as JsonObject,
});

/** @throws {StateConflictError} the person is there already, was still there at that moment, or has come too often. */
export function arrive(
  before: Attendance | undefined,
  { meetingId, personId }: Pick<Attendance, 'meetingId' | 'personId'>,
  at: Instant,
  remote: boolean,
): Attendance {
  const spans = before?.spans ?? [];
  const last = spans.at(-1);
  if (last?.to === null) throw new StateConflictError(`The person has been there since ${last.from}.`);
  if (last !== undefined && at < last.to) {
    throw new StateConflictError(`The person was there until ${last.to}. Name a later moment.`);
  }
  if (spans.length >= mostSpans) {
    throw new StateConflictError(`The person has come ${mostSpans} times already; no more can be recorded.`);
  }
  return { meetingId, personId, spans: [...spans, { from: at, to: null, remote }] };
}

/** @throws {StateConflictError} the person is not there, or came later. */
export function depart(before: Attendance | undefined, at: Instant): Attendance {
  const last = before?.spans.at(-1);
  if (before === undefined || last === undefined || last.to !== null) {
    throw new StateConflictError('The person is not there.');
  }
  if (at <= last.from) throw new StateConflictError(`The person came at ${last.from}. Name a later moment.`);
  return { ...before, spans: [...before.spans.slice(0, -1), { ...last, to: at }] };
}

/** Everybody who is there at that moment, however it came about. */
export function presentAt(attendances: readonly Attendance[], at: Instant): ReadonlySet<string> {
  const there = ({ from, to }: Span) => from <= at && (to === null || at < to);
  return new Set(attendances.filter(({ spans }) => spans.some(there)).map(({ personId }) => personId));
}
