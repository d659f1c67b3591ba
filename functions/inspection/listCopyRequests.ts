/** The requests for copies of a year, or all that wait for an answer. */
import { inspectionRoutes } from '../../shared/contract/inspection.ts';
import { type CopyRequestCard, copyRequestLists } from '../../shared/core/filings/copyRequests.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage, readToday } from '../../shared/http/read.ts';
import { presentEntry } from './present.ts';

export const listCopyRequests = operation(
  inspectionRoutes.listCopyRequests,
  async ({ query, now, nextAddress }, { records }) => {
    const today = await readToday(records, now);
    const isOpen = query.open === 'true';
    const list = isOpen ? copyRequestLists.open : copyRequestLists.ofYear(query.year ?? today.slice(0, 4));
    const { items, next } = await readPage(records, {
      partition: listPartition(list),
      order: isOpen ? 'ascending' : 'descending',
      limit: query.limit,
      cursor: query.cursor,
    });
    const cards = items.map(({ data }) => data as unknown as CopyRequestCard);
    return { body: { items: cards.map(card => presentEntry(card, today)), next: nextOf(next, nextAddress) } };
  },
);
