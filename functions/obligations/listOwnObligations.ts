/** The obligations that the organisation added itself. */
import { obligationsRoutes } from '../../shared/contract/obligations.ts';
import { factLists, type OwnObligation } from '../../shared/core/filings/figures.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage } from '../../shared/http/read.ts';

export const listOwnObligations = operation(
  obligationsRoutes.listOwnObligations,
  async ({ query, nextAddress }, { records }) => {
    const { items, next } = await readPage(records, {
      partition: listPartition(factLists.own),
      order: 'ascending',
      limit: query.limit,
      cursor: query.cursor,
      large: true,
    });
    const owned = items.map(({ key, data }) => ({
      id: key.sort,
      ...(data as unknown as OwnObligation & { readonly version: number }),
    }));
    return { body: { items: owned, next: nextOf(next, nextAddress) } };
  },
);
