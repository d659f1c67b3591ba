/** Reads what a body did in a fiscal year: its meetings with their minutes, and what it adopted. */

import { addDays, covers } from '../../shared/core/calendar.ts';
import { type Resolution, type ResolutionCard, resolutionLists } from '../../shared/core/decisions/resolutions.ts';
import type { Adopted, BodyOfYear, MeetingOfYear } from '../../shared/core/governance/facts.ts';
import { inForce } from '../../shared/core/history.ts';
import { type MeetingCard, meetingList, meetingSort } from '../../shared/core/meetings/meetings.ts';
import { contemporaneous, isMeetingAfter, type Minutes } from '../../shared/core/meetings/minutes.ts';
import { listPartition } from '../../shared/core/records.ts';
import { readEach } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { readFirst } from '../meetings/readCards.ts';
import { seesAllOf } from '../resolutions/load.ts';
import type { ReadBody } from './readBodies.ts';
import { calendarYears, type YearAsked } from './yearAsked.ts';

/** So many meetings of the year, and so many resolutions of a calendar year, the latest ones, are looked at: more than a body has. */
const mostMeetings = 400;
const mostResolutions = 300;

/** Two queries for meetings and one for each calendar year, and one read for every hundred meetings or resolutions. */
export async function readBodyOfYear(records: RecordStore, body: ReadBody, year: YearAsked): Promise<BodyOfYear> {
  const [meetings, adopted] = await Promise.all([
    readMeetings(records, body.id, year),
    readAdopted(records, body.id, year),
  ]);
  return { name: inForce(body.history, year.lastDay)?.name ?? body.history[0]?.name ?? '', meetings, adopted };
}

async function readMeetings(
  records: RecordStore,
  bodyId: string,
  { period, now, today, dateOf }: YearAsked,
): Promise<MeetingOfYear[]> {
  // A meeting can be opened days after the time for which it was called, and dates are those where the organisation is.
  const [first, last] = [addDays(period.from, -5), `${addDays(period.to, 2)}$`];
  const { items } = await records.query({
    table: 'records',
    partition: listPartition(meetingList(bodyId)),
    after: first,
    upTo: last,
    order: 'ascending',
    limit: mostMeetings,
  });
  const cards = items.map(({ data }) => data as unknown as MeetingCard);
  const held = cards.flatMap(card => {
    if (card.held === null) return [];
    const openedOn = dateOf(card.held.openedAt);
    return covers(period, openedOn) ? [{ card, openedOn, closedAt: card.held.closedAt }] : [];
  });
  const latest = held.at(-1);
  if (latest === undefined) return [];
  const [minutes, behind] = await Promise.all([
    readEach<Minutes>(
      records,
      'minutes',
      held.map(({ card }) => card.id),
    ),
    readFirst(records, bodyId, meetingSort(latest.card.id, latest.card), card =>
      isMeetingAfter(card, latest.closedAt ?? now, now),
    ),
  ]);
  return held.map(({ card, openedOn, closedAt }) => {
    const { id, title } = card;
    if (closedAt === null) {
      return { id, title, openedOn, endedOn: null, documentedOn: null, inTime: { state: 'pending', lastDay: null } };
    }
    const next = cards.slice(cards.indexOf(card) + 1).find(one => isMeetingAfter(one, closedAt, now)) ?? behind;
    const nextOn = next === undefined ? null : dateOf(next.held?.openedAt ?? next.startsAt);
    const documentedAt = minutes.get(card.id)?.documentedAt ?? null;
    const documentedOn = documentedAt === null ? null : dateOf(documentedAt);
    const endedOn = dateOf(closedAt);
    const inTime = contemporaneous(endedOn, nextOn, documentedOn, today);
    return { id, title, openedOn, endedOn, documentedOn, inTime };
  });
}

async function readAdopted(
  records: RecordStore,
  bodyId: string,
  { period, caller, dateOf }: YearAsked,
): Promise<Adopted[]> {
  const pages = await Promise.all(
    calendarYears(period).map(year =>
      records.query({
        table: 'records',
        partition: listPartition(resolutionLists.register(bodyId, year)),
        order: 'descending',
        limit: mostResolutions,
      }),
    ),
  );
  const cards = pages
    .flatMap(({ items }) => items.map(({ data }) => data as unknown as ResolutionCard))
    .flatMap(card => (card.decidedAt === null ? [] : [{ ...card, date: dateOf(card.decidedAt) }]))
    .filter(({ date }) => covers(period, date));
  const resolutions = await readEach<Resolution>(
    records,
    'resolution',
    cards.map(({ id }) => id),
  );
  return cards.flatMap(({ id, title, date, confidential }) => {
    const resolution = resolutions.get(id);
    if (resolution === undefined) return [];
    const seen = confidential === null || seesAllOf(caller, bodyId) ? { id, title } : { id: null, title: null };
    return {
      resolutionId: id,
      evidence: { kind: 'resolution', ...seen, date },
      withoutMeeting: resolution.vote === null || resolution.vote.meetingId === null,
      documentIds: resolution.motion.attachments.map(({ documentId }) => documentId),
    };
  });
}
