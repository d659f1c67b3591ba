/** Who had a link to a document, the latest first. */
import { documentsRoutes } from '../../shared/contract/documents.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage } from '../../shared/http/read.ts';
import { readNames } from '../people/readNames.ts';
import { loadWhole } from './load.ts';
import { type Retrieval, retrievalList } from './retrievals.ts';

export const listRetrievals = operation(
  documentsRoutes.listRetrievals,
  async ({ params, query, caller, now, nextAddress }, { records }) => {
    await loadWhole(records, params.documentId, caller, now);
    const { items, next } = await readPage(records, {
      partition: listPartition(retrievalList(params.documentId)),
      order: 'descending',
      limit: query.limit,
      cursor: query.cursor,
    });
    const retrievals = items.map(item => item.data as unknown as Retrieval & { readonly id: string });
    const names = await readNames(
      records,
      retrievals.flatMap(({ by }) => by ?? []),
    );
    const shown = retrievals.map(({ documentId: _, by, ...retrieval }) => ({
      ...retrieval,
      by: { id: by ?? '', name: names.get(by ?? '') ?? '' },
    }));
    return { body: { items: shown, next: nextOf(next, nextAddress) } };
  },
);
