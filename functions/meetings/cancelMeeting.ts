/** Whoever leads the body cancels a meeting that is still to come. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import { cancel } from '../../shared/core/meetings/meetings.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeMeeting } from './change.ts';

export const cancelMeeting = operation(meetingsRoutes.cancelMeeting, (input, { records }) =>
  changeMeeting(records, input, async ({ data: before }, by) => {
    const { reason } = input.body;
    return { after: cancel(before, by, reason, input.now), reason };
  }),
);
