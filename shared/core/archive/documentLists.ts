/** Where a document is listed: with those of its kind, and with what is to be done about it. */
import type { JsonObject } from '../../ports/recordStore.ts';
import type { Instant, PlainDate } from '../calendar.ts';
import { type Row, rowKey } from '../records.ts';
import {
  type AccessLevel,
  type ArchivedDocument,
  type DocumentKind,
  type Facts,
  isDisposed,
  type VersionCard,
} from './documents.ts';

/** What lists show of a document. */
export interface DocumentCard extends Facts {
  readonly id: string;
  readonly access: AccessLevel;
  readonly latest: VersionCard | null;
  readonly keepUntil: PlainDate | null;
  readonly disposedAt: Instant | null;
}

export const documentLists = {
  ofKind: (kind: DocumentKind) => `documents#${kind}`,
  reviews: 'reviews',
  disposals: 'disposals',
};

/** All rows of a document: on the list of its kind, and on those of what is to be done about it. */
export function documentRows(id: string, document: ArchivedDocument | undefined): Row[] {
  if (document === undefined) return [];
  const { facts, access, latest, keepUntil, disposal } = document;
  const card: DocumentCard = { id, ...facts, access, latest, keepUntil, disposedAt: disposal?.executedAt ?? null };
  const row = (list: string, sort: string, more: object = {}): Row => ({
    key: rowKey(list, sort),
    card: { ...card, ...more } as unknown as JsonObject,
  });
  const isPresent = !isDisposed(document);
  return [
    row(documentLists.ofKind(facts.kind), id),
    ...(isPresent && facts.review !== null ? [row(documentLists.reviews, `${facts.review.next}#${id}`)] : []),
    ...(isPresent && disposal !== null
      ? [row(documentLists.disposals, `${disposal.proposedAt}#${id}`, { disposal })]
      : []),
  ];
}

/** A review is announced so many days before its day. */
export const reviewNoticeDays = 60;

/** What is to be said of a review on that day. */
export function reviewStateOn(next: PlainDate, today: PlainDate, noticeUntil: PlainDate): 'overdue' | 'due' | 'later' {
  if (next < today) return 'overdue';
  return next <= noticeUntil ? 'due' : 'later';
}
