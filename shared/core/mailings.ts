/**
 * Notices by mail: one row for each thing worth telling, written in the commit that makes it so.
 *
 * Who is concerned, and what they are told, is worked out when it is sent.
 */
import type { JsonObject, Key } from '../ports/recordStore.ts';
import { type Instant, instant, type PlainDate } from './calendar.ts';
import { sha256 } from './digest.ts';
import { type Row, rowKey } from './records.ts';

export const mailingKinds = [
  'meeting-notice',
  'vote-opened',
  'vote-closing',
  'outcome',
  'consent-opened',
  'filing-due',
] as const;
export type MailingKind = (typeof mailingKinds)[number];

export interface Mailing {
  /** The same for the same notice. */
  readonly id: string;
  readonly kind: MailingKind;
  /** Sent from then on. */
  readonly dueAt: Instant;
  /** The meeting, the resolution, or the filing with the due date that is meant. */
  readonly about: string;
  /** How often in a row it was refused, with nobody reached. */
  readonly tries: number;
}

/** What is to be sent, by the time at which to try. */
export const mailingList = 'mailings';

/** @param at when to try next: `dueAt`, or later when it was refused. */
export const mailingKey = (at: Instant, id: string): Key => rowKey(mailingList, `${at}#${id}`);

export const mailingRow = (mailing: Mailing, at: Instant = mailing.dueAt): Row => ({
  key: mailingKey(at, mailing.id),
  card: mailing as unknown as JsonObject,
});

const rowOf = (kind: MailingKind, about: string, dueAt: Instant): Row =>
  mailingRow({ id: `${kind}~${about}~${dueAt}`, kind, dueAt, about, tries: 0 });

const dayMilliseconds = 86_400_000;

/** The rows to commit (`moveRows([], rows)`) together with what they tell of. */
export const mailingRows = {
  meetingNotice: (meetingId: string, givenAt: Instant): Row[] => [rowOf('meeting-notice', meetingId, givenAt)],

  /** A vote that lasts longer than a day is called to mind a day before its end. */
  voteOpened(resolutionId: string, openedAt: Instant, closesAt: Instant): Row[] {
    const opened = rowOf('vote-opened', resolutionId, openedAt);
    const dayBefore = Date.parse(closesAt) - dayMilliseconds;
    if (dayBefore <= Date.parse(openedAt)) return [opened];
    return [opened, rowOf('vote-closing', resolutionId, instant(new Date(dayBefore)))];
  },

  /** Of a vote or of a written consent. */
  outcome: (resolutionId: string, decidedAt: Instant): Row[] => [rowOf('outcome', resolutionId, decidedAt)],

  consentOpened: (resolutionId: string, openedAt: Instant): Row[] => [rowOf('consent-opened', resolutionId, openedAt)],

  /** One reminder. */
  filingDue: (filingId: string, due: PlainDate, at: Instant): Row[] => [rowOf('filing-due', `${filingId}~${due}`, at)],
};

/** The filing that a reminder is about, and the due date that it had. */
export const remindedOf = ({ about }: Pick<Mailing, 'about'>) => ({
  filingId: about.slice(0, -11),
  due: about.slice(-10),
});

/** One message's name: the same for the same mailing and person, telling nothing of either. */
export const messageId = (mailingId: string, personId: string) => sha256(`${mailingId}\n${personId}`).slice(0, 40);

/** After so many days nobody is told any more what could not be sent. */
const lifeDays = 30;

/** True when it is too old to be sent: what is known of its messages is forgotten later than that. */
export const isPast = ({ dueAt }: Mailing, now: Instant) => age(dueAt, now) > lifeDays * dayMilliseconds;

const age = (since: Instant, now: Instant) => Date.parse(now) - Date.parse(since);

/** When to try again after so many refusals in a row: in 1, 2, 4 minutes, and every hour in the end. */
export function nextTry(tries: number, now: Instant): Instant {
  const minutes = Math.min(60, 2 ** Math.min(tries - 1, 6));
  return instant(new Date(Date.parse(now) + minutes * 60_000));
}

/**
 * What became of one message. `handing`: somebody is handing it over, or broke off while doing so. `unknown`: nobody will
 * know whether it was sent, and it is not sent again.
 */
export interface Sending {
  readonly state: 'handing' | 'sent' | 'unknown';
  readonly at: Instant;
}

/** Put before a message is handed over; whoever finds it there does not send. */
export const sendingKey = (mailingId: string, personId: string): Key => ({
  table: 'expiring',
  partition: `mailing#${mailingId}`,
  sort: personId,
});

/** When it may be forgotten, in Unix seconds: long after the mailing is past. */
export const sendingExpiresAt = ({ dueAt }: Mailing) => Math.floor(Date.parse(dueAt) / 1000) + 3 * lifeDays * 86_400;

/** So long a message is left to whoever is handing it over; no run lasts longer. */
const handingMilliseconds = 15 * 60_000;

export const isAbandoned = ({ state, at }: Sending, now: Instant) =>
  state === 'handing' && age(at, now) > handingMilliseconds;
