/** Requests for copies of what anyone may inspect, and the days that the law gives for them: Treas. Reg. 301.6104(d)-1(d). */
import { StateConflictError, wrongField } from '../../errors.ts';
import type { JsonObject } from '../../ports/recordStore.ts';
import { addDays, daysBetween, type Instant, type PlainDate } from '../calendar.ts';
import { type Row, rowKey } from '../records.ts';

export const waysOfAsking = ['in-person', 'written', 'electronic'] as const;
export type WayOfAsking = (typeof waysOfAsking)[number];

/**
 * `widely-available`: no copies were owed, for the documents are on the web, and the requester was told where (Treas. Reg.
 * 301.6104(d)-2). `declined`: nothing was asked for that anyone may have.
 */
export const waysOfAnswering = ['handed-over', 'mailed', 'electronic', 'widely-available', 'declined'] as const;
export type WayOfAnswering = (typeof waysOfAnswering)[number];

/** The record. */
export interface CopyRequest {
  readonly receivedOn: PlainDate;
  readonly how: WayOfAsking;
  readonly requester: string;
  /** Where to answer. */
  readonly contact: string | null;
  /** What was asked for, each in the words of the request. */
  readonly what: readonly string[];
  /** The last day on which it is answered in time. */
  readonly due: PlainDate;
  readonly answer: CopyAnswer | null;
}

export interface CopyAnswer {
  readonly on: PlainDate;
  readonly how: WayOfAnswering;
  readonly note: string | null;
  /** Whether everything could be had on the web when it was last looked for; null when that was never done. */
  readonly lookedFor: { readonly at: Instant; readonly found: boolean } | null;
  readonly by: string | null;
  readonly recordedAt: Instant;
}

/** Asked in person, the same day; in writing, by mail or electronically, within 30 days. */
export const copiesDue = (how: WayOfAsking, receivedOn: PlainDate): PlainDate =>
  how === 'in-person' ? receivedOn : addDays(receivedOn, 30);

/** @throws {ValidationError} it would have been received on a day to come. */
export function newCopyRequest(facts: Omit<CopyRequest, 'due' | 'answer'>, today: PlainDate): CopyRequest {
  if (facts.receivedOn > today) throw wrongField('/receivedOn', 'Must not lie in the future.');
  return { ...facts, due: copiesDue(facts.how, facts.receivedOn), answer: null };
}

/** @throws {StateConflictError} it is answered already. @throws {ValidationError} it would be answered before it came, or on a day to come. */
export function answered(request: CopyRequest, answer: CopyAnswer, today: PlainDate): CopyRequest {
  if (request.answer !== null) {
    throw new StateConflictError('The request is answered already. Record another request for what is asked again.');
  }
  if (answer.on > today) throw wrongField('/on', 'Must not lie in the future.');
  if (answer.on < request.receivedOn) throw wrongField('/on', `The request came on ${request.receivedOn}.`);
  return { ...request, answer };
}

/** How the clock stands. */
export interface Clock {
  readonly state: 'open' | 'overdue' | 'answered' | 'answered-late';
  /** From today, or from the day of the answer, to the last day: negative when that is over. */
  readonly daysLeft: number;
}

export function clockOf({ due, answer }: Pick<CopyRequest, 'due' | 'answer'>, today: PlainDate): Clock {
  const daysLeft = daysBetween(answer?.on ?? today, due);
  const isLate = daysLeft < 0;
  if (answer !== null) return { state: isLate ? 'answered-late' : 'answered', daysLeft };
  return { state: isLate ? 'overdue' : 'open', daysLeft };
}

export const copyRequestLists = {
  /** By the day on which they came. */
  ofYear: (year: string) => `copy-requests#${year}`,
  /** Those that wait for an answer, by the day until which they can. */
  open: 'copy-requests-open',
};

/** What the lists show: all but the contact. */
export interface CopyRequestCard extends Omit<CopyRequest, 'contact'> {
  readonly id: string;
}

export function copyRequestRows(id: string, request: CopyRequest | undefined): Row[] {
  if (request === undefined) return [];
  const { contact: _, ...facts } = request;
  const card: CopyRequestCard = { id, ...facts };
  const row = (list: string, day: PlainDate): Row => ({
    key: rowKey(list, `${day}#${id}`),
    card: card as unknown as JsonObject,
  });
  const { receivedOn, due, answer } = request;
  return [
    row(copyRequestLists.ofYear(receivedOn.slice(0, 4)), receivedOn),
    ...(answer === null ? [row(copyRequestLists.open, due)] : []),
  ];
}
