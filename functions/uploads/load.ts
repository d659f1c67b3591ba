/** Loads an upload for the person who declared it, and shows it. */

import type { Answer } from '../../shared/contract/route.ts';
import type { uploadsRoutes } from '../../shared/contract/uploads.ts';
import { endOf, partBytes, partsOf, type Upload, uploadStateAt } from '../../shared/core/archive/uploads.ts';
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { MediaType } from '../../shared/core/files.ts';
import type { Stored } from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { readRecord } from '../../shared/http/read.ts';
import type { BlobStore, Grant } from '../../shared/ports/blobStore.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** @throws {NotFoundError} there is none, or somebody else declared it. */
export async function loadOwn(records: RecordStore, id: string, caller: Caller): Promise<Stored<Upload>> {
  const upload = await readRecord<Upload>(records, 'upload', id);
  if (upload.data.by !== caller.personId) throw new NotFoundError();
  return upload;
}

/** Asks the store for the parts that have arrived while an upload in parts waits. */
export async function presentUpload(
  blobs: BlobStore,
  { id, version, data }: Stored<Upload>,
  now: Instant,
): Promise<Answer<typeof uploadsRoutes.getUpload>> {
  const { documentId, name, size, sha256, session, outcome } = data;
  const type = data.type as MediaType;
  const state = uploadStateAt(data, now);
  const count = partsOf(data);
  const arrived = state === 'waiting' && session !== null ? await blobs.listParts(id, session) : [];
  return {
    id,
    documentId,
    state,
    name,
    type,
    size,
    sha256,
    parts: count === null ? null : { size: partBytes, count, arrived: arrived.map(part => part.number) },
    expiresAt: endOf(data),
    sealedAs: outcome?.version ?? null,
    refusal: outcome?.refused ?? null,
    version,
  };
}

/** A grant, with an address that is whole. */
export const presentGrant = (
  { method, url, headers }: Grant,
  part: number | null,
  origin: string,
  expiresAt: Instant,
) => ({
  part,
  method,
  url: new URL(url, origin).href,
  headers: { ...headers },
  expiresAt,
});
