/** Certificates of what was adopted, to print and to sign. */
import * as z from 'zod/mini';
import { resolutionParams as params } from './resolutions.ts';
import { resource } from './route.ts';

export const certificatesRoutes = resource({
  getCertificate: {
    method: 'GET',
    path: '/v1/resolutions/{resolutionId}/certificate',
    summary:
      'Print the certificate of an adopted resolution: its text, how it was decided, and where the secretary signs',
    params,
    answer: z.base64(),
    status: 200,
    type: 'application/pdf',
    binary: true,
    errors: ['state-conflict'],
    example: { answer: 'JVBERi0xLjc=' },
  },
});
