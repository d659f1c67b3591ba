/** One resolution, its vote, and why it came out as it did. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { operation } from '../../shared/http/operation.ts';
import { loadVisible } from './load.ts';
import { presentResolution } from './present.ts';

export const getResolution = operation(
  resolutionsRoutes.getResolution,
  async ({ params, caller, now }, { records }) => {
    const resolution = await loadVisible(records, params.resolutionId, caller, now);
    return { body: await presentResolution(records, resolution, caller, now), version: resolution.version };
  },
);
