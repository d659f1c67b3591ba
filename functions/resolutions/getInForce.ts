/** Whether an adopted resolution holds on a day, how it reads then, and what changed what. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { operation } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import { loadVisible } from './load.ts';
import { readInForce } from './readInForce.ts';

export const getInForce = operation(
  resolutionsRoutes.getInForce,
  async ({ params, query, caller, now }, { records }) => {
    const resolution = await loadVisible(records, params.resolutionId, caller, now);
    const on = query.on ?? (await readToday(records, now));
    return { body: await readInForce(records, resolution, on, { caller, now }) };
  },
);
