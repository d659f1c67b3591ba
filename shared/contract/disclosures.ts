/** Disclosures: what the organisation publishes on purpose. */
import * as z from 'zod/mini';
import {
  exampleContent,
  exampleContentInput,
  exampleDraft,
  exampleEntry,
  exampleId,
  exampleLife,
  examplePublished,
  exampleTime,
  exampleUnpublished,
} from './disclosureExamples.ts';
import {
  category,
  content,
  contentInput,
  disclosure,
  edition,
  entry,
  life,
  step,
  unpublished,
} from './disclosureSchemas.ts';
import { cursor, id, instantInput, limit, pageOf, proofState, reason } from './fields.ts';
import { resource } from './route.ts';

const params = z.strictObject({ disclosureId: id });
const proves = { kind: 'disclosure', id: '{disclosureId}' } as const;
const onlyReason = z.strictObject({ reason });

export const disclosuresRoutes = resource({
  listDisclosures: {
    method: 'GET',
    path: '/v1/disclosures',
    summary: 'List what is public, the newest first',
    query: z.strictObject({
      category: z.optional(category),
      period: z
        .optional(z.string().check(z.regex(/^[12]\d{3}$/, 'Must be a year, such as 2023.')))
        .check(z.describe('Only what is about days of this calendar year.')),
      limit,
      cursor,
    }),
    answer: pageOf(entry),
    status: 200,
    example: { answer: { items: [exampleEntry], next: null } },
  },
  countDisclosures: {
    method: 'GET',
    path: '/v1/disclosures/counts',
    summary: 'Count what is public, by category',
    answer: z
      .strictObject({
        categories: z.array(z.strictObject({ category, published: z.int(), withdrawn: z.int() })),
        published: z.int(),
        withdrawn: z.int(),
      })
      .check(z.meta({ id: 'DisclosureCounts' })),
    status: 200,
    example: {
      answer: {
        categories: [{ category: 'annual-report', published: 1, withdrawn: 0 }],
        published: 1,
        withdrawn: 0,
      },
    },
  },
  getDisclosure: {
    method: 'GET',
    path: '/v1/disclosures/{disclosureId}',
    summary: 'Read one disclosure, or the tombstone of a withdrawn one',
    params,
    answer: disclosure,
    status: 200,
    proves,
    example: { answer: examplePublished },
  },
  getDisclosureHistory: {
    method: 'GET',
    path: '/v1/disclosures/{disclosureId}/history',
    summary: 'Read what happened to a disclosure, the latest first',
    description:
      'The public sees everything from the publication on; those who may see drafts see the time before as well.',
    params,
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(step),
    status: 200,
    example: {
      answer: {
        items: [{ at: exampleTime, what: 'published', enteredAt: exampleTime, reason: null, by: null, changes: [] }],
        next: null,
      },
    },
  },
  listEditions: {
    method: 'GET',
    path: '/v1/disclosures/{disclosureId}/editions',
    summary: 'List the editions of a disclosure, the latest first',
    params,
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(edition),
    status: 200,
    example: { answer: { items: [{ edition: 1, madeAt: exampleTime, reason: null, current: true }], next: null } },
  },
  getEdition: {
    method: 'GET',
    path: '/v1/disclosures/{disclosureId}/editions/{edition}',
    summary: 'Read an edition as it stood',
    description:
      'The editions of a withdrawn disclosure are readable only for those who may see unpublished disclosures.',
    params: z.strictObject({
      disclosureId: id,
      edition: z.pipe(z.string().check(z.regex(/^[1-9]\d{0,5}$/, 'Must be a number from 1.')), z.transform(Number)),
    }),
    answer: z
      .strictObject({ id, ...life, ...edition.shape, ...content, proof: proofState })
      .check(z.meta({ id: 'Edition' })),
    status: 200,
    example: {
      answer: {
        id: exampleId,
        ...exampleLife,
        madeAt: exampleTime,
        reason: null,
        current: true,
        ...exampleContent,
        proof: examplePublished.proof,
      },
    },
  },
  listDrafts: {
    method: 'GET',
    path: '/v1/drafts',
    summary: 'List the drafts, the latest first',
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(unpublished),
    status: 200,
    example: { answer: { items: [exampleUnpublished], next: null } },
  },
  listScheduled: {
    method: 'GET',
    path: '/v1/scheduled',
    summary: 'List what is scheduled, the next one first',
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(unpublished),
    status: 200,
    example: { answer: { items: [{ ...exampleUnpublished, publishAt: exampleTime }], next: null } },
  },
  createDisclosure: {
    method: 'POST',
    path: '/v1/disclosures',
    summary: 'Draft a disclosure',
    body: contentInput,
    answer: disclosure,
    status: 201,
    command: 'creates',
    proves: { kind: 'disclosure' },
    example: { body: exampleContentInput, answer: exampleDraft },
  },
  updateDisclosure: {
    method: 'PUT',
    path: '/v1/disclosures/{disclosureId}',
    summary: 'Revise a disclosure before its publication',
    params,
    body: contentInput,
    answer: disclosure,
    status: 200,
    command: 'updates',
    proves,
    errors: ['state-conflict'],
    example: { body: exampleContentInput, answer: { ...exampleDraft, version: 2 } },
  },
  publishDisclosure: {
    method: 'POST',
    path: '/v1/disclosures/{disclosureId}/publish',
    summary: 'Publish a disclosure now, at a later time, or as public since an earlier one',
    params,
    body: z.strictObject({
      at: z
        .optional(instantInput)
        .check(
          z.describe(
            'Now when absent. Later: nobody else sees it before. Earlier: it was public before the book took it in.',
          ),
        ),
    }),
    answer: disclosure,
    status: 200,
    command: 'updates',
    proves,
    errors: ['state-conflict'],
    example: { body: { at: exampleTime }, answer: { ...examplePublished, proof: 'pending' } },
  },
  unscheduleDisclosure: {
    method: 'POST',
    path: '/v1/disclosures/{disclosureId}/unschedule',
    summary: 'Take back the scheduling of a disclosure',
    params,
    answer: disclosure,
    status: 200,
    command: 'updates',
    proves,
    errors: ['state-conflict'],
    example: { answer: { ...exampleDraft, version: 3 } },
  },
  correctDisclosure: {
    method: 'POST',
    path: '/v1/disclosures/{disclosureId}/correct',
    summary: 'Publish a corrected edition',
    description: 'The edition before stays readable under its number.',
    params,
    body: z.strictObject({ reason, content: contentInput }),
    answer: disclosure,
    status: 200,
    command: 'updates',
    proves,
    errors: ['state-conflict'],
    example: {
      body: { reason: 'The number of members was wrong.', content: exampleContentInput },
      answer: {
        ...examplePublished,
        state: 'corrected',
        edition: 2,
        correctedAt: '2024-03-01T10:00:00.000Z',
        correctionReason: 'The number of members was wrong.',
        version: 3,
        proof: 'pending',
      },
    },
  },
  withdrawDisclosure: {
    method: 'POST',
    path: '/v1/disclosures/{disclosureId}/withdraw',
    summary: 'Withdraw a disclosure, leaving a public tombstone',
    description: 'Its title, category and dates stay public, with the reason; what it said does not.',
    params,
    body: onlyReason,
    answer: disclosure,
    status: 200,
    command: 'updates',
    proves,
    errors: ['state-conflict'],
    example: {
      body: { reason: 'It named a person who had not agreed.' },
      answer: {
        ...examplePublished,
        state: 'withdrawn',
        summary: null,
        links: [],
        documents: [],
        withdrawnAt: '2024-03-02T10:00:00.000Z',
        withdrawalReason: 'It named a person who had not agreed.',
        version: 3,
        proof: 'pending',
      },
    },
  },
});
