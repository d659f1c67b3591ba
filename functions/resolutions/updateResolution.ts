/** Whoever wrote or moved it, or leads the body, changes the text of what is not put to the vote yet. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { reviseMotion } from '../../shared/core/decisions/resolutions.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeResolution } from './change.ts';
import { readMotion } from './motion.ts';
import { demandAuthor, demandLeader } from './seats.ts';

export const updateResolution = operation(resolutionsRoutes.updateResolution, (input, { records }) =>
  changeResolution(
    records,
    input,
    async (records, caller, before, on) => {
      const isOwn = [before.draftedBy, before.mover?.by].includes(caller.personId ?? '');
      return (isOwn ? demandAuthor : demandLeader)(records, caller, before.bodyId, on);
    },
    async before => {
      const { caller, now, body } = input;
      const { motion, checks } = await readMotion(records, before.bodyId, body, caller, now);
      return { after: reviseMotion(before, motion, now), writes: checks };
    },
  ),
);
