/** The bodies that existed on a day. */
import { bodiesRoutes } from '../../shared/contract/bodies.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readToday } from '../../shared/http/read.ts';
import { readBodies } from './readBodies.ts';

export const listBodies = operation(bodiesRoutes.listBodies, async ({ query, now, nextAddress }, { records }) => {
  const on = query.on ?? (await readToday(records, now));
  const { items, next } = await readBodies(records, on, query.limit, query.cursor);
  return { body: { items, next: nextOf(next, nextAddress) } };
});
