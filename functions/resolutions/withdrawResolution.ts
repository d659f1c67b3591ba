/** The mover takes a motion back. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { withdrawMotion } from '../../shared/core/decisions/resolutions.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeResolution, inBody } from './change.ts';
import { demandVoter } from './seats.ts';

export const withdrawResolution = operation(resolutionsRoutes.withdrawResolution, (input, { records }) =>
  changeResolution(records, input, inBody(demandVoter), (before, by) => ({
    after: withdrawMotion(before, by, input.body.reason, input.now),
    reason: input.body.reason,
  })),
);
