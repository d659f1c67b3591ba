/** The schedule of retention in the form of the API. */
import type { archiveRoutes } from '../../shared/contract/archive.ts';
import type { Answer } from '../../shared/contract/route.ts';
import {
  type RetentionSchedule,
  rulesOn,
  scheduleId,
  shownHistory,
  shownRules,
} from '../../shared/core/archive/retention.ts';
import type { PlainDate } from '../../shared/core/calendar.ts';
import { inForce } from '../../shared/core/history.ts';
import { recordKey, type Stored, stored } from '../../shared/core/records.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** Undefined while the organisation has recorded none of its own. */
export async function readSchedule(records: RecordStore): Promise<Stored<RetentionSchedule> | undefined> {
  const item = await records.get(recordKey('retention-schedule', scheduleId));
  return item === undefined ? undefined : stored<RetentionSchedule>(scheduleId, item);
}

export function presentSchedule(
  schedule: Stored<RetentionSchedule> | undefined,
  on: PlainDate,
): Answer<typeof archiveRoutes.getRetentionSchedule> {
  return {
    from: (schedule === undefined ? undefined : inForce(schedule.data.history, on)?.from) ?? null,
    rules: shownRules(rulesOn(schedule?.data, on)),
    history: schedule === undefined ? [] : shownHistory(schedule.data),
    version: schedule?.version ?? 0,
  };
}
