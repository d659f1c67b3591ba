/** The secretary records the schedule of retention that holds from a day on. */
import { archiveRoutes } from '../../shared/contract/archive.ts';
import { type Rules, scheduleId } from '../../shared/core/archive/retention.ts';
import { recordFacts } from '../../shared/core/history.ts';
import { changeRecord } from '../../shared/core/records.ts';
import { PreconditionFailedError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { presentSchedule, readSchedule } from './schedule.ts';

export const updateRetentionSchedule = operation(
  archiveRoutes.updateRetentionSchedule,
  async ({ body, expected, act }, { records }) => {
    const before = await readSchedule(records);
    if ((before?.version ?? 0) !== expected) throw new PreconditionFailedError();
    const { from, reason } = body;
    const rules = Object.fromEntries(body.rules.map(({ kind, ...rule }) => [kind, rule])) as unknown as Rules;
    const history = recordFacts(before?.data.history ?? [], { from, rules });
    const { stored, writes } = changeRecord('retention-schedule', scheduleId, before, { history }, act, reason);
    return { body: presentSchedule(stored, from), version: stored.version, writes };
  },
);
