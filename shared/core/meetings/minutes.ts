/** The minutes of a meeting: recorded, approved, and whether they were written down in time. */
import { StateConflictError } from '../../errors.ts';
import type { JsonObject, Key } from '../../ports/recordStore.ts';
import { addDays, type Instant, type PlainDate } from '../calendar.ts';
import { partKey, type Row, rowKey } from '../records.ts';
import type { MeetingCard } from './meetings.ts';

/** The record; its identifier is that of the meeting. */
export interface Minutes {
  readonly bodyId: string;
  /** Markdown. */
  readonly text: string;
  /** When they were first recorded. */
  readonly documentedAt: Instant;
  /** When they got this text: a vote that was opened before does not approve it. */
  readonly recordedAt: Instant;
  readonly approved: MinutesApproval | null;
}

/** The resolution by which the body took them for right. */
export interface MinutesApproval {
  readonly resolutionId: string;
  readonly number: string | null;
  readonly at: Instant;
}

/** @throws {StateConflictError} the body approved them: they stand. */
export function record(before: Minutes | undefined, bodyId: string, text: string, now: Instant): Minutes {
  if (before === undefined) return { bodyId, text, documentedAt: now, recordedAt: now, approved: null };
  if (before.approved !== null) {
    throw new StateConflictError(
      'The minutes are approved: they stand. What is wrong in them is for another resolution.',
    );
  }
  return text === before.text ? before : { ...before, text, recordedAt: now };
}

/** The same when there is nothing to approve, of another body, or approved already: an adoption never fails for that. */
export function approve(before: Minutes, bodyId: string, approval: MinutesApproval): Minutes {
  return before.bodyId !== bodyId || before.approved !== null ? before : { ...before, approved: approval };
}

export interface Contemporaneous {
  readonly state: 'yes' | 'no' | 'pending';
  /** The last day on which they are in time; null when it follows from a meeting that is not known yet. */
  readonly lastDay: PlainDate | null;
}

const daysToWriteDown = 60;

/** True for a meeting after one that was closed at that moment, held or to be held: what was to be held, and was not, is none. */
export const isMeetingAfter = (
  { state, held, endsAt, startsAt }: Pick<MeetingCard, 'state' | 'held' | 'endsAt' | 'startsAt'>,
  closedAt: Instant,
  now: Instant,
) => state !== 'cancelled' && (held?.openedAt ?? startsAt) > closedAt && (held !== null || endsAt > now);

/**
 * Form 990, Part VI, line 8: documented by the later of the next meeting of the body and 60 days after the meeting.
 * All dates are in the organisation's time zone.
 *
 * @param endedOn the day on which the meeting ended.
 * @param nextOn the day of the next meeting that was held, or is to be; null when there is none.
 */
export function contemporaneous(
  endedOn: PlainDate,
  nextOn: PlainDate | null,
  documentedOn: PlainDate | null,
  today: PlainDate,
): Contemporaneous {
  const sixtieth = addDays(endedOn, daysToWriteDown);
  const over = nextOn !== null && nextOn > sixtieth ? nextOn : sixtieth;
  // Without a next meeting the time for the minutes cannot be over.
  const lastDay = nextOn === null && today > sixtieth ? null : over;
  const isPast = (day: PlainDate) => nextOn !== null && day > over;
  if (documentedOn !== null) return { state: isPast(documentedOn) ? 'no' : 'yes', lastDay };
  return { state: isPast(today) ? 'no' : 'pending', lastDay };
}

/** A vote that was taken in a meeting, by when it was opened. Whoever opens the vote writes the row. */
export interface MeetingVote {
  readonly resolutionId: string;
  readonly openedAt: Instant;
}

export const meetingVoteList = (meetingId: string) => `meeting-votes#${meetingId}`;

/** Every opening of a vote writes it anew, and an adjournment demands that it stands: so the two never miss each other. */
export const meetingVotesKey = (meetingId: string): Key => partKey('meeting', meetingId, 'votes');

export const meetingVoteRow = (meetingId: string, vote: MeetingVote): Row => ({
  key: rowKey(meetingVoteList(meetingId), `${vote.openedAt}#${vote.resolutionId}`),
  card: vote as unknown as JsonObject,
});
