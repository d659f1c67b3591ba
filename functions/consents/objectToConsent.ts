/** Somebody who holds a voting seat in the body objects to a decision by fewer than all: in time, one ends it. */
import { consentsRoutes } from '../../shared/contract/consents.ts';
import { object } from '../../shared/core/decisions/consents.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeConsent } from './changeConsent.ts';

export const objectToConsent = operation(consentsRoutes.objectToConsent, (input, { records }) => {
  const { now, body } = input;
  return changeConsent(
    records,
    input,
    (consent, by, inOffice) => object(consent, { by, at: now, reason: body.reason }, inOffice),
    body.reason,
  );
});
