/** What answers about written consents are made of. */
import * as z from 'zod/mini';
import { consentBases } from '../core/decisions/consents.ts';
import { sha256 } from './documentSchemas.ts';
import { instant } from './fields.ts';
import { who } from './voteFields.ts';

export const textHash = sha256.check(z.describe('SHA-256 of the text.'));

export const consent = z
  .strictObject({
    openedAt: instant,
    basis: z
      .enum(consentBases)
      .check(z.describe('Unanimous: all who hold a voting seat sign. Fewer: enough of them, and nobody objects.')),
    source: z.string().check(z.describe('Where the rules of the body allow it.')),
    textHash,
    expiresAt: instant,
    objectionsUntil: z
      .nullable(instant)
      .check(z.describe('Until then one objection ends it; null where all must sign.')),
    signed: z.int().check(z.describe('How many signatures there are.')),
    signatures: z
      .nullable(z.array(z.strictObject({ by: who, at: instant, textHash })))
      .check(z.describe('Shown to the body, and to everybody once it is adopted by a body that publishes its seats.')),
    mine: z.nullable(instant).check(z.describe('When you signed.')),
    objection: z
      .nullable(z.strictObject({ by: z.nullable(who), at: instant, reason: z.nullable(z.string()) }))
      .check(z.describe('Who objected, and why, is shown to the body.')),
    outcome: z.nullable(
      z.strictObject({
        at: instant,
        carried: z.boolean(),
        signatories: z
          .nullable(z.array(who))
          .check(z.describe('Who held a voting seat then; shown as signatures are.')),
        reasons: z.array(z.json()).check(z.describe('Every step of the decision, as data.')),
        explanation: z.array(z.string()).check(z.describe('The same, in sentences.')),
      }),
    ),
  })
  .check(z.meta({ id: 'Consent' }));
