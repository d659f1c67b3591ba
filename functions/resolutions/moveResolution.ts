/** Somebody who votes in the body moves a draft. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { moveMotion } from '../../shared/core/decisions/resolutions.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeResolution, inBody } from './change.ts';
import { demandVoter } from './seats.ts';

export const moveResolution = operation(resolutionsRoutes.moveResolution, (input, { records }) =>
  changeResolution(records, input, inBody(demandVoter), (before, by) => ({ after: moveMotion(before, by, input.now) })),
);
