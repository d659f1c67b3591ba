/** What the function `certificates` does. */
import type { certificatesRoutes } from '../../shared/contract/certificates.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { getCertificate } from './getCertificate.ts';

export const certificatesOperations: Implementation<typeof certificatesRoutes> = { getCertificate };
