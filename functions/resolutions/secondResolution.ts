/** Somebody else who votes in the body seconds a motion. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { secondMotion } from '../../shared/core/decisions/resolutions.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeResolution, inBody } from './change.ts';
import { demandVoter } from './seats.ts';

export const secondResolution = operation(resolutionsRoutes.secondResolution, (input, { records }) =>
  changeResolution(records, input, inBody(demandVoter), (before, by) => ({
    after: secondMotion(before, by, input.now),
  })),
);
