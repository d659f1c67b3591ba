/** The meeting in which a vote is taken. */
import { type Meeting, meetingState } from '../../shared/core/meetings/meetings.ts';
import { type MeetingVote, meetingVoteRow, meetingVotesKey } from '../../shared/core/meetings/minutes.ts';
import { moveRows, recordKey, replaceItem } from '../../shared/core/records.ts';
import { wrongField } from '../../shared/errors.ts';
import type { RecordStore, Write } from '../../shared/ports/recordStore.ts';

/**
 * @returns what lists the vote in the meeting, and the demand that the meeting is open still when it is committed.
 * @throws {ValidationError} it is not of the body, or not open now.
 */
export async function demandMeeting(
  records: RecordStore,
  meetingId: string,
  bodyId: string,
  vote: MeetingVote,
): Promise<Write[]> {
  const votesKey = meetingVotesKey(meetingId);
  const [item, votes] = await records.getMany([recordKey('meeting', meetingId), votesKey]);
  const meeting = item?.data as unknown as Meeting | undefined;
  if (item === undefined || meeting?.bodyId !== bodyId)
    throw wrongField('/meetingId', 'Must be a meeting of the body.');
  const state = meetingState(meeting);
  if (state !== 'open') throw wrongField('/meetingId', `The meeting is ${state}. Open it first.`);
  return [
    ...moveRows([], [meetingVoteRow(meetingId, vote)]),
    replaceItem(votesKey, votes, {}),
    { check: item.key, expect: { version: item.version } },
  ];
}
