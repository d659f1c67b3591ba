/** Somebody wants to know now whether a version is still what was sealed. */
import { documentsRoutes } from '../../shared/contract/documents.ts';
import { askForCheck, custodyIn, custodyKey, writeCustody } from '../../shared/core/archive/custody.ts';
import { unavailability } from '../../shared/core/archive/documents.ts';
import { NotFoundError, StateConflictError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { loadVisible } from './load.ts';

export const checkFile = operation(documentsRoutes.checkFile, async ({ params, caller, now }, { records }) => {
  const seen = await loadVisible(records, params.documentId, caller, now, params.version);
  const { version, document } = seen;
  if (version === undefined || (seen.sees !== 'all' && !seen.sees.has(params.version))) throw new NotFoundError();
  const item = await records.get(custodyKey(version.sha256));
  const custody = custodyIn(item);
  if (custody === undefined) {
    throw new StateConflictError(unavailability(document.data, version.number) ?? 'The archive does not hold it.');
  }
  return {
    body: { askedAt: now },
    writes: [...writeCustody(version.sha256, item, { ...custody, askedAt: now }), askForCheck(version.sha256, now)],
  };
});
