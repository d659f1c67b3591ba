/** Somebody who holds a voting seat in the body signs the text; the last signature that is needed decides in the same commit. */
import { consentsRoutes } from '../../shared/contract/consents.ts';
import { sign } from '../../shared/core/decisions/consents.ts';
import { inVote } from '../../shared/core/decisions/votes.ts';
import { recordKey } from '../../shared/core/records.ts';
import { StateConflictError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeConsent } from './changeConsent.ts';

export const signConsent = operation(consentsRoutes.signConsent, async (input, { records }) => {
  const { params, body, caller, now } = input;
  // While it is signed nobody steps aside any more; somebody may have as it was opened.
  const recusal = await records.get(recordKey('recusal', inVote(params.resolutionId, caller.personId ?? '')));
  return changeConsent(records, input, (consent, by) => {
    if (recusal !== undefined)
      throw new StateConflictError('You have stepped aside from it. Have it voted on instead.');
    return sign(consent, by, body.textHash, now);
  });
});
