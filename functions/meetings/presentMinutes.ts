/** How the API shows minutes, and whether they were written down in time. */
import type { meetingsRoutes } from '../../shared/contract/meetings.ts';
import type { Answer } from '../../shared/contract/route.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import { dateIn } from '../../shared/core/calendar.ts';
import { type Meeting, meetingSort } from '../../shared/core/meetings/meetings.ts';
import { contemporaneous, isMeetingAfter, type Minutes } from '../../shared/core/meetings/minutes.ts';
import { type Organisation, organisationId, timeZoneOf } from '../../shared/core/organisation.ts';
import type { Stored } from '../../shared/core/records.ts';
import { readRecord } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { readFirst } from './readCards.ts';
import { readDraft } from './readDraft.ts';

export type PresentedMinutes = Answer<typeof meetingsRoutes.getMinutes>;

/** @param minutes undefined while none are recorded: then their draft is shown. */
export async function presentMinutes(
  records: RecordStore,
  meeting: Stored<Meeting>,
  minutes: Stored<Minutes> | undefined,
  now: Instant,
): Promise<PresentedMinutes> {
  const { text, documentedAt = null, approved = null } = minutes?.data ?? {};
  return {
    meetingId: meeting.id,
    state: minutes === undefined ? 'draft' : approved === null ? 'recorded' : 'approved',
    text: text ?? (await readDraft(records, meeting, now)),
    documentedAt,
    approved,
    contemporaneous: await readContemporaneous(records, meeting, documentedAt, now),
    version: minutes?.version ?? 0,
  };
}

async function readContemporaneous(
  records: RecordStore,
  { id, data }: Stored<Meeting>,
  documentedAt: Instant | null,
  now: Instant,
) {
  const closedAt = data.held?.closedAt ?? null;
  if (closedAt === null) return null;
  const organisation = await readRecord<Organisation>(records, 'organisation', organisationId);
  const dateOf = (at: Instant) => dateIn(timeZoneOf(organisation.data, at), at);
  const next = await readFirst(records, data.bodyId, meetingSort(id, data), card =>
    isMeetingAfter(card, closedAt, now),
  );
  const nextOn = next === undefined ? null : dateOf(next.held?.openedAt ?? next.startsAt);
  return contemporaneous(dateOf(closedAt), nextOn, documentedAt === null ? null : dateOf(documentedAt), dateOf(now));
}
