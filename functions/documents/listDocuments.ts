/** The documents of one kind that the caller may see, the latest first. */
import { documentsRoutes } from '../../shared/contract/documents.ts';
import { type DocumentCard, documentLists } from '../../shared/core/archive/documentLists.ts';
import { maySeeAll, publicVersions, type References, referencesKey } from '../../shared/core/archive/documents.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage } from '../../shared/http/read.ts';
import type { Item } from '../../shared/ports/recordStore.ts';

const cardIn = (item: Item) => item.data as unknown as DocumentCard;

export const listDocuments = operation(
  documentsRoutes.listDocuments,
  async ({ query, caller, now, nextAddress }, { records }) => {
    const seesAll = ({ access, bodyId }: DocumentCard) => maySeeAll(caller, access, bodyId);
    const { items, next } = await readPage(records, {
      partition: listPartition(documentLists.ofKind(query.kind)),
      order: 'descending',
      limit: query.limit,
      cursor: query.cursor,
      keep: item => seesAll(cardIn(item)) || cardIn(item).access === 'public',
    });
    const cards = items.map(cardIn);
    // Of the others only what is published can be shown, and that stands with each document.
    const asked = cards.filter(card => !seesAll(card)).map(({ id }) => id);
    const found = asked.length === 0 ? [] : await records.getMany(asked.map(referencesKey));
    const references = new Map(asked.map((id, index) => [id, (found[index]?.data ?? {}) as unknown as References]));
    const shown = cards.flatMap(card => {
      const refer = references.get(card.id);
      if (refer === undefined) return [card];
      const open = publicVersions(card, refer, now);
      if (open.size === 0) return [];
      return [{ ...card, latest: card.latest !== null && open.has(card.latest.number) ? card.latest : null }];
    });
    return { body: { items: shown, next: nextOf(next, nextAddress) } };
  },
);
