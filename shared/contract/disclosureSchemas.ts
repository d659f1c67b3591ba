/** What requests and answers about disclosures are made of. */
import * as z from 'zod/mini';
import { type Citation, type Content, categories, maxCited } from '../core/disclosures.ts';
import { period as documentPeriod, sha256, size } from './documentSchemas.ts';
import { id, instant, language, line, markdown, proofState, version, webAddress } from './fields.ts';

export const category = z.enum(categories);

const period = documentPeriod.check(
  z.describe('The days it is about, both included; null when it is about no particular time.'),
);

const common = {
  title: line(300),
  category,
  summary: markdown(20_000),
  language,
  period,
  links: z.array(z.strictObject({ title: line(200), url: webAddress })).check(z.maxLength(30)),
};

const citation = { documentId: id, version: z.int().check(z.minimum(1)) };

const cited = z
  .strictObject({
    ...citation,
    title: z.string(),
    name: z.string(),
    type: z.string().check(z.describe('Media type')),
    size,
    sha256,
    pages: z.nullable(z.int()),
    url: z.string().check(z.describe('Where it can be had, while this is public.')),
  })
  .check(z.meta({ id: 'CitedDocument' }));

/** What a disclosure says, as it is shown. */
export const content = { ...common, documents: z.array(cited) };

const citations = z.array(z.strictObject(citation)).check(
  z.maxLength(maxCited),
  z.refine(
    (list: readonly Citation[]) => new Set(list.map(({ documentId }) => documentId)).size === list.length,
    'Name each document once.',
  ),
);

export const contentInput = z
  .strictObject({
    ...common,
    documents: z
      ._default(citations, [])
      .check(z.describe('Sealed versions of archived documents; everybody can have them once this is public.')),
  })
  .check(z.meta({ id: 'DisclosureContent' })) satisfies z.ZodMiniType<Omit<Content, 'documents'>>;

/** What happened to it. */
export const life = {
  edition: z.int().check(z.minimum(1), z.describe('Grows by one with every correction.')),
  publishedAt: z.nullable(instant).check(z.describe('When it was, or will be, first public; null for a draft.')),
  enteredAt: z
    .nullable(instant)
    .check(z.describe('When the book took in its publication; later than publishedAt for what was public before.')),
  correctedAt: z.nullable(instant),
  correctionReason: z.nullable(z.string()),
  withdrawnAt: z.nullable(instant),
  withdrawalReason: z.nullable(z.string()),
};

export const disclosure = z
  .strictObject({
    id,
    state: z.enum(['draft', 'scheduled', 'published', 'corrected', 'withdrawn']),
    ...content,
    summary: z.nullable(markdown(20_000)).check(z.describe('Null once it is withdrawn.')),
    ...life,
    version,
    proof: proofState,
  })
  .check(z.meta({ id: 'Disclosure' }));

export const entry = z
  .strictObject({
    id,
    title: line(300),
    category,
    language,
    period,
    edition: z.int().check(z.minimum(1)),
    publishedAt: instant,
    enteredAt: instant.check(
      z.describe('When the book took it in; later than publishedAt for what was public before.'),
    ),
    correctedAt: z.nullable(instant),
    withdrawnAt: z.nullable(instant),
  })
  .check(z.meta({ id: 'DisclosureEntry' }));

export const unpublished = z
  .strictObject({ id, title: line(300), category, language, publishAt: z.nullable(instant) })
  .check(z.meta({ id: 'UnpublishedEntry' }));

export const edition = z
  .strictObject({
    edition: z.int().check(z.minimum(1)),
    madeAt: instant.check(z.describe('When this edition became public.')),
    reason: z.nullable(z.string()).check(z.describe('Why it replaced the edition before; null for the first.')),
    current: z.boolean(),
  })
  .check(z.meta({ id: 'EditionEntry' }));

export const step = z
  .strictObject({
    at: instant,
    what: z.enum(['drafted', 'revised', 'scheduled', 'unscheduled', 'published', 'corrected', 'withdrawn']),
    enteredAt: instant.check(z.describe('When the book took it in.')),
    reason: z.nullable(z.string()),
    by: z
      .nullable(z.strictObject({ id, name: z.string() }))
      .check(z.describe('Who did it; null for those who may not see it.')),
    changes: z.array(z.strictObject({ field: z.string(), from: z.json(), to: z.json() })),
  })
  .check(z.meta({ id: 'HistoryStep' }));
