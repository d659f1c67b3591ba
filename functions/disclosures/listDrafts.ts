/** The drafts, the latest first. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import type { Answer } from '../../shared/contract/route.ts';
import { lists } from '../../shared/core/disclosureLists.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage } from '../../shared/http/read.ts';

type Entry = Answer<typeof disclosuresRoutes.listDrafts>['items'][number];

export const listDrafts = operation(disclosuresRoutes.listDrafts, async ({ query, nextAddress }, { records }) => {
  const { items, next } = await readPage(records, {
    partition: listPartition(lists.drafts),
    order: 'descending',
    limit: query.limit,
    cursor: query.cursor,
  });
  const drafts = items.map(item => ({ ...(item.data as unknown as Omit<Entry, 'publishAt'>), publishAt: null }));
  return { body: { items: drafts, next: nextOf(next, nextAddress) } };
});
