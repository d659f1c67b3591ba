/** Every change to one record, for those who control the book. */
import { eventsRoutes } from '../../shared/contract/events.ts';
import type { Answer } from '../../shared/contract/route.ts';
import { eventPrefix, recordKey } from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage } from '../../shared/http/read.ts';

export const listEvents = operation(eventsRoutes.listEvents, async ({ params, query, nextAddress }, { records }) => {
  const { items, next } = await readPage(records, {
    partition: recordKey(params.kind, params.recordId).partition,
    prefix: eventPrefix,
    large: true,
    order: 'descending',
    limit: query.limit,
    cursor: query.cursor,
  });
  if (items.length === 0 && query.cursor === undefined) throw new NotFoundError();
  const events = items.map(item => item.data as unknown as Answer<typeof eventsRoutes.listEvents>['items'][number]);
  return { body: { items: events, next: nextOf(next, nextAddress) } };
});
