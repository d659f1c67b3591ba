/** One body, as it was on a day; without a day, as it is, or was on its last day. */
import { bodiesRoutes } from '../../shared/contract/bodies.ts';
import { type Body, bodyOn } from '../../shared/core/bodies.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord, readToday } from '../../shared/http/read.ts';
import { presentBody } from './readBodies.ts';

export const getBody = operation(bodiesRoutes.getBody, async ({ params, query, now }, { records }) => {
  const stored = await readRecord<Body>(records, 'body', params.bodyId);
  const today = query.on ?? (await readToday(records, now));
  const lastDay = stored.data.term.to;
  const on = query.on === undefined && lastDay !== null && lastDay < today ? lastDay : today;
  const facts = bodyOn(stored.data, on);
  if (facts === undefined) throw new NotFoundError();
  return { body: presentBody(stored, facts), version: stored.version };
});
