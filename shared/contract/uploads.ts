/** Uploads: bytes go straight to the store; the book grants, examines and seals them. */
import * as z from 'zod/mini';
import { maxFileBytes } from '../core/archive/uploads.ts';
import { mediaTypes, nameProblem, typeProblem } from '../core/files.ts';
import { sha256, size } from './documentSchemas.ts';
import { id, instant, version } from './fields.ts';
import { resource } from './route.ts';

const declared = {
  name: z.string().check(
    z.superRefine((value: string, context) => {
      const message = nameProblem(value);
      if (message !== null) context.addIssue({ code: 'custom', message });
    }),
    z.describe('The name of the file, with its extension.'),
  ),
  type: z
    .enum(mediaTypes)
    .check(z.describe('Media type; the content must be of it, and the name must have its extension.')),
  size: size.check(z.maximum(maxFileBytes, `A file may have at most ${maxFileBytes} bytes.`)),
  sha256,
};

const declaration = z.strictObject(declared).check(
  z.superRefine(({ name, type }, context) => {
    const message = typeProblem(name, type);
    if (message !== null) context.addIssue({ code: 'custom', message, path: ['name'] });
  }),
  z.meta({ id: 'Declaration' }),
);

const grant = z
  .strictObject({
    part: z.nullable(z.int()).check(z.describe('The number of the part; null for a file in one piece.')),
    method: z.literal('PUT'),
    url: z.string().check(z.describe('It lets whoever has it send exactly these bytes: keep it to yourself.')),
    headers: z.record(z.string(), z.string()).check(z.describe('To be sent just so; besides, Content-Length.')),
    expiresAt: instant,
  })
  .check(z.meta({ id: 'Grant' }));

const upload = z
  .strictObject({
    id,
    documentId: id,
    state: z
      .enum(['waiting', 'received', 'sealed', 'refused', 'abandoned'])
      .check(
        z.describe(
          'Waiting for its bytes; received, and being examined; sealed as a version; refused; or abandoned for a day.',
        ),
      ),
    ...declared,
    parts: z
      .nullable(z.strictObject({ size: z.int(), count: z.int(), arrived: z.array(z.int()) }))
      .check(
        z.describe(
          'For a file that comes in parts: their size, all but the last; how many; those that have arrived. Null for one in one piece.',
        ),
      ),
    expiresAt: instant.check(z.describe('Until then it waits for its bytes.')),
    sealedAs: z.nullable(z.int()).check(z.describe('The number of the version that it became.')),
    refusal: z.nullable(z.string()).check(z.describe('Why it was refused, and what to do.')),
    version,
  })
  .check(z.meta({ id: 'Upload' }));

const params = z.strictObject({ uploadId: id });

const exampleUpload = {
  id: '01890a5d-ac96-774b-bcce-b302099a8071',
  documentId: '01890a5d-ac96-774b-bcce-b302099a8070',
  state: 'waiting',
  name: 'annual-report-2023.pdf',
  type: 'application/pdf',
  size: 48_213,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  parts: null,
  expiresAt: '2024-02-10T12:00:00.000Z',
  sealedAs: null,
  refusal: null,
  version: 1,
} as const;
const { name, type, size: bytes, sha256: digest } = exampleUpload;
const exampleGrant = {
  part: null,
  method: 'PUT',
  url: 'https://store.example.org/...',
  headers: { 'if-none-match': '*' },
  expiresAt: '2024-02-09T12:15:00.000Z',
} as const;

export const uploadsRoutes = resource({
  createUpload: {
    method: 'POST',
    path: '/v1/documents/{documentId}/uploads',
    summary: 'Declare a file that is to become the next version of a document',
    description: 'A file of up to 16 MiB comes in one piece, and its grant with this answer; a larger one in parts.',
    params: z.strictObject({ documentId: id }),
    body: declaration,
    answer: z
      .strictObject({ ...upload.shape, grant: z.nullable(grant).check(z.describe('Null for a file in parts.')) })
      .check(z.meta({ id: 'NewUpload' })),
    status: 201,
    command: 'creates',
    answeredOnce: true,
    errors: ['not-found', 'state-conflict'],
    example: {
      body: { name, type, size: bytes, sha256: digest },
      answer: { ...exampleUpload, grant: exampleGrant },
    },
  },
  getUpload: {
    method: 'GET',
    path: '/v1/uploads/{uploadId}',
    summary: 'Read how far your upload is',
    params,
    answer: upload,
    status: 200,
    example: { answer: { ...exampleUpload, state: 'sealed', sealedAs: 1, version: 3 } },
  },
  grantUpload: {
    method: 'POST',
    path: '/v1/uploads/{uploadId}/grants',
    summary: 'Get leave, for 15 minutes, to send your file or some of its parts',
    params,
    body: z.strictObject({
      parts: z
        ._default(
          z
            .array(z.strictObject({ number: z.int().check(z.minimum(1)), sha256 }))
            .check(z.maxLength(50, 'At most 50 parts at a time.')),
          [],
        )
        .check(z.describe('The parts to be sent, with the digest of each; none for a file in one piece.')),
    }),
    answer: z.strictObject({ grants: z.array(grant) }).check(z.meta({ id: 'Grants' })),
    status: 201,
    command: 'creates',
    answeredOnce: true,
    errors: ['not-found', 'state-conflict'],
    example: { body: {}, answer: { grants: [exampleGrant] } },
  },
  completeUpload: {
    method: 'POST',
    path: '/v1/uploads/{uploadId}/complete',
    summary: 'Say that all bytes are sent: they are examined, and sealed if they pass',
    description: 'Completing what is complete already changes nothing.',
    params,
    answer: upload,
    status: 200,
    command: 'creates',
    errors: ['not-found', 'state-conflict'],
    example: { answer: { ...exampleUpload, state: 'received', version: 2 } },
  },
});
