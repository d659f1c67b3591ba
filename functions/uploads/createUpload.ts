/** An archivist declares a file; a small one may be sent at once. */
import { uploadsRoutes } from '../../shared/contract/uploads.ts';
import { demandRoom } from '../../shared/core/archive/documents.ts';
import { grantValidity, openUploadKey, partsOf, type Upload } from '../../shared/core/archive/uploads.ts';
import { changeRecord } from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { loadWhole } from '../documents/load.ts';
import { presentGrant, presentUpload } from './load.ts';

export const createUpload = operation(
  uploadsRoutes.createUpload,
  async ({ params, body, caller, now, act, origin }, { records, blobs, newId }) => {
    const { document } = await loadWhole(records, params.documentId, caller, now);
    demandRoom(document.data);
    if (caller.personId === null) throw new NotFoundError();
    const id = newId();
    // A crash before the commit leaves a session that nobody knows; the store forgets it by itself.
    const session = partsOf(body) === null ? null : await blobs.beginParts(id);
    const upload: Upload = {
      ...body,
      documentId: document.id,
      by: caller.personId,
      declaredAt: now,
      session,
      receivedAt: null,
      outcome: null,
    };
    const { stored, writes } = changeRecord('upload', id, undefined, upload, act);
    const row = { put: { key: openUploadKey(id, upload), version: 1, data: { id } }, expect: 'absent' } as const;
    const { expiresAt, ...validity } = grantValidity(upload, now);
    const grant = session === null ? await blobs.grantUpload(id, body, validity) : null;
    return {
      body: {
        ...(await presentUpload(blobs, stored, now)),
        grant: grant === null ? null : presentGrant(grant, null, origin(), expiresAt),
      },
      version: stored.version,
      location: `/v1/uploads/${id}`,
      writes: [...writes, row],
    };
  },
);
