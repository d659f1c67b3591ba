/**
 * The life of a disclosure: draft, scheduled, published, corrected, withdrawn.
 *
 * The state is never stored. It follows from what was decided (`publishAt`, `edition`, `withdrawal`) and from the moment of
 * asking, so a scheduled disclosure becomes public at its time without anybody acting.
 */
import { isDeepStrictEqual } from 'node:util';
import { StateConflictError } from '../errors.ts';
import type { Instant, Term } from './calendar.ts';
import type { Stored } from './records.ts';

/** A fixed vocabulary, so that the disclosures of different organisations can be compared. */
export const categories = [
  'governing-document',
  'policy',
  'strategy',
  'workplan',
  'annual-report',
  'financial-statement',
  'filing',
  'minutes',
  'notice',
  'other',
] as const;
export type Category = (typeof categories)[number];

export type DisclosureState = 'draft' | 'scheduled' | 'published' | 'corrected' | 'withdrawn';

/** What a disclosure says. A correction replaces it whole. */
export interface Content {
  readonly title: string;
  readonly category: Category;
  /** Markdown. */
  readonly summary: string;
  /** BCP 47. */
  readonly language: string;
  /** The days that the disclosure is about; null when it is about no particular time. */
  readonly period: Period | null;
  readonly links: readonly { readonly title: string; readonly url: string }[];
  /** Absent in what was written before there was an archive. */
  readonly documents?: readonly Cited[];
}

/** A sealed version of an archived document, as it was when it was put into the disclosure; its bytes cannot change. */
export interface Cited extends Citation {
  readonly title: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
  readonly pages: number | null;
}

export interface Citation {
  readonly documentId: string;
  readonly version: number;
}

export const citedIn = (content: Content): readonly Cited[] => content.documents ?? [];

/** A disclosure holds so many documents at once; its change has to fit into one commit. All its editions hold at most `maxEverCited`. */
export const maxCited = 15;
const maxEverCited = 60;

export interface Period extends Term {
  readonly to: string;
}

/** The record. Earlier editions are kept apart, each under its number. */
export interface Disclosure {
  readonly content: Content;
  /** Counts from 1; grows by one with every correction after publication. */
  readonly edition: number;
  /** Why the edition was made, and when; null for the first. */
  readonly correction: { readonly at: Instant; readonly reason: string } | null;
  /** When it is, or was, first public; null for a draft. In the past when it had been public before the book took it in. */
  readonly publishAt: Instant | null;
  /** When the book took in that it is published or scheduled; null for a draft. */
  readonly enteredAt: Instant | null;
  readonly withdrawal: { readonly at: Instant; readonly reason: string } | null;
  /** What earlier editions cite: they stay readable, so it stays public. Absent while there is nothing. */
  readonly formerlyCited?: readonly Citation[];
}

/** Everything that any edition cites: the versions of each document, in order. */
export function citedByAll({ content, formerlyCited = [] }: Disclosure): ReadonlyMap<string, readonly number[]> {
  const versions = new Map<string, readonly number[]>();
  for (const { documentId, version } of [...formerlyCited, ...citedIn(content)]) {
    const known = versions.get(documentId) ?? [];
    if (!known.includes(version))
      versions.set(
        documentId,
        [...known, version].sort((a, b) => a - b),
      );
  }
  return versions;
}

/**
 * The version of the record with which an edition became what the public reads, or will: from its publication on nothing but corrections
 * and the withdrawal change it.
 */
export function versionOfEdition({ version, data }: Stored<Disclosure>, edition: number): number {
  return version - (data.withdrawal === null ? 0 : 1) - (data.edition - edition);
}

/** An edition that a correction replaced, as it stood, and why it had been made. */
export type PastEdition = Pick<Disclosure, 'content' | 'edition' | 'correction'>;

export function stateAt(disclosure: Disclosure, now: Instant): DisclosureState {
  if (disclosure.withdrawal !== null) return 'withdrawn';
  if (disclosure.publishAt === null) return 'draft';
  if (disclosure.publishAt > now) return 'scheduled';
  return disclosure.edition > 1 ? 'corrected' : 'published';
}

/** True from the moment of publication on, for ever: a withdrawn disclosure leaves a public tombstone. */
export function isPublic(disclosure: Disclosure, now: Instant): boolean {
  return disclosure.publishAt !== null && disclosure.publishAt <= now;
}

/**
 * Since when everybody may read it, or will. What had been public elsewhere before is public in the book since it took that in.
 */
