/** The life of a filing: expected, in preparation, reviewed by the board, submitted, accepted or rejected, amended. */
import type { Instant, PlainDate } from '../calendar.ts';
import type { Form, Obligation } from './obligations.ts';

/** A version of a document of the archive, bound to its bytes. */
export interface Paper {
  readonly documentId: string;
  readonly version: number;
  readonly sha256: string;
}

/** The record. It holds the duty as it was worked out: what an authority moves is stored, and not computed for ever. */
export interface Filing {
  readonly obligation: Obligation;
  readonly moved: Moved | null;
  /** People who see to it; when empty, the treasurer and the secretary of the board. */
  readonly responsible: readonly string[];
  readonly preparedSince: PlainDate | null;
  readonly review: Review | null;
  readonly extension: Extension | null;
  /** In the order in which they were submitted; the first is the original, the later ones amend it or follow a rejection. */
  readonly submissions: readonly Submission[];
  /** Why it need not be filed after all. */
  readonly excuse: Excuse | null;
}

/** A last day that the authority set, and why it is believed. */
export interface Moved {
  readonly due: PlainDate;
  readonly reason: string;
  readonly evidence: Paper | null;
  /** More time had been asked for by then: the day takes the place of that, too. */
  readonly afterExtension: boolean;
}

export interface Excuse {
  readonly reason: string;
  readonly evidence: Paper | null;
  /** What it follows from has changed, so that it is owed no more; and it is expected again when that changes back. */
  readonly lapsed: boolean;
}

/** Who of the governing body got the return before it was filed, and when: Form 990, Part VI, line 11a. */
export interface Review {
  readonly paper: Paper;
  readonly given: readonly { readonly personId: string; readonly on: PlainDate }[];
}

/** More time, asked for on Form 8868 or its like. */
export interface Extension {
  readonly askedOn: PlainDate;
  readonly until: PlainDate;
  readonly confirmation: string | null;
  readonly evidence: Paper | null;
}

export const ways = ['electronic', 'mail', 'in-person'] as const;
export type Way = (typeof ways)[number];

export interface Submission {
  readonly amends: boolean;
  /** What was filed; null for what has no form. */
  readonly form: Form | null;
  readonly on: PlainDate;
  /** Who submitted it. */
  readonly by: string;
  readonly way: Way;
  readonly confirmation: string | null;
  /** What was submitted, to the byte. */
  readonly papers: readonly Paper[];
  /** What anyone may have of it: as it was filed, or with what the law withholds left out. */
  readonly publicCopies: readonly Paper[];
  readonly answer: Answer | null;
  readonly recordedAt: Instant;
}

/** What the authority said. */
export interface Answer {
  readonly accepted: boolean;
  readonly on: PlainDate;
  readonly note: string | null;
}

export const filingStates = [
  'expected',
  'preparing',
  'reviewed',
  'submitted',
  'accepted',
  'rejected',
  'excused',
] as const;
export type FilingState = (typeof filingStates)[number];

/**
 * The last day on which it is in time, as things stand: what was asked for or set last, else what the rule has. Time that was asked for
 * while the form was open counts for nothing when it was the notice that was filed: Form 8868 does not take that.
 */
export function dueOf(filing: Pick<Filing, 'obligation' | 'moved' | 'extension' | 'submissions'>): PlainDate {
  const { obligation, moved, extension } = filing;
  if (moved?.afterExtension) return moved.due;
  return (isNotice(filing) ? undefined : extension?.until) ?? moved?.due ?? obligation.due;
}

/** What was filed, or else what is owed, is Form 990-N, for which there is no more time to ask for. */
export const isNotice = (filing: Pick<Filing, 'obligation' | 'submissions'>): boolean =>
  (standing(filing)[0]?.form ?? filing.obligation.form) === '990-N';

export function stateOf({ submissions, excuse, review, preparedSince }: Filing): FilingState {
  if (excuse !== null) return 'excused';
  const last = submissions.at(-1);
  if (last !== undefined) {
    if (last.answer === null) return 'submitted';
    return last.answer.accepted ? 'accepted' : 'rejected';
  }
  if (review !== null) return 'reviewed';
  return preparedSince === null ? 'expected' : 'preparing';
}

/** What was submitted and not rejected, in order: these are the filing. */
export const standing = ({ submissions }: Pick<Filing, 'submissions'>) =>
  submissions.filter(({ answer }) => answer?.accepted !== false);

/** Neither filed nor excused: something is to be done. */
export const isOpen = (filing: Pick<Filing, 'submissions' | 'excuse'>) =>
  filing.excuse === null && standing(filing).length === 0;

/** When it was first filed; null while it was not. What was rejected was not filed. */
export const filedOn = (filing: Pick<Filing, 'submissions'>): PlainDate | null => standing(filing)[0]?.on ?? null;

export const filingLists = {
  /** All of them, by the year of their due date as the rule has it; sorted by due date and identifier. */
  ofYear: (year: string) => `filings#${year}`,
  /** What is still to be done: neither filed nor excused; by due date and identifier. */
  open: 'filings-open',
  /** The annual returns that decide about the exemption; by the last day of their period. */
  annualReturns: 'filings-annual-returns',
  /** What was filed and anyone may inspect until a day: by that day and identifier. */
  inspectable: 'filings-inspectable',
};
