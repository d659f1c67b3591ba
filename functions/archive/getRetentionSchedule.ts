/** How long documents are kept on a day, and why. */
import { archiveRoutes } from '../../shared/contract/archive.ts';
import { operation } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import { presentSchedule, readSchedule } from './schedule.ts';

export const getRetentionSchedule = operation(
  archiveRoutes.getRetentionSchedule,
  async ({ query, now }, { records }) => {
    const schedule = await readSchedule(records);
    const body = presentSchedule(schedule, query.on ?? (await readToday(records, now)));
    return { body, version: body.version };
  },
);
