/** Gives one person a link of minutes to a version; who had it, and when, is on record. */
import { documentsRoutes } from '../../shared/contract/documents.ts';
import { instant } from '../../shared/core/calendar.ts';
import { changeRecord, moveRows } from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { deliver } from './deliver.ts';
import { loadVisible } from './load.ts';
import { retrievalRow } from './retrievals.ts';

const linkSeconds = 5 * 60;

export const retrieveFile = operation(
  documentsRoutes.retrieveFile,
  async ({ params, body, caller, now, act, origin }, { records, blobs, newId }) => {
    const { documentId, version } = params;
    const seen = await loadVisible(records, documentId, caller, now, version);
    if (seen.sees !== 'all' && !seen.sees.has(version)) throw new NotFoundError();
    const validity = { at: now, seconds: linkSeconds };
    const { url, sha256 } = await deliver(blobs, seen, body.rendition, 'private, no-store', validity);
    const retrieval = { documentId, version, rendition: body.rendition, sha256, at: now, by: caller.personId };
    const { stored, writes } = changeRecord('retrieval', newId(), undefined, retrieval, act);
    const row = moveRows([], [retrievalRow(stored)]);
    const expiresAt = instant(new Date(Date.parse(now) + linkSeconds * 1000));
    return { body: { url: new URL(url, origin()).href, expiresAt }, writes: [...writes, ...row] };
  },
);
