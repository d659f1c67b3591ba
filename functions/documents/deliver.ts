/** The address from which somebody gets the bytes of a version, straight from the store. */
import { type Rendition, unavailability } from '../../shared/core/archive/documents.ts';
import { contentDisposition, inlineTypes, isMediaType } from '../../shared/core/files.ts';
import { NotFoundError, StateConflictError } from '../../shared/errors.ts';
import type { BlobStore, Validity } from '../../shared/ports/blobStore.ts';
import type { Known } from './load.ts';

/** The digest of the bytes, and how they are to be delivered. @throws {NotFoundError} {@link StateConflictError} */
function bytesOf({ document, version }: Known, rendition: Rendition) {
  if (version === undefined) throw new NotFoundError();
  const away = unavailability(document.data, version.number, rendition);
  if (away !== null) throw new StateConflictError(away);
  if (rendition === 'original') return { sha256: version.sha256, name: version.name, type: version.type };
  if (version.text === null) throw new NotFoundError();
  return { sha256: version.text.sha256, name: `${version.name}.txt`, type: 'text/plain' };
}

/** @param cacheControl for whoever may keep the bytes: they never change under their digest. */
export async function deliver(
  blobs: BlobStore,
  known: Known,
  rendition: Rendition,
  cacheControl: string,
  validity: Validity,
): Promise<{ readonly url: string; readonly sha256: string }> {
  const { sha256, name, type } = bytesOf(known, rendition);
  const delivery = {
    type: type.startsWith('text/') ? `${type}; charset=utf-8` : type,
    disposition: contentDisposition(name, isMediaType(type) && inlineTypes.includes(type) ? 'inline' : 'attachment'),
    cacheControl,
  };
  return { url: await blobs.link(sha256, delivery, validity), sha256 };
}
