/** Changes the text of what is not put to the vote yet. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { reviseMotion } from '../../shared/core/decisions/resolutions.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeResolution } from './change.ts';
import { demandAuthor } from './seats.ts';

export const updateResolution = operation(resolutionsRoutes.updateResolution, (input, { records }) =>
  changeResolution(records, input, demandAuthor, before => ({ after: reviseMotion(before, input.body, input.now) })),
);
