/** Somebody has left a meeting. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import { depart } from '../../shared/core/meetings/attendance.ts';
import { operation } from '../../shared/http/operation.ts';
import { recordMovement } from './attend.ts';

export const recordDeparture = operation(meetingsRoutes.recordDeparture, (input, { records }) =>
  recordMovement(records, input, (before, at) => depart(before, at)),
);
