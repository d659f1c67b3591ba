/** Somebody has come to a meeting, in the room or from afar. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import { arrive } from '../../shared/core/meetings/attendance.ts';
import { operation } from '../../shared/http/operation.ts';
import { recordMovement } from './attend.ts';

export const recordArrival = operation(meetingsRoutes.recordArrival, (input, { records }) =>
  recordMovement(records, input, (before, at) => arrive(before, input.params, at, input.body.remote)),
);
