/** How far an upload is, for the person who declared it. */
import { uploadsRoutes } from '../../shared/contract/uploads.ts';
import { operation } from '../../shared/http/operation.ts';
import { loadOwn, presentUpload } from './load.ts';

export const getUpload = operation(uploadsRoutes.getUpload, async ({ params, caller, now }, { records, blobs }) => {
  const upload = await loadOwn(records, params.uploadId, caller);
  return { body: await presentUpload(blobs, upload, now), version: upload.version };
});
