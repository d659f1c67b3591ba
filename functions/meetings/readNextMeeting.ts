/** Reads the meeting of a body that is under way, or comes next. */
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { MeetingCard } from '../../shared/core/meetings/meetings.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { type PresentedEntry, presentEntry } from './present.ts';
import { earliestRunning, isAhead, readFirst } from './readCards.ts';
import { seesAll } from './sight.ts';

/** Null when there is none that the caller may know of. One query for every hundred meetings on the way. */
export async function readNextMeeting(
  records: RecordStore,
  bodyId: string,
  caller: Caller,
  now: Instant,
): Promise<PresentedEntry | null> {
  const whole = seesAll(caller, bodyId);
  const isNext = (card: MeetingCard) =>
    (whole || card.isKnown) && !['cancelled', 'adjourned'].includes(card.state) && isAhead(card, now);
  const next = await readFirst(records, bodyId, earliestRunning(now), isNext);
  return next === undefined ? null : presentEntry(next, whole);
}
