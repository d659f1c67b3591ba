/** The legal holds, the latest first. */
import { archiveRoutes } from '../../shared/contract/archive.ts';
import type { Answer } from '../../shared/contract/route.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage } from '../../shared/http/read.ts';
import { holdList } from './holds.ts';

type Entry = Answer<typeof archiveRoutes.listHolds>['items'][number];

export const listHolds = operation(archiveRoutes.listHolds, async ({ query, nextAddress }, { records }) => {
  const { items, next } = await readPage(records, {
    partition: listPartition(holdList),
    order: 'descending',
    limit: query.limit,
    cursor: query.cursor,
  });
  return { body: { items: items.map(item => item.data as unknown as Entry), next: nextOf(next, nextAddress) } };
});
