/** What the function `resolutions` does. */
import type { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { changeConfidentiality } from './changeConfidentiality.ts';
import { createResolution } from './createResolution.ts';
import { getInForce } from './getInForce.ts';
import { getResolution } from './getResolution.ts';
import { getRules } from './getRules.ts';
import { listConfidential } from './listConfidential.ts';
import { listEnded } from './listEnded.ts';
import { listFollowUps } from './listFollowUps.ts';
import { listPending } from './listPending.ts';
import { listRegister } from './listRegister.ts';
import { listTexts } from './listTexts.ts';
import { moveResolution } from './moveResolution.ts';
import { putAsideResolution } from './putAsideResolution.ts';
import { recordFollowUp } from './recordFollowUp.ts';
import { secondResolution } from './secondResolution.ts';
import { takeUpResolution } from './takeUpResolution.ts';
import { updateResolution } from './updateResolution.ts';
import { updateRules } from './updateRules.ts';
import { withdrawResolution } from './withdrawResolution.ts';

export const resolutionsOperations: Implementation<typeof resolutionsRoutes> = {
  changeConfidentiality,
  createResolution,
  getInForce,
  getResolution,
  getRules,
  listConfidential,
  listEnded,
  listFollowUps,
  listPending,
  listRegister,
  listTexts,
  moveResolution,
  putAsideResolution,
  recordFollowUp,
  secondResolution,
  takeUpResolution,
  updateResolution,
  updateRules,
  withdrawResolution,
};
