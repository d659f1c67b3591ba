/** The documents whose disposal is proposed, the longest waiting first. */
import { archiveRoutes } from '../../shared/contract/archive.ts';
import { type DocumentCard, documentLists } from '../../shared/core/archive/documentLists.ts';
import { type Disposal, maySeeAll } from '../../shared/core/archive/documents.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage } from '../../shared/http/read.ts';
import type { Item } from '../../shared/ports/recordStore.ts';

const cardIn = (item: Item) => item.data as unknown as DocumentCard & { readonly disposal: Disposal };

export const listDisposals = operation(
  archiveRoutes.listDisposals,
  async ({ query, caller, nextAddress }, { records }) => {
    const { items, next } = await readPage(records, {
      partition: listPartition(documentLists.disposals),
      order: 'ascending',
      limit: query.limit,
      cursor: query.cursor,
      keep: item => maySeeAll(caller, cardIn(item).access, cardIn(item).bodyId),
    });
    const shown = items.map(cardIn).map(({ id, title, kind, disposal }) => ({
      documentId: id,
      title,
      kind,
      disposal: { ...disposal, approvals: [...disposal.approvals] },
    }));
    return { body: { items: shown, next: nextOf(next, nextAddress) } };
  },
);
