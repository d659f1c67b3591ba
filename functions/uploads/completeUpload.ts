/** Takes the word that all is sent, sees that it is, and hands the bytes over to examination. */
import { uploadsRoutes } from '../../shared/contract/uploads.ts';
import {
  demandWaiting,
  missingParts,
  toExamineKey,
  type Upload,
  uploadStateAt,
} from '../../shared/core/archive/uploads.ts';
import { changeRecord } from '../../shared/core/records.ts';
import { StateConflictError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { BlobMissingError, type BlobStore } from '../../shared/ports/blobStore.ts';
import { loadOwn, presentUpload } from './load.ts';

export const completeUpload = operation(
  uploadsRoutes.completeUpload,
  async ({ params, caller, now, act }, { records, blobs }) => {
    const before = await loadOwn(records, params.uploadId, caller);
    const state = uploadStateAt(before.data, now);
    if (state !== 'waiting' && state !== 'abandoned') {
      return { body: await presentUpload(blobs, before, now), version: before.version, writes: [] };
    }
    demandWaiting(before.data, now);
    // A crash after the parts were joined leaves an upload that waits; completing it again goes on from there.
    await demandArrived(blobs, before.id, before.data);
    const { stored, writes } = changeRecord('upload', before.id, before, { ...before.data, receivedAt: now }, act);
    const row = {
      put: { key: toExamineKey(before.id), version: 1, data: { id: before.id } },
      expect: 'absent',
    } as const;
    return { body: await presentUpload(blobs, stored, now), version: stored.version, writes: [...writes, row] };
  },
);

/** @throws {StateConflictError} bytes are missing. */
async function demandArrived(blobs: BlobStore, id: string, upload: Upload): Promise<void> {
  if ((await blobs.sizeOfUpload(id)) === upload.size) return;
  if (upload.session === null)
    throw new StateConflictError('The bytes have not arrived. Send them with the grant first.');
  const parts = await blobs.listParts(id, upload.session);
  const missing = missingParts(upload, parts);
  if (missing.length > 0) {
    const some = missing.slice(0, 20).join(', ');
    throw new StateConflictError(
      `These parts have not arrived: ${some}${missing.length > 20 ? ', ...' : ''}. Send them first; they need new grants.`,
    );
  }
  try {
    await blobs.joinParts(id, upload.session, parts);
  } catch (error) {
    if (!(error instanceof BlobMissingError)) throw error;
    throw new StateConflictError('Parts changed while they were joined. Send what is missing, then complete it again.');
  }
}
