/** The keepers record a body. */
import { bodiesRoutes } from '../../shared/contract/bodies.ts';
import { type Body, bodyRow } from '../../shared/core/bodies.ts';
import { changeRecord, moveRows } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { checkParents } from './parents.ts';
import { presentBody } from './readBodies.ts';

export const createBody = operation(bodiesRoutes.createBody, async ({ body, act }, { records, newId }) => {
  const id = newId();
  const checks = await checkParents(records, id, body.parentBodyId);
  const { kind, established, publishesSeats, name, purpose, parentBodyId } = body;
  const facts = { name, purpose, parentBodyId, from: established };
  const created: Body = { kind, term: { from: established, to: null }, publishesSeats, history: [facts] };
  const { stored, writes } = changeRecord('body', id, undefined, created, act);
  return {
    body: presentBody(stored, facts),
    version: stored.version,
    location: `/v1/bodies/${id}`,
    writes: [...writes, ...moveRows([], [bodyRow(stored)]), ...checks],
  };
});
