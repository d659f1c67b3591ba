/** Writes the address of a person's calendar, or that there is none any more. */
import { type CalendarAddress, calendarKey } from '../../shared/core/meetings/calendarAddress.ts';
import { pointerTo } from '../../shared/core/people.ts';
import { type Act, changeRecord, recordKey, stored } from '../../shared/core/records.ts';
import type { RecordStore, Write } from '../../shared/ports/recordStore.ts';

/**
 * Ends the address that there was.
 * @param codeHash of the new address; null for none.
 */
export async function writeAddress(
  records: RecordStore,
  personId: string,
  codeHash: string | null,
  act: Act,
): Promise<{ readonly hadOne: boolean; readonly writes: readonly Write[] }> {
  const item = await records.get(recordKey('calendar-address', personId));
  const before = item === undefined ? undefined : stored<CalendarAddress>(personId, item);
  const former = before?.data.codeHash ?? null;
  if (former === null && codeHash === null) return { hadOne: false, writes: [] };
  const { writes } = changeRecord('calendar-address', personId, before, { codeHash, since: act.at }, act);
  return {
    hadOne: former !== null,
    writes: [
      ...writes,
      ...(former === null ? [] : [{ remove: calendarKey(former), expect: 'any' } as const]),
      ...(codeHash === null ? [] : [pointerTo(calendarKey(codeHash), personId, 'absent')]),
    ],
  };
}
