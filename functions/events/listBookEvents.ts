/** All events of the book in one month, for those who control it. */
import { eventsRoutes } from '../../shared/contract/events.ts';
import type { Answer } from '../../shared/contract/route.ts';
import { eventList, listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage } from '../../shared/http/read.ts';

type Entry = Answer<typeof eventsRoutes.listBookEvents>['items'][number];

export const listBookEvents = operation(
  eventsRoutes.listBookEvents,
  async ({ query, now, nextAddress }, { records }) => {
    const { items, next } = await readPage(records, {
      partition: listPartition(eventList(query.month ?? now.slice(0, 7))),
      order: 'descending',
      limit: query.limit,
      cursor: query.cursor,
    });
    return { body: { items: items.map(item => item.data as unknown as Entry), next: nextOf(next, nextAddress) } };
  },
);
