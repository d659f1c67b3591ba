/** An archivist describes a document anew. */
import { documentsRoutes } from '../../shared/contract/documents.ts';
import { describe } from '../../shared/core/archive/documents.ts';
import { wrongField } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { demandKnown, demandLevel } from './facts.ts';
import { changeDocument } from './load.ts';
import { presentDocument } from './present.ts';

export const updateDocument = operation(documentsRoutes.updateDocument, async (input, { records }) => {
  const { body, params, caller } = input;
  if (body.replaces === params.documentId) throw wrongField('/replaces', 'A document cannot replace itself.');
  const { seen, writes } = await changeDocument(records, input, ({ document }) => {
    demandLevel(caller, document.data.access, body.bodyId);
    return { after: describe(document.data, body) };
  });
  await demandKnown(records, body);
  return { body: await presentDocument(records, seen, caller), version: seen.document.version, writes };
});
