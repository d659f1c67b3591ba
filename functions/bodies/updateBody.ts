/** The keepers record facts about a body that hold from a day on, or its end. */
import { bodiesRoutes } from '../../shared/contract/bodies.ts';
import { type Body, bodyRow } from '../../shared/core/bodies.ts';
import { recordFacts } from '../../shared/core/history.ts';
import { changeRecord, moveRows } from '../../shared/core/records.ts';
import { wrongField } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { expectVersion, readRecord } from '../../shared/http/read.ts';
import { checkParents } from './parents.ts';
import { presentBody } from './readBodies.ts';

export const updateBody = operation(bodiesRoutes.updateBody, async ({ params, body, expected, act }, { records }) => {
  const before = await readRecord<Body>(records, 'body', params.bodyId);
  expectVersion(before, expected);
  const { from, dissolved, publishesSeats, name, purpose, parentBodyId } = body;
  const established = before.data.term.from;
  if (from < established) throw wrongField('/from', `The body was established on ${established}; begin then or later.`);
  if (dissolved !== null && dissolved < from)
    throw wrongField('/dissolved', 'The body would end before these facts hold.');
  const checks = await checkParents(records, params.bodyId, parentBodyId);
  const facts = { name, purpose, parentBodyId, from };
  const after: Body = {
    ...before.data,
    term: { from: established, to: dissolved },
    publishesSeats,
    history: recordFacts(before.data.history, facts),
  };
  const { stored, writes } = changeRecord('body', params.bodyId, before, after, act);
  return {
    body: presentBody(stored, facts),
    version: stored.version,
    writes: [...writes, ...moveRows([bodyRow(before)], [bodyRow(stored)]), ...checks],
  };
});
