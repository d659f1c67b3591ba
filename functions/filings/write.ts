/** Writes a filing with its rows, and the reminders that its due date calls for. */
import type { Instant } from '../../shared/core/calendar.ts';
import { filingRows } from '../../shared/core/filings/filingRows.ts';
import type { Filing } from '../../shared/core/filings/filings.ts';
import { reminderRows } from '../../shared/core/filings/reminders.ts';
import { type Act, type Change, changeRecord, moveRows, type Stored } from '../../shared/core/records.ts';

/**
 * The record after a change, and everything that has to be committed for it: three writes for the record, one for each of its rows (three,
 * and one for each submission that anyone may inspect), and one for each reminder. What `publicCopies.ts` writes comes beside them.
 *
 * @param before undefined for a new filing.
 * @param timeZone of the organisation, as `loadFiling` tells it.
 */
export function writeFiling(
  id: string,
  before: Stored<Filing> | undefined,
  after: Filing,
  { act, timeZone, reason = null }: { readonly act: Act; readonly timeZone: string; readonly reason?: string | null },
): Change<Filing> {
  const { stored, writes } = changeRecord('filing', id, before, after, act, reason);
  if (writes.length === 0) return { stored, writes };
  const at: Instant = act.at;
  const rows = moveRows(before === undefined ? [] : filingRows(before, at), filingRows(stored, at));
  const reminders = moveRows([], reminderRows(id, before?.data, after, timeZone, at));
  return { stored, writes: [...writes, ...rows, ...reminders] };
}
