/** People by name. */
import { peopleRoutes } from '../../shared/contract/people.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage } from '../../shared/http/read.ts';

export const listPeople = operation(peopleRoutes.listPeople, async ({ query, nextAddress }, { records }) => {
  const { items, next } = await readPage(records, {
    partition: listPartition('people'),
    order: 'ascending',
    limit: query.limit,
    cursor: query.cursor,
  });
  const people = items.map(item => item.data as { id: string; name: string });
  return { body: { items: people, next: nextOf(next, nextAddress) } };
});
