/** What the function `resolutions` does. */
import type { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { castVote } from './castVote.ts';
import { closeVote } from './closeVote.ts';
import { createResolution } from './createResolution.ts';
import { getResolution } from './getResolution.ts';
import { getRules } from './getRules.ts';
import { listBallots } from './listBallots.ts';
import { listPending } from './listPending.ts';
import { listRegister } from './listRegister.ts';
import { moveResolution } from './moveResolution.ts';
import { openVote } from './openVote.ts';
import { putAsideResolution } from './putAsideResolution.ts';
import { secondResolution } from './secondResolution.ts';
import { updateResolution } from './updateResolution.ts';
import { updateRules } from './updateRules.ts';
import { withdrawResolution } from './withdrawResolution.ts';

export const resolutionsOperations: Implementation<typeof resolutionsRoutes> = {
  castVote,
  closeVote,
  createResolution,
  getResolution,
  getRules,
  listBallots,
  listPending,
  listRegister,
  moveResolution,
  openVote,
  putAsideResolution,
  secondResolution,
  updateResolution,
  updateRules,
  withdrawResolution,
};
