/** Reads what decides, for all documents alike, how long they are kept. */
import {
  type Circumstances,
  type HoldsInForce,
  holdsKey,
  type RetentionSchedule,
  rulesOn,
  scheduleId,
} from '../../shared/core/archive/retention.ts';
import { dateIn, instant } from '../../shared/core/calendar.ts';
import { type Organisation, timeZoneOf } from '../../shared/core/organisation.ts';
import { recordKey } from '../../shared/core/records.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import type { Item } from '../../shared/ports/recordStore.ts';

export type Keeping = Pick<Circumstances, 'rules' | 'timeZone' | 'holds' | 'now'>;

/** One read. */
export async function readKeeping({ records, now }: JobServices, organisation: Item): Promise<Keeping> {
  const [schedule, holds] = await records.getMany([recordKey('retention-schedule', scheduleId), holdsKey]);
  const at = instant(now());
  const timeZone = timeZoneOf(organisation.data as unknown as Organisation, at);
  return {
    now: at,
    timeZone,
    rules: rulesOn(schedule?.data as unknown as RetentionSchedule | undefined, dateIn(timeZone, at)),
    holds: (holds?.data as unknown as HoldsInForce | undefined) ?? { holds: [] },
  };
}
