/** Approves the minutes of a meeting, when a resolution that does so is adopted. */
import { approve, type Minutes, type MinutesApproval } from '../../shared/core/meetings/minutes.ts';
import { type Act, changeRecord, recordKey, stored } from '../../shared/core/records.ts';
import type { RecordStore, Write } from '../../shared/ports/recordStore.ts';

/**
 * For the commit that adopts the resolution; from then on the text stands still. None when no minutes of that body are recorded,
 * or they are approved already: an adoption never fails for that.
 *
 * @param bodyId the body that adopts the resolution.
 * @param act with an event of its own.
 */
export async function approveMinutes(
  records: RecordStore,
  bodyId: string,
  meetingId: string,
  { resolutionId, number, at }: MinutesApproval,
  act: Act,
): Promise<readonly Write[]> {
  const item = await records.get(recordKey('minutes', meetingId));
  if (item === undefined) return [];
  const before = stored<Minutes>(meetingId, item);
  return changeRecord('minutes', meetingId, before, approve(before.data, bodyId, { resolutionId, number, at }), act)
    .writes;
}
