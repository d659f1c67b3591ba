/** Policies of the organisation: which text holds, from when on, by whose decision. */
import type { JsonObject } from '../../ports/recordStore.ts';
import type { PlainDate } from '../calendar.ts';
import type { Paper } from '../filings/filings.ts';
import { type History, recordFacts } from '../history.ts';
import { type Row, rowKey, type Stored } from '../records.ts';

/** The policies that Form 990, Part VI, asks for, by their topics. Others can have any topic of the same form. */
export const policiesAskedFor = {
  chapters: 'policy on chapters, branches and affiliates',
  'conflict-of-interest': 'conflict of interest policy',
  whistleblower: 'whistleblower policy',
  'document-retention': 'document retention and destruction policy',
  compensation: 'compensation policy',
  'joint-venture': 'joint venture policy',
} as const;
export type TopicAskedFor = keyof typeof policiesAskedFor;
export const topicsAskedFor = Object.keys(policiesAskedFor) as TopicAskedFor[];

export const isTopic = (text: string) => text.length <= 60 && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text);

/** A version of a document of the archive, and the resolution that adopted it; null where the book has none. */
export interface PolicyText extends Paper {
  readonly resolutionId: string | null;
}

/** The record; its identifier is the topic. */
export interface Policy {
  /** From some day on there may be none any more. */
  readonly history: History<{ readonly text: PolicyText | null }>;
}

/** @throws {StateConflictError} it has changed too often. */
export const designate = (before: Policy | undefined, from: PlainDate, text: PolicyText | null): Policy => ({
  history: recordFacts(before?.history ?? [], { from, text }),
});

/** All of them, whole, by topic. */
export const policyList = 'policies';

export const policyRow = ({ id, version, data }: Stored<Policy>): Row => ({
  key: rowKey(policyList, id),
  card: { ...data, version } as unknown as JsonObject,
});
