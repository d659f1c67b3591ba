/** Whoever leads the body adjourns a meeting, once no vote is open in it any more. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import { type Resolution, resolutionStateAt } from '../../shared/core/decisions/resolutions.ts';
import { adjourn } from '../../shared/core/meetings/meetings.ts';
import { meetingVotesKey } from '../../shared/core/meetings/minutes.ts';
import { StateConflictError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { readEach } from '../../shared/http/read.ts';
import { changeMeeting } from './change.ts';
import { readVoteIds } from './readDecisions.ts';

export const adjournMeeting = operation(meetingsRoutes.adjournMeeting, (input, { records }) =>
  changeMeeting(records, input, async ({ id, data: before }) => {
    const { now } = input;
    const after = adjourn(before, now);
    const votesKey = meetingVotesKey(id);
    const votes = await records.get(votesKey);
    const voted = await readEach<Resolution>(records, 'resolution', await readVoteIds(records, id));
    // Who is there counts when a vote ends: behind the end of the meeting there would be nobody.
    if ([...voted.values()].some(one => resolutionStateAt(one, now) === 'open')) {
      throw new StateConflictError('A vote is open in the meeting. Close it first.');
    }
    const expect = votes === undefined ? 'absent' : { version: votes.version };
    return { after, writes: [{ check: votesKey, expect }] };
  }),
);
