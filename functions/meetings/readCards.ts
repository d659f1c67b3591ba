/** Reads meetings of a body from the list. */
import { type Instant, instant } from '../../shared/core/calendar.ts';
import { longestMillis, type MeetingCard, meetingList } from '../../shared/core/meetings/meetings.ts';
import { listPartition } from '../../shared/core/records.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** What began before cannot be under way. */
export const earliestRunning = (now: Instant): Instant => instant(new Date(Date.parse(now) - longestMillis));

/** Under way, or still to come. */
export const isAhead = ({ state, endsAt }: MeetingCard, now: Instant) => state === 'open' || endsAt > now;

/** The first behind that place in the list which is asked for. One query for every hundred meetings on the way. */
export async function readFirst(
  records: RecordStore,
  bodyId: string,
  behind: string,
  isAsked: (card: MeetingCard) => boolean,
): Promise<MeetingCard | undefined> {
  for (let after = behind; ; ) {
    const page = await records.query({
      table: 'records',
      partition: listPartition(meetingList(bodyId)),
      after,
      order: 'ascending',
      limit: 100,
    });
    const found = page.items.map(item => item.data as unknown as MeetingCard).find(isAsked);
    const last = page.items.at(-1);
    if (found !== undefined || !page.more || last === undefined) return found;
    after = last.key.sort;
  }
}
