/** Leads anybody to the bytes of a public version. */
import { documentsRoutes } from '../../shared/contract/documents.ts';
import { publicVersions } from '../../shared/core/archive/documents.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { deliver } from './deliver.ts';
import { loadDocument } from './load.ts';

/** Bytes never change under their digest. A shared cache lets go within the hour of what is withdrawn. */
const cacheControl = 'public, max-age=31536000, s-maxage=3600, immutable';

const hourSeconds = 3600;

export const readFile = operation(documentsRoutes.readFile, async ({ params, query, now }, { records, blobs }) => {
  const known = await loadDocument(records, params.documentId, now, params.version);
  if (!publicVersions(known.document.data, known.references, now).has(params.version)) throw new NotFoundError();
  // Signed for the hour, so that everybody gets the same address within it and caches can do their work.
  const at = `${now.slice(0, 13)}:00:00.000Z`;
  const { url } = await deliver(blobs, known, query.rendition, cacheControl, { at, seconds: 2 * hourSeconds });
  return { body: 'See Location.\n', location: url };
});
