/** An archivist describes a document anew. */
import { documentsRoutes } from '../../shared/contract/documents.ts';
import { describe, isReclassified } from '../../shared/core/archive/documents.ts';
import { demandStillHeld } from '../../shared/core/archive/retention.ts';
import { wrongField } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { demandKnown, demandLevel } from './facts.ts';
import { changeDocument } from './load.ts';
import { presentDocument } from './present.ts';

export const updateDocument = operation(documentsRoutes.updateDocument, async (input, { records }) => {
  const { params, caller } = input;
  const { reason, ...facts } = input.body;
  if (facts.replaces === params.documentId) throw wrongField('/replaces', 'A document cannot replace itself.');
  const { seen, writes } = await changeDocument(records, input, ({ document, circumstances, checks }) => {
    demandLevel(caller, document.data.access, facts.bodyId);
    if (reason === undefined && isReclassified(document.data.facts, facts)) {
      throw wrongField(
        '/reason',
        'Another kind, period or body needs a reason: who sees it and how long it is kept follow.',
      );
    }
    const after = describe(document.data, facts);
    demandStillHeld(document.data, after, circumstances);
    return { after, checks, ...(reason === undefined ? {} : { reason }) };
  });
  await demandKnown(records, facts);
  return { body: await presentDocument(records, seen, caller), version: seen.document.version, writes };
});
