/** Whoever leads the body postpones a motion, or refers it. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { setAside } from '../../shared/core/decisions/resolutions.ts';
import { recordKey } from '../../shared/core/records.ts';
import { wrongField } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeResolution, inBody } from './change.ts';
import { demandLeader } from './seats.ts';

export const putAsideResolution = operation(resolutionsRoutes.putAsideResolution, async (input, { records }) => {
  const { reason, to } = input.body;
  const isKnown = to === null || (await records.get(recordKey('body', to))) !== undefined;
  return changeResolution(records, input, inBody(demandLeader), (before, by) => {
    if (!isKnown) throw wrongField('/to', 'There is no such body.');
    if (to === before.bodyId) throw wrongField('/to', 'It is with this body already; name null to postpone it.');
    return { after: setAside(before, by, reason, to, input.now), reason };
  });
});
