/** What the function `inspection` does. */
import type { inspectionRoutes } from '../../shared/contract/inspection.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { answerCopyRequest } from './answerCopyRequest.ts';
import { checkAvailability } from './checkAvailability.ts';
import { createCopyRequest } from './createCopyRequest.ts';
import { getCopyRequest } from './getCopyRequest.ts';
import { getInspectionSet } from './getInspectionSet.ts';
import { listCopyRequests } from './listCopyRequests.ts';

export const inspectionOperations: Implementation<typeof inspectionRoutes> = {
  getInspectionSet,
  checkAvailability,
  createCopyRequest,
  listCopyRequests,
  getCopyRequest,
  answerCopyRequest,
};