export function publicSince({ publishAt, enteredAt }: Disclosure): Instant {
  const [at, taken] = [publishAt ?? never, enteredAt ?? publishAt ?? never];
  return at > taken ? at : taken;
}

/** Later than any instant. */
const never = '9999-12-31T23:59:59.999Z';

export function draft(content: Content): Disclosure {
  return { content, edition: 1, correction: null, publishAt: null, enteredAt: null, withdrawal: null };
}

/** Replaces the content before publication. */
export function revise(disclosure: Disclosure, content: Content, now: Instant): Disclosure {
  demand(disclosure, now, ['draft', 'scheduled'], 'It is public already. Correct it instead, with a reason.');
  demandTime(disclosure, now);
  return { ...disclosure, content };
}

/**
 * Publishes a draft, or moves the time of a scheduled one.
 *
 * @param at now; later, to schedule it; earlier, when it had been public elsewhere before the book took it in.
 */
export function publish(disclosure: Disclosure, at: Instant, now: Instant): Disclosure {
  demand(disclosure, now, ['draft', 'scheduled'], 'It is public already.');
  demandTime(disclosure, now);
  return { ...disclosure, publishAt: at, enteredAt: now };
}

/** Takes back the scheduling. */
export function unschedule(disclosure: Disclosure, now: Instant): Disclosure {
  demand(disclosure, now, ['scheduled'], 'Only a scheduled disclosure can be unscheduled.');
  demandTime(disclosure, now);
  return { ...disclosure, publishAt: null, enteredAt: null };
}

/** A new edition of what is public; the old one stays readable. */
export function correct(
  disclosure: Disclosure,
  content: Content,
  reason: string,
  now: Instant,
): { readonly corrected: Disclosure; readonly past: PastEdition } {
  demand(disclosure, now, ['published', 'corrected'], 'Only what is public, and not withdrawn, can be corrected.');
  if (isDeepStrictEqual(content, disclosure.content)) throw new StateConflictError('The correction changes nothing.');
  const { edition, correction, formerlyCited = [] } = disclosure;
  const cited = [
    ...formerlyCited,
    ...citedIn(disclosure.content).map(({ documentId, version }) => ({ documentId, version })),
  ];
  const former = cited.filter((one, index) => cited.findIndex(other => isDeepStrictEqual(one, other)) === index);
  if (former.length + citedIn(content).length > maxEverCited) {
    throw new StateConflictError(`Its editions cite ${maxEverCited} documents. Publish a new disclosure for more.`);
  }
  return {
    corrected: {
      ...disclosure,
      content,
      edition: edition + 1,
      correction: { at: now, reason },
      ...(former.length === 0 ? {} : { formerlyCited: former }),
    },
    past: { content: disclosure.content, edition, correction },
  };
}

/** Leaves a tombstone: what it said is no longer public, that it was there and why it went is. */
export function withdraw(disclosure: Disclosure, reason: string, now: Instant): Disclosure {
  demand(disclosure, now, ['published', 'corrected'], 'Only what is public, and not withdrawn yet, can be withdrawn.');
  return { ...disclosure, withdrawal: { at: now, reason } };
}

/** A period covers at most this many calendar years: it is listed under each of them. */
export const maxPeriodYears = 20;

/** The calendar years that a period touches. */
export function yearsOf(period: Period): number[] {
  const first = Number(period.from.slice(0, 4));
  const last = Number(period.to.slice(0, 4));
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** What is wrong with a period that no single date shows; null when nothing is. */
export function periodProblem(period: Period): string | null {
  if (period.to < period.from) return 'The period ends before it begins.';
  if (yearsOf(period).length > maxPeriodYears) return `The period touches more than ${maxPeriodYears} calendar years.`;
  return null;
}

/**
 * A scheduled disclosure stands still this long before its time. A change that takes its while on the way to the store would
 * otherwise arrive after the public has begun to read. Longer than any request may take.
 */
export const stillSeconds = 30;

function demandTime({ publishAt }: Disclosure, now: Instant): void {
  if (publishAt !== null && Date.parse(publishAt) - Date.parse(now) < stillSeconds * 1000) {
    throw new StateConflictError(`It becomes public within ${stillSeconds} seconds. Correct or withdraw it then.`);
  }
}

function demand(disclosure: Disclosure, now: Instant, states: readonly DisclosureState[], otherwise: string): void {
  const state = stateAt(disclosure, now);
  if (!states.includes(state)) throw new StateConflictError(`The disclosure is ${state}. ${otherwise}`);
}
