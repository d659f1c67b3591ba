/** The rules by which a body decides on a day. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { operation } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import { presentRules, readRulebook } from './rules.ts';

export const getRules = operation(resolutionsRoutes.getRules, async ({ params, query, now }, { records }) => {
  const { body, rulebook } = await readRulebook(records, params.bodyId);
  const shown = presentRules(rulebook, body, query.on ?? (await readToday(records, now)));
  return { body: shown, version: shown.version };
});
