/** Examples of disclosures for the description of the API. */
import { exampleProofOf } from './proofExample.ts';

export const exampleContentInput = {
  title: 'Year in Review 2023',
  category: 'annual-report',
  summary: 'What the alliance did in **2023**.',
  language: 'en',
  period: { from: '2023-01-01', to: '2023-12-31' },
  links: [{ title: 'The report', url: 'https://example.org/2023.pdf' }],
  documents: [{ documentId: '01890a5d-ac96-774b-bcce-b302099a8070', version: 1 }],
};
export const exampleContent = {
  ...exampleContentInput,
  documents: [
    {
      documentId: '01890a5d-ac96-774b-bcce-b302099a8070',
      version: 1,
      title: 'Annual Report 2023',
      name: 'annual-report-2023.pdf',
      type: 'application/pdf',
      size: 48_213,
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      pages: 4,
      url: '/v1/documents/01890a5d-ac96-774b-bcce-b302099a8070/versions/1/file',
    },
  ],
};
export const exampleId = '01890a5d-ac96-774b-bcce-b302099a8060';
export const exampleTime = '2024-02-09T17:00:00.000Z';
export const exampleLife = {
  edition: 1,
  publishedAt: exampleTime,
  enteredAt: exampleTime,
  correctedAt: null,
  correctionReason: null,
  withdrawnAt: null,
  withdrawalReason: null,
};
export const exampleDraft = {
  id: exampleId,
  state: 'draft',
  ...exampleContent,
  ...exampleLife,
  publishedAt: null,
  enteredAt: null,
  version: 1,
  proof: null,
};
export const examplePublished = {
  ...exampleDraft,
  state: 'published',
  publishedAt: exampleTime,
  enteredAt: exampleTime,
  version: 2,
  proof: exampleProofOf('disclosure', exampleId, 2),
};
export const exampleEntry = {
  id: exampleId,
  title: exampleContent.title,
  category: exampleContent.category,
  language: 'en',
  period: exampleContent.period,
  edition: 1,
  publishedAt: exampleTime,
  enteredAt: exampleTime,
  correctedAt: null,
  withdrawnAt: null,
};
export const exampleUnpublished = {
  id: exampleId,
  title: exampleContent.title,
  category: exampleContent.category,
  language: 'en',
  publishAt: null,
};
