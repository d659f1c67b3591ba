/** What has to be looked at again, the earliest first. */
import { documentsRoutes } from '../../shared/contract/documents.ts';
import {
  type DocumentCard,
  documentLists,
  reviewNoticeDays,
  reviewStateOn,
} from '../../shared/core/archive/documentLists.ts';
import { maySeeAll } from '../../shared/core/archive/documents.ts';
import { addDays } from '../../shared/core/calendar.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage, readToday } from '../../shared/http/read.ts';
import type { Item } from '../../shared/ports/recordStore.ts';
import { readNames } from '../people/readNames.ts';

const cardIn = (item: Item) => item.data as unknown as DocumentCard;

export const listReviews = operation(
  documentsRoutes.listReviews,
  async ({ query, caller, now, nextAddress }, { records }) => {
    const day = query.on ?? (await readToday(records, now));
    const noticeUntil = addDays(day, reviewNoticeDays);
    const { items, next } = await readPage(records, {
      partition: listPartition(documentLists.reviews),
      order: 'ascending',
      limit: query.limit,
      cursor: query.cursor,
      keep: item => maySeeAll(caller, cardIn(item).access, cardIn(item).bodyId),
    });
    const reviews = items
      .map(cardIn)
      .flatMap(({ id, title, kind, review }) => (review === null ? [] : { id, title, kind, ...review }));
    const names = await readNames(
      records,
      reviews.map(({ ownerId }) => ownerId),
    );
    const shown = reviews.map(({ id, title, kind, next: on, ownerId }) => ({
      documentId: id,
      title,
      kind,
      next: on,
      owner: { id: ownerId, name: names.get(ownerId) ?? '' },
      state: reviewStateOn(on, day, noticeUntil),
    }));
    return { body: { items: shown, next: nextOf(next, nextAddress) } };
  },
);
