/** The life of a meeting: scheduled, noticed, open, adjourned; or cancelled. */
import { StateConflictError, wrongField } from '../../errors.ts';
import type { JsonObject, Key } from '../../ports/recordStore.ts';
import type { Instant } from '../calendar.ts';
import { type Row, rowKey, type Stored } from '../records.ts';
import { demandInTime, type NoticeCheck } from './notice.ts';

export const meetingKinds = ['regular', 'special'] as const;
export type MeetingKind = (typeof meetingKinds)[number];

/** What people say of a meeting. */
export interface MeetingFacts {
  readonly title: string;
  readonly kind: MeetingKind;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Where clocks show its time: IANA name. */
  readonly timeZone: string;
  /** Null while it is not known. */
  readonly place: string | null;
  /** How to take part from afar, a link or a number: never public. Null when nobody can. */
  readonly remote: string | null;
  /** Whether everybody may know of it, once notice was given. */
  readonly isPublic: boolean;
  readonly agenda: readonly AgendaItem[];
  /** Those without a seat, by name. */
  readonly guests: readonly string[];
}

export interface AgendaItem {
  readonly title: string;
  /** Markdown. */
  readonly description: string;
  readonly resolutionId: string | null;
  readonly documents: readonly { readonly documentId: string; readonly version: number }[];
}

export interface Meeting extends MeetingFacts {
  readonly bodyId: string;
  /** What occurrences of one series have in common; null for a single meeting. */
  readonly seriesId: string | null;
  /** Null again when what it told does not hold any more. */
  readonly notice: Notice | null;
  readonly cancelled: { readonly at: Instant; readonly by: string; readonly reason: string } | null;
  readonly held: { readonly openedAt: Instant; readonly closedAt: Instant | null } | null;
  /** When it was last changed: calendars take the latest. */
  readonly revisedAt: Instant;
}

export interface Notice {
  readonly givenAt: Instant;
  readonly by: string;
  readonly check: NoticeCheck;
  /** Why the time of the rule is waived; null where it is kept. */
  readonly waiver: string | null;
}

export const meetingStates = ['scheduled', 'noticed', 'open', 'adjourned', 'cancelled'] as const;
export type MeetingState = (typeof meetingStates)[number];

export function meetingState({ cancelled, held, notice }: Meeting): MeetingState {
  if (cancelled !== null) return 'cancelled';
  if (held !== null) return held.closedAt === null ? 'open' : 'adjourned';
  return notice === null ? 'scheduled' : 'noticed';
}

/** True for what everybody may know of. */
export const isKnown = ({ isPublic, notice }: Pick<Meeting, 'isPublic' | 'notice'>) => isPublic && notice !== null;

/** True while it is under way at that moment. */
export const isHeldAt = ({ held }: Meeting, at: Instant) =>
  held !== null && held.openedAt <= at && (held.closedAt === null || at <= held.closedAt);

/** Nothing meets longer, or is planned further ahead. */
const mostHours = 72;
const mostYearsAhead = 15;

/** @throws {ValidationError} its time is not right. */
export function schedule(bodyId: string, seriesId: string | null, facts: MeetingFacts, now: Instant): Meeting {
  demandTime(facts, now);
  return { bodyId, ...facts, seriesId, notice: null, cancelled: null, held: null, revisedAt: now };
}

/**
 * Other facts. A notice that told another time, place or kind of meeting holds no more; else what it told stays on the agenda.
 *
 * @throws {StateConflictError} it is over, or its time or place would change while it is held, or an item that was noticed is missing.
 */
export function change(meeting: Meeting, facts: MeetingFacts, now: Instant): Meeting {
  demandState(meeting, ['scheduled', 'noticed', 'open'], 'It cannot be changed any more.');
  const isMoved = facts.startsAt !== meeting.startsAt || facts.place !== meeting.place || facts.kind !== meeting.kind;
  if (isMoved && meeting.held !== null) throw new StateConflictError('It is under way: its time and place stand.');
  if (facts.startsAt !== meeting.startsAt || facts.endsAt !== meeting.endsAt) demandTime(facts, now);
  if (!isMoved && meeting.notice !== null) demandNoticed(meeting.agenda, facts.agenda);
  return { ...meeting, ...facts, notice: isMoved ? null : meeting.notice, revisedAt: now };
}

/** @throws {StateConflictError} it is not in time, and no reason of a waiver is given. */
export function giveNotice(meeting: Meeting, notice: Notice): Meeting {
  demandState(meeting, ['scheduled'], 'Notice is given once, before it is held.');
  if (notice.waiver === null) {
    if (meeting.startsAt <= notice.givenAt) {
      throw new StateConflictError('It has begun. Record the reason of a waiver, or choose a later time.');
    }
    demandInTime(notice.check);
  }
  return { ...meeting, notice, revisedAt: notice.givenAt };
}

export function cancel(meeting: Meeting, by: string, reason: string, now: Instant): Meeting {
  demandState(meeting, ['scheduled', 'noticed'], 'Only what is still to come can be cancelled.');
  return { ...meeting, cancelled: { at: now, by, reason }, revisedAt: now };
}

