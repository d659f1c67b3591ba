/** What the function `uploads` does. */
import type { uploadsRoutes } from '../../shared/contract/uploads.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { completeUpload } from './completeUpload.ts';
import { createUpload } from './createUpload.ts';
import { getUpload } from './getUpload.ts';
import { grantUpload } from './grantUpload.ts';

export const uploadsOperations: Implementation<typeof uploadsRoutes> = {
  completeUpload,
  createUpload,
  getUpload,
  grantUpload,
};
