/** Loads a meeting for a caller, and writes one with the row that lists it. */
import type { Caller } from '../../shared/core/authorisation.ts';
import { isKnown, type Meeting, meetingRows } from '../../shared/core/meetings/meetings.ts';
import { type Act, type Change, changeRecord, moveRows, type Stored } from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { readRecord } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { seesAll } from './sight.ts';

/** @throws {NotFoundError} there is none, or the caller may not know of it: the two do not differ. */
export async function loadVisible(records: RecordStore, id: string, caller: Caller): Promise<Stored<Meeting>> {
  const meeting = await readRecord<Meeting>(records, 'meeting', id);
  if (seesAll(caller, meeting.data.bodyId) || isKnown(meeting.data)) return meeting;
  throw new NotFoundError();
}

/** For whoever asks for more than that there is a meeting. @throws {NotFoundError} */
export async function loadWhole(records: RecordStore, id: string, caller: Caller): Promise<Stored<Meeting>> {
  const meeting = await readRecord<Meeting>(records, 'meeting', id);
  if (seesAll(caller, meeting.data.bodyId)) return meeting;
  throw new NotFoundError();
}

/** The record after a change, and everything that has to be committed for it. */
export function writeMeeting(
  id: string,
  before: Stored<Meeting> | undefined,
  after: Meeting,
  act: Act,
  reason: string | null = null,
): Change<Meeting> {
  const { stored, writes } = changeRecord('meeting', id, before, after, act, reason);
  if (writes.length === 0) return { stored, writes };
  return { stored, writes: [...writes, ...moveRows(meetingRows(before), meetingRows(stored))] };
}
