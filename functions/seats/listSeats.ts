/** The seats of a body that were held on a day; none for those who may not see who sits in it. */
import { seatsRoutes } from '../../shared/contract/seats.ts';
import { may } from '../../shared/core/authorisation.ts';
import type { Body } from '../../shared/core/bodies.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readRecord, readToday } from '../../shared/http/read.ts';
import { readSeats } from './readSeats.ts';

export const listSeats = operation(
  seatsRoutes.listSeats,
  async ({ params, query, caller, now, nextAddress }, { records }) => {
    const { id, data: body } = await readRecord<Body>(records, 'body', params.bodyId);
    if (!body.publishesSeats && !may(caller, 'see unpublished seats')) return { body: { items: [], next: null } };
    const on = query.on ?? (await readToday(records, now));
    const { items, next } = await readSeats(records, { id, term: body.term }, on, query.limit, query.cursor);
    return { body: { items, next: nextOf(next, nextAddress) } };
  },
);
