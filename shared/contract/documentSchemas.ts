/** What requests and answers about documents are made of. */
import * as z from 'zod/mini';
import { accessLevels, documentKinds, type Facts } from '../core/archive/documents.ts';
import { type Period, periodProblem } from '../core/disclosures.ts';
import { date, id, instant, language, line, proofState, version } from './fields.ts';

export const kind = z.enum(documentKinds);
export const access = z
  .enum(accessLevels)
  .check(z.describe('Who may see it; "public" counts only while something published refers to it.'));

export const period = z.nullable(
  z.strictObject({ from: date, to: date }).check(
    z.superRefine((value: Period, context) => {
      const message = periodProblem(value);
      if (message !== null) context.addIssue({ code: 'custom', message, path: ['to'] });
    }),
  ),
);

export const facts = {
  title: line(300),
  kind,
  language,
  period: period.check(z.describe('The days it is about, both included; null when it is about no particular time.')),
  bodyId: z.nullable(id).check(z.describe('The body it belongs to; null for the organisation as a whole.')),
  replaces: z.nullable(id).check(z.describe('The document whose place it takes.')),
  review: z
    .nullable(z.strictObject({ ownerId: id, next: date }))
    .check(z.describe('For what has to be looked at again, such as a policy: who does it, and by when.')),
};

export const factsInput = z.strictObject(facts).check(z.meta({ id: 'DocumentFacts' })) satisfies z.ZodMiniType<Facts>;

export const sha256 = z
  .string()
  .check(z.regex(/^[0-9a-f]{64}$/, 'Must be a SHA-256 in 64 lower-case hexadecimal digits.'), z.describe('SHA-256'));

export const size = z.int().check(z.minimum(1), z.describe('Bytes'));

export const versionCard = z
  .strictObject({
    number: z.int().check(z.minimum(1)),
    name: z.string(),
    type: z.string().check(z.describe('Media type, found from the content')),
    size,
    sha256,
    condition: z
      .enum(['sound', 'encrypted', 'broken', 'unread'])
      .check(z.describe('What its examination found; only what is sound can become public.')),
    pages: z.nullable(z.int()),
    sealedAt: instant,
  })
  .check(z.meta({ id: 'VersionCard' }));

export const sealedVersion = z
  .strictObject({
    ...versionCard.shape,
    note: z.nullable(z.string()).check(z.describe('What to know of its condition.')),
    hasText: z.boolean().check(z.describe('Whether its text can be had as a rendition.')),
    public: z.boolean().check(z.describe('Whether everybody may have it now.')),
    checkedAt: z.nullable(instant).check(z.describe('When the archive last read it again.')),
    check: z.nullable(z.enum(['good', 'changed', 'missing'])).check(z.describe('What that showed.')),
    addedAt: instant,
    addedBy: z
      .nullable(z.strictObject({ id, name: z.string() }))
      .check(z.describe('Who uploaded it; null for those who may not see it.')),
  })
  .check(z.meta({ id: 'SealedVersion' }));

export const disposal = z
  .strictObject({
    proposedAt: instant,
    retainedUntil: date,
    basis: z.string(),
    approvals: z.array(z.strictObject({ by: id, at: instant })),
    executeAfter: z.nullable(instant),
    executedAt: z.nullable(instant),
  })
  .check(z.meta({ id: 'Disposal' }));

export const document = z
  .strictObject({
    id,
    ...facts,
    access,
    versions: z.array(sealedVersion).check(z.describe('The latest first; only those that the caller may see.')),
    retainedUntil: z
      .nullable(date)
      .check(z.describe('The last day on which it has to be kept; null for ever, or while it has no version.')),
    disposedAt: z.nullable(instant),
    disposal: z.nullable(disposal).check(z.describe('Null for the public.')),
    version,
    proof: proofState,
  })
  .check(z.meta({ id: 'Document' }));

export const documentEntry = z
  .strictObject({
    id,
    ...facts,
    access,
    latest: z.nullable(versionCard),
    keepUntil: z.nullable(date),
    disposedAt: z.nullable(instant),
  })
  .check(z.meta({ id: 'DocumentEntry' }));
