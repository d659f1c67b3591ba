/** Examples of documents, for the description of the API. */
import { exampleProofOf } from './proofExample.ts';

export const exampleId = '01890a5d-ac96-774b-bcce-b302099a8070';
const time = '2024-02-09T12:00:00.000Z';
const sha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export const exampleFacts = {
  title: 'Annual Report 2023',
  kind: 'report',
  language: 'en',
  period: { from: '2023-01-01', to: '2023-12-31' },
  bodyId: null,
  replaces: null,
  review: null,
} as const;

export const exampleCard = {
  number: 1,
  name: 'annual-report-2023.pdf',
  type: 'application/pdf',
  size: 48_213,
  sha256,
  condition: 'sound',
  pages: 4,
  sealedAt: time,
} as const;

export const exampleDocumentEntry = {
  id: exampleId,
  ...exampleFacts,
  access: 'public',
  latest: exampleCard,
  keepUntil: null,
  disposedAt: null,
} as const;

export const exampleDocument = {
  id: exampleId,
  ...exampleFacts,
  access: 'public',
  versions: [
    {
      ...exampleCard,
      note: null,
      hasText: true,
      public: true,
      checkedAt: time,
      check: 'good',
      addedAt: time,
      addedBy: null,
    },
  ],
  retainedUntil: null,
  disposedAt: null,
  disposal: null,
  version: 2,
  proof: exampleProofOf('document', exampleId, 2),
} as const;
