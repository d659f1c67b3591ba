/** Adopts a written consent once nobody can object to it any more, and ends one that has expired. */
import { instant } from '../../shared/core/calendar.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import { untilSettled } from '../../shared/http/attempts.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { readRecord } from '../../shared/http/read.ts';
import { broughtUpToDate, writeConsent } from '../consents/settling.ts';

/** Does nothing when it is decided already, or it is not time, or there is none. */
export async function settleConsent(
  id: string,
  { records, now, newId }: Pick<JobServices, 'records' | 'now' | 'newId'>,
): Promise<void> {
  await untilSettled(async () => {
    const before = await readRecord<Resolution>(records, 'resolution', id);
    const { bodyId, consent } = before.data;
    if (consent === null) return;
    const at = instant(now());
    const current = await broughtUpToDate(records, bodyId, consent, at);
    if (current === consent) return;
    const act = { operation: 'settleConsent', by: null, at, eventId: newId() };
    const { writes } = await writeConsent(records, before, current, act);
    // A crash before this commit leaves it on its list: the next run comes to the same.
    await records.commit(writes);
  });
}
