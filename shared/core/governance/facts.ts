/** What the answers of Form 990, Part VI, follow from: records of one fiscal year, as they were read. */
import type { PlainDate } from '../calendar.ts';
import type { Circumstances } from '../filings/figures.ts';
import type { Form, Period } from '../filings/obligations.ts';
import type { Contemporaneous } from '../meetings/minutes.ts';
import type { TopicAskedFor } from './policies.ts';
import type { Evidence } from './questions.ts';

export interface GovernanceFacts {
  readonly period: Period;
  /** Where the organisation is. */
  readonly today: PlainDate;
  readonly circumstances: Circumstances;
  /** Boards of directors that were there in the year. */
  readonly boards: readonly BodyOfYear[];
  /** Committees that were there in the year. */
  readonly committees: readonly BodyOfYear[];
  /** The policies in force at the end of the year; today while it lasts. */
  readonly policies: ReadonlyMap<TopicAskedFor, PolicyInForce>;
  /** Null when the book has none for the year. */
  readonly filing: ReturnFiling | null;
  /** Who held a voting seat in the board on the day of filing; today while it is not filed. */
  readonly directors: readonly Named[];
  readonly declarations: readonly DeclaredYear[];
  /** Voters who stepped aside from a decision of the board or of a committee in the year. */
  readonly recusals: readonly Evidence[];
  /** The schedule of retention in force at the end of the year; null when the organisation recorded none of its own. */
  readonly schedule: Evidence | null;
  readonly inspection: Inspection;
  readonly papers: readonly PublicPaper[];
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** What a body did in the year. */
export interface BodyOfYear {
  readonly name: string;
  /** Meetings that were held. */
  readonly meetings: readonly MeetingOfYear[];
  /** What it adopted. */
  readonly adopted: readonly Adopted[];
}

export interface MeetingOfYear {
  readonly id: string;
  readonly title: string;
  readonly openedOn: PlainDate;
  /** Null for a meeting that was not adjourned: so far it can have no minutes. */
  readonly endedOn: PlainDate | null;
  readonly documentedOn: PlainDate | null;
  readonly inTime: Contemporaneous;
}

export interface Adopted {
  readonly resolutionId: string;
  readonly evidence: Evidence;
  /** By written consent, or by a vote outside of meetings: its text, who decided it and when stand in the book by that. */
  readonly withoutMeeting: boolean;
  /** The documents that are attached to it. */
  readonly documentIds: readonly string[];
}

export interface PolicyInForce {
  readonly documentId: string;
  readonly since: PlainDate;
  /** Null when the book has no resolution that adopted it. */
  readonly adoption: {
    readonly resolutionId: string;
    readonly by: 'board' | 'committee' | 'other';
    readonly evidence: Evidence;
    /** From when on the resolution holds no more. */
    readonly endedOn: PlainDate | null;
  } | null;
}

export interface ReturnFiling {
  readonly id: string;
  readonly title: string;
  readonly form: Form | null;
  readonly excused: boolean;
  readonly filedOn: PlainDate | null;
  readonly review: {
    readonly documentId: string;
    readonly given: readonly { readonly personId: string; readonly on: PlainDate }[];
  } | null;
}

/** Declarations of interests for a calendar year that touches the fiscal year. */
export interface DeclaredYear {
  readonly year: string;
  readonly owed: number;
  readonly evidence: readonly Evidence[];
  readonly missing: readonly Named[];
}

/** What anyone may inspect, as it is today. */
export interface Inspection {
  /** What should be there, and is not: empty when the set is complete. */
  readonly missing: readonly string[];
  /** Whether each public file was found as it is archived when it was last looked for. */
  readonly isAvailable: boolean;
  readonly evidence: readonly Evidence[];
}

/** What line 19 asks for. */
export const papersAskedFor = ['articles', 'bylaws', 'conflict-of-interest', 'financial-statement'] as const;

export interface PublicPaper {
  readonly what: (typeof papersAskedFor)[number];
  /** Those that everybody can have today. */
  readonly shown: readonly Evidence[];
}
