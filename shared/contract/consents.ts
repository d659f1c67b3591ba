/** Written consent: decisions without a meeting. */
import * as z from 'zod/mini';
import { consentBases } from '../core/decisions/consents.ts';
import { textHash } from './consentFields.ts';
import { instantInput, reason } from './fields.ts';
import { exampleResolution } from './resolutionExamples.ts';
import { resolutionCommand } from './resolutions.ts';
import { resource } from './route.ts';

/** Of what is signed, not of a version of the record: so many can sign at once. */
const command = { ...resolutionCommand, command: 'creates', errors: ['state-conflict', 'not-found'] } as const;
const hash = 'd2a84f4b8b650937ec8f73cd8be2c74add5a911ba64df27458ed8229da804a26';

export const consentsRoutes = resource({
  openConsent: {
    ...resolutionCommand,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/consent',
    summary: 'Put a motion to written consent instead of a vote; its text stands from then on',
    body: z.strictObject({
      expiresAt: instantInput.check(z.describe('What is not complete by then has failed.')),
      basis: z.enum(consentBases),
      membersMustApprove: z
        .boolean()
        .check(z.describe('Whether the members have to approve it too: then no fewer than all suffice.')),
    }),
    example: {
      body: { expiresAt: '2024-03-09T18:00:00Z', basis: 'unanimous', membersMustApprove: false },
      answer: exampleResolution,
    },
  },
  signConsent: {
    ...command,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/sign',
    summary: 'Sign; the last signature that is needed decides',
    body: z.strictObject({ textHash: textHash.check(z.describe('Of the text that you have read.')) }),
    example: { body: { textHash: hash }, answer: exampleResolution },
  },
  withdrawSignature: {
    ...command,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/withdraw-signature',
    summary: 'Withdraw your signature, as long as too few have signed',
    example: { answer: exampleResolution },
  },
  objectToConsent: {
    ...command,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/object',
    summary: 'Object to a decision by fewer than all: one objection in time ends it',
    body: z.strictObject({ reason }),
    example: { body: { reason: 'This should be discussed at a meeting.' }, answer: exampleResolution },
  },
});
