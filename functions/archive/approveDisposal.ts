/** An officer approves the disposal of a document. */
import { archiveRoutes } from '../../shared/contract/archive.ts';
import { approve } from '../../shared/core/archive/retention.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeDocument } from '../documents/load.ts';
import { presentDocument } from '../documents/present.ts';

export const approveDisposal = operation(archiveRoutes.approveDisposal, async (input, { records }) => {
  const { caller } = input;
  const { personId } = caller;
  if (personId === null) throw new NotFoundError();
  const { seen, writes } = await changeDocument(records, input, ({ document, circumstances, checks }) => ({
    after: approve(document.data, personId, circumstances),
    checks,
  }));
  return { body: await presentDocument(records, seen, caller), version: seen.document.version, writes };
});
