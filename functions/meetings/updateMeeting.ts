/** Whoever leads the body changes a meeting. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import { change } from '../../shared/core/meetings/meetings.ts';
import { operation } from '../../shared/http/operation.ts';
import { demandKnown } from './agenda.ts';
import { changeMeeting } from './change.ts';

export const updateMeeting = operation(meetingsRoutes.updateMeeting, (input, { records }) =>
  changeMeeting(records, input, async ({ data: before }) => {
    const { body, caller, now } = input;
    await demandKnown(records, body.agenda, before.agenda, { bodyId: before.bodyId, caller, now });
    return { after: change(before, body, now) };
  }),
);
