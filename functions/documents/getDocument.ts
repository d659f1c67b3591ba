/** What a document is, with the versions that the caller may see. */
import { documentsRoutes } from '../../shared/contract/documents.ts';
import { operation } from '../../shared/http/operation.ts';
import { loadVisible } from './load.ts';
import { presentDocument } from './present.ts';

export const getDocument = operation(documentsRoutes.getDocument, async ({ params, caller, now }, { records }) => {
  const seen = await loadVisible(records, params.documentId, caller, now);
  return { body: await presentDocument(records, seen, caller), version: seen.document.version };
});
