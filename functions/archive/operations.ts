/** What the function `archive` does. */
import type { archiveRoutes } from '../../shared/contract/archive.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { approveDisposal } from './approveDisposal.ts';
import { getArchiveState } from './getArchiveState.ts';
import { getHold } from './getHold.ts';
import { getRetentionSchedule } from './getRetentionSchedule.ts';
import { keepDocument } from './keepDocument.ts';
import { listDamaged } from './listDamaged.ts';
import { listDisposals } from './listDisposals.ts';
import { listHolds } from './listHolds.ts';
import { placeHold } from './placeHold.ts';
import { releaseHold } from './releaseHold.ts';
import { updateRetentionSchedule } from './updateRetentionSchedule.ts';

export const archiveOperations: Implementation<typeof archiveRoutes> = {
  approveDisposal,
  getArchiveState,
  getHold,
  getRetentionSchedule,
  keepDocument,
  listDamaged,
  listDisposals,
  listHolds,
  placeHold,
  releaseHold,
  updateRetentionSchedule,
};