/**
 * @param needsNotice whether the rules of the body ask for a notice of such a meeting.
 * @throws {StateConflictError} it is too early, too late, or nobody was told of it.
 */
export function open(meeting: Meeting, needsNotice: boolean, now: Instant): Meeting {
  const { startsAt, endsAt, notice } = meeting;
  demandState(meeting, ['scheduled', 'noticed'], 'It is opened once.');
  if (notice === null && needsNotice) {
    throw new StateConflictError('Notice of it was not given. Give it, or record the reason of a waiver.');
  }
  if (now < startsAt) throw new StateConflictError(`It begins at ${startsAt}, not before.`);
  if (endsAt <= now) throw new StateConflictError(`It was to end at ${endsAt}. Choose another time for it.`);
  return { ...meeting, held: { openedAt: now, closedAt: null }, revisedAt: now };
}

export function adjourn(meeting: Meeting, now: Instant): Meeting {
  demandState(meeting, ['open'], 'Only a meeting that is held can be adjourned.');
  const openedAt = meeting.held?.openedAt ?? now;
  return { ...meeting, held: { openedAt, closedAt: now }, revisedAt: now };
}

/** People come some time before a meeting begins. */
const earliestArrivalHours = 2;

/** @throws {StateConflictError} nobody comes or goes at that moment. @throws {ValidationError} it is still to come. */
export function demandAttending(meeting: Meeting, at: Instant, now: Instant): void {
  demandState(meeting, ['scheduled', 'noticed', 'open'], 'Who was there stands.');
  if (at > now) throw wrongField('/at', 'Lies in the future.');
  if (Date.parse(at) < Date.parse(meeting.startsAt) - earliestArrivalHours * 3_600_000) {
    throw new StateConflictError(
      `It begins at ${meeting.startsAt}; people come ${earliestArrivalHours} hours before at most.`,
    );
  }
}

/** @throws {StateConflictError} it is in none of these states. */
export function demandState(meeting: Meeting, states: readonly MeetingState[], otherwise: string): void {
  const state = meetingState(meeting);
  if (!states.includes(state)) throw new StateConflictError(`The meeting is ${state}. ${otherwise}`);
}

function demandTime({ startsAt, endsAt }: MeetingFacts, now: Instant): void {
  const hours = (Date.parse(endsAt) - Date.parse(startsAt)) / 3_600_000;
  if (hours <= 0) throw wrongField('/endsAt', 'Must be after the beginning.');
  if (hours > mostHours) throw wrongField('/endsAt', `A meeting lasts ${mostHours} hours at most.`);
  if (endsAt <= now) throw wrongField('/endsAt', 'Lies in the past.');
  if (Date.parse(startsAt) > Date.parse(now) + mostYearsAhead * 366 * 86_400_000) {
    throw wrongField('/startsAt', `A meeting is planned ${mostYearsAhead} years ahead at most.`);
  }
}

/** @throws {StateConflictError} an item is gone, or is called otherwise. */
function demandNoticed(noticed: readonly AgendaItem[], agenda: readonly AgendaItem[]): void {
  const titles = agenda.map(({ title }) => title);
  for (const { title } of noticed) {
    const index = titles.indexOf(title);
    if (index < 0) throw new StateConflictError(`Notice was given of "${title}": it stays on the agenda.`);
    titles.splice(index, 1);
  }
}

/** What lists and calendars show of a meeting. */
export interface MeetingCard
  extends Pick<
    Meeting,
    'bodyId' | 'title' | 'kind' | 'startsAt' | 'endsAt' | 'timeZone' | 'place' | 'isPublic' | 'seriesId' | 'revisedAt'
  > {
  readonly id: string;
  readonly version: number;
  readonly state: MeetingState;
  readonly isKnown: boolean;
  /** When it was held; null when it was not. */
  readonly held: Meeting['held'];
}

/** Meetings of a body, by their beginning. */
export const meetingList = (bodyId: string) => `meetings#${bodyId}`;

export const meetingSort = (id: string, { startsAt }: Pick<Meeting, 'startsAt'>) => `${startsAt}#${id}`;

export function cardOf({ id, version, data }: Stored<Meeting>): MeetingCard {
  const { bodyId, title, kind, startsAt, endsAt, timeZone, place, isPublic, seriesId, held, revisedAt } = data;
  const facts = { bodyId, title, kind, startsAt, endsAt, timeZone, place, isPublic, seriesId, held, revisedAt };
  return { id, version, ...facts, state: meetingState(data), isKnown: isKnown(data) };
}

export function meetingRows(meeting: Stored<Meeting> | undefined): Row[] {
  if (meeting === undefined) return [];
  const key: Key = rowKey(meetingList(meeting.data.bodyId), meetingSort(meeting.id, meeting.data));
  return [{ key, card: cardOf(meeting) as unknown as JsonObject }];
}

/** A meeting that began no longer ago than this may be under way. */
export const longestMillis = mostHours * 3_600_000;
