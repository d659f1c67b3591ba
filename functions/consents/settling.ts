/** What has become of a written consent by now, and how that is written. */
import { dateIn, type Instant } from '../../shared/core/calendar.ts';
import { type Consent, settle } from '../../shared/core/decisions/consents.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import { mailingRows } from '../../shared/core/mailings.ts';
import { type Act, type Change, moveRows, type Stored } from '../../shared/core/records.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { writeResolution } from '../resolutions/load.ts';
import { readVoters } from '../resolutions/seats.ts';
import { writeDecided } from '../resolutions/writeDecided.ts';

/**
 * Looks at it as at each moment at which it had to be looked at, by the seats of that day: the same however late that is.
 *
 * The consent itself when it is not time.
 */
export async function broughtUpToDate(
  records: RecordStore,
  bodyId: string,
  consent: Consent,
  now: Instant,
): Promise<Consent> {
  let current = consent;
  while (current.decided === null && current.wakeAt <= now) {
    const { wakeAt, timeZone } = current;
    current = settle(current, await readVoters(records, bodyId, dateIn(timeZone, wakeAt)), wakeAt);
  }
  return current;
}

/** With its number and its effects when it is adopted, and the notice of its outcome: one commit. */
export async function writeConsent(
  records: RecordStore,
  before: Stored<Resolution>,
  consent: Consent,
  act: Act,
  reason: string | null = null,
): Promise<Change<Resolution>> {
  const after: Resolution = { ...before.data, consent };
  if (consent.decided === null) return writeResolution(before.id, before, after, act, reason);
  const { stored, writes } = await writeDecided(records, before, after, consent.decided, act);
  return { stored, writes: [...writes, ...moveRows([], mailingRows.outcome(before.id, act.at))] };
}
