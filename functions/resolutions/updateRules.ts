/** The secretary records the rules by which a body decides from a day on. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { recordFacts } from '../../shared/core/history.ts';
import { changeRecord } from '../../shared/core/records.ts';
import { PreconditionFailedError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { presentRules, readRulebook } from './rules.ts';

export const updateRules = operation(
  resolutionsRoutes.updateRules,
  async ({ params, body, expected, act }, { records }) => {
    const { body: of, rulebook: before } = await readRulebook(records, params.bodyId);
    if ((before?.version ?? 0) !== expected) throw new PreconditionFailedError();
    const { reason, ...set } = body;
    const rules = Object.fromEntries(body.rules.map(({ name, rule }) => [name, rule]));
    const history = recordFacts(before?.data.history ?? [], { ...set, rules });
    const { stored, writes } = changeRecord('rulebook', params.bodyId, before, { history }, act, reason);
    return { body: presentRules(stored, of, set.from), version: stored.version, writes };
  },
);
