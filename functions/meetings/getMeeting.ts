/** One meeting; as if it did not exist for those who may not know of it. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import { operation } from '../../shared/http/operation.ts';
import { loadVisible } from './load.ts';
import { presentMeeting } from './present.ts';

export const getMeeting = operation(meetingsRoutes.getMeeting, async ({ params, caller, now }, { records }) => {
  const meeting = await loadVisible(records, params.meetingId, caller);
  return { body: await presentMeeting(records, meeting, caller, now), version: meeting.version };
});
