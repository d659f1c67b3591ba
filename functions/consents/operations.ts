/** What the function `consents` does. */
import type { consentsRoutes } from '../../shared/contract/consents.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { objectToConsent } from './objectToConsent.ts';
import { openConsent } from './openConsent.ts';
import { signConsent } from './signConsent.ts';
import { withdrawSignature } from './withdrawSignature.ts';

export const consentsOperations: Implementation<typeof consentsRoutes> = {
  objectToConsent,
  openConsent,
  signConsent,
  withdrawSignature,
};
