/** Documents of the archive: what they are, who may see them, how to have their bytes. */
import * as z from 'zod/mini';
import { exampleDocument, exampleDocumentEntry, exampleFacts, exampleId } from './documentExamples.ts';
import { access, document, documentEntry, factsInput, kind, sha256 } from './documentSchemas.ts';
import { cursor, date, id, instant, limit, on, pageOf, reason } from './fields.ts';
import { resource } from './route.ts';

const params = z.strictObject({ documentId: id });
const proves = { kind: 'document', id: '{documentId}' } as const;
const versionParams = z.strictObject({
  documentId: id,
  version: z.pipe(z.string().check(z.regex(/^[1-9]\d{0,5}$/, 'Must be a number from 1.')), z.transform(Number)),
});
const rendition = z
  ._default(z.enum(['original', 'text']), 'original')
  .check(z.describe('The file itself, or its text with pages parted by form feeds.'));

export const documentsRoutes = resource({
  listDocuments: {
    method: 'GET',
    path: '/v1/documents',
    summary: 'List the documents of one kind that you may see, the latest first',
    query: z.strictObject({ kind, limit, cursor }),
    answer: pageOf(documentEntry),
    status: 200,
    example: { answer: { items: [exampleDocumentEntry], next: null } },
  },
  listReviews: {
    method: 'GET',
    path: '/v1/reviews',
    summary: 'List what has to be looked at again, the earliest first',
    query: z.strictObject({ on, limit, cursor }),
    answer: pageOf(
      z
        .strictObject({
          documentId: id,
          title: z.string(),
          kind,
          next: date,
          owner: z.strictObject({ id, name: z.string() }),
          state: z.enum(['overdue', 'due', 'later']).check(z.describe('Due: within 60 days.')),
        })
        .check(z.meta({ id: 'Review' })),
    ),
    status: 200,
    example: {
      answer: {
        items: [
          {
            documentId: exampleId,
            title: 'Conflict of interest policy',
            kind: 'policy',
            next: '2024-06-30',
            owner: { id: '01890a5d-ac96-774b-bcce-b302099a8058', name: 'Jamie Boex' },
            state: 'due',
          },
        ],
        next: null,
      },
    },
  },
  createDocument: {
    method: 'POST',
    path: '/v1/documents',
    summary: 'Record a document; its first version follows as an upload',
    body: z.strictObject({ ...factsInput.shape, access }).check(z.meta({ id: 'NewDocument' })),
    answer: document,
    status: 201,
    command: 'creates',
    proves: { kind: 'document' },
    example: { body: { ...exampleFacts, access: 'public' }, answer: { ...exampleDocument, versions: [], proof: null } },
  },
  getDocument: {
    method: 'GET',
    path: '/v1/documents/{documentId}',
    summary: 'Read what a document is, with the versions that you may see',
    params,
    answer: document,
    status: 200,
    proves,
    example: { answer: exampleDocument },
  },
  updateDocument: {
    method: 'PUT',
    path: '/v1/documents/{documentId}',
    summary: 'Describe a document anew',
    params,
    body: z
      .strictObject({
        ...factsInput.shape,
        reason: z.optional(reason).check(z.describe('Needed when the kind, the period or the body changes.')),
      })
      .check(z.meta({ id: 'DocumentUpdate' })),
    answer: document,
    status: 200,
    command: 'updates',
    proves,
    errors: ['state-conflict'],
    example: { body: exampleFacts, answer: exampleDocument },
  },
  changeDocumentAccess: {
    method: 'POST',
    path: '/v1/documents/{documentId}/access',
    summary: 'Change who may see a document',
    params,
    body: z.strictObject({ access, reason }),
    answer: document,
    status: 200,
    command: 'updates',
    proves,
    errors: ['state-conflict'],
    example: { body: { access: 'public', reason: 'The board released it.' }, answer: exampleDocument },
  },
  readFile: {
    method: 'GET',
    path: '/v1/documents/{documentId}/versions/{version}/file',
    summary: 'Get a public version: answers with the address of its bytes',
    description:
      'The address is good for hours and takes range requests. What is not public has no address here; see retrieve.',
    params: versionParams,
    query: z.strictObject({ rendition }),
    answer: z.string(),
    status: 302,
    type: 'text/plain; charset=utf-8',
    errors: ['state-conflict'],
    example: { answer: 'See Location.' },
  },
  retrieveFile: {
    method: 'POST',
    path: '/v1/documents/{documentId}/versions/{version}/retrieve',
    summary: 'Get a link of five minutes to a version that you may see; the book records who had it',
    params: versionParams,
    body: z.strictObject({ rendition }),
    answer: z.strictObject({ url: z.string(), expiresAt: instant }).check(z.meta({ id: 'FileLink' })),
    status: 201,
    command: 'creates',
    answeredOnce: true,
    errors: ['not-found', 'state-conflict'],
    example: {
      body: { rendition: 'original' },
      answer: { url: 'https://files.example.org/archive/9f86d081...', expiresAt: '2024-02-09T12:05:00.000Z' },
    },
  },
  listRetrievals: {
    method: 'GET',
    path: '/v1/documents/{documentId}/retrievals',
    summary: 'List who had a link to a document that is not public, the latest first',
    params,
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(
      z
        .strictObject({
          id,
          at: instant,
          by: z.strictObject({ id, name: z.string() }),
          version: z.int(),
          rendition: z.enum(['original', 'text']),
          sha256,
        })
        .check(z.meta({ id: 'Retrieval' })),
    ),
    status: 200,
    example: {
      answer: {
        items: [
          {
            id: '01890a5d-ac96-774b-bcce-b302099a8073',
            at: '2024-02-09T12:00:00.000Z',
            by: { id: '01890a5d-ac96-774b-bcce-b302099a8058', name: 'Jamie Boex' },
            version: 1,
            rendition: 'original',
            sha256: exampleDocument.versions[0].sha256,
          },
        ],
        next: null,
      },
    },
  },
  checkFile: {
    method: 'POST',
    path: '/v1/documents/{documentId}/versions/{version}/check',
    summary: 'Have a version read again and compared with its digest, now',
    description: 'It is read at once, in the background; the document then tells the time and the result.',
    params: versionParams,
    answer: z.strictObject({ askedAt: instant }).check(z.meta({ id: 'AskedCheck' })),
    status: 200,
    command: 'creates',
    errors: ['not-found', 'state-conflict'],
    example: { answer: { askedAt: '2024-02-09T12:00:00.000Z' } },
  },
});
