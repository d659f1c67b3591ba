/** Whoever leads the body, or the one that it was referred to, takes up again what was put aside. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { takeUp } from '../../shared/core/decisions/resolutions.ts';
import { NotAllowedError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeResolution, type DemandOf } from './change.ts';
import { demandLeader } from './seats.ts';

const demandEither: DemandOf = async (records, caller, { bodyId, aside }, on) => {
  try {
    return await demandLeader(records, caller, bodyId, on);
  } catch (error) {
    if (!(error instanceof NotAllowedError) || aside?.to == null) throw error;
    return demandLeader(records, caller, aside.to, on);
  }
};

export const takeUpResolution = operation(resolutionsRoutes.takeUpResolution, (input, { records }) =>
  changeResolution(records, input, demandEither, before => ({ after: takeUp(before, input.now) })),
);
