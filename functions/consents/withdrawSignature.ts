/** Whoever signed takes the signature back, until as many have signed as are needed. */
import { consentsRoutes } from '../../shared/contract/consents.ts';
import { withdrawSignature as withdraw } from '../../shared/core/decisions/consents.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeConsent } from './changeConsent.ts';

export const withdrawSignature = operation(consentsRoutes.withdrawSignature, (input, { records }) =>
  changeConsent(records, input, withdraw),
);
