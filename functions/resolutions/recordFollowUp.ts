/** Whoever has it to do, or leads the body, records that it is done, or is not. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { noteDone, noteUndone } from '../../shared/core/decisions/followUps.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeResolution, type DemandOf } from './change.ts';
import { demandLeader } from './seats.ts';

const demandResponsible: DemandOf = async (records, caller, { bodyId, motion }, on) =>
  caller.personId !== null && caller.personId === motion.followUp?.personId
    ? caller.personId
    : demandLeader(records, caller, bodyId, on);

export const recordFollowUp = operation(resolutionsRoutes.recordFollowUp, (input, { records }) =>
  changeResolution(records, input, demandResponsible, (before, by) => {
    const { done, note } = input.body;
    return { after: done ? noteDone(before, by, note, input.now) : noteUndone(before), reason: note };
  }),
);
