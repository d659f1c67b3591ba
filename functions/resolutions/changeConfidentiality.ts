/** Whoever leads the body keeps a resolution confidential, or makes it public. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { liftConfidentiality, makeConfidential } from '../../shared/core/decisions/confidentiality.ts';
import { operation } from '../../shared/http/operation.ts';
import { publishAttachments } from './attachments.ts';
import { changeResolution, inBody } from './change.ts';
import { demandTellsNothing } from './effects.ts';
import { demandLeader } from './seats.ts';

export const changeConfidentiality = operation(resolutionsRoutes.changeConfidentiality, (input, { records }) => {
  const { params, body, now } = input;
  const { confidential, reason } = body;
  return changeResolution(records, input, inBody(demandLeader), async (before, _, today) => {
    if (confidential !== null) return { after: makeConfidential(before, confidential, today, now), reason };
    const after = liftConfidentiality(before);
    await demandTellsNothing(records, before.motion);
    const { attachments } = before.motion;
    const writes =
      before.adoption === null ? [] : await publishAttachments(records, params.resolutionId, attachments, now);
    return { after, reason, writes };
  });
});
