/** An archivist changes who may see a document, with a reason. */
import { documentsRoutes } from '../../shared/contract/documents.ts';
import { changeAccess } from '../../shared/core/archive/documents.ts';
import { operation } from '../../shared/http/operation.ts';
import { demandLevel } from './facts.ts';
import { changeDocument } from './load.ts';
import { presentDocument } from './present.ts';

export const changeDocumentAccess = operation(documentsRoutes.changeDocumentAccess, async (input, { records }) => {
  const { access, reason } = input.body;
  const { seen, writes } = await changeDocument(records, input, ({ document, references, checks }) => {
    demandLevel(input.caller, access, document.data.facts.bodyId);
    return { after: changeAccess(document.data, access, references), reason, checks };
  });
  return { body: await presentDocument(records, seen, input.caller), version: seen.document.version, writes };
});
