/** Examples of the inspection set and of requests for copies. */

const documentId = '01890a5d-ac96-774b-bcce-b302099a8061';
const filingId = 'us-irs-return~2022-12-31';
const period = { from: '2022-01-01', to: '2022-12-31' };
const title = 'Annual return of an exempt organisation';

export const exampleInspectionSet = {
  on: '2024-06-03',
  items: [
    {
      what: 'annual-return' as const,
      title,
      form: '990-EZ' as const,
      period,
      since: '2023-05-10',
      until: '2026-05-15',
      filingId,
      submission: 1,
      files: [
        {
          documentId,
          version: 1,
          name: 'return-2022.xml',
          type: 'application/xml',
          size: 48_213,
          sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
          address: `/v1/documents/${documentId}/versions/1/file`,
          found: { finding: 'same' as const, at: '2024-06-03T04:00:00.000Z' },
        },
      ],
    },
  ],
  copies: { statement: 'Download the files, free of charge.', website: 'https://example.org' },
  check: { origin: 'https://book.example.org', completedAt: '2024-06-03T04:00:00.000Z' },
  complete: false,
  missing: [
    {
      why: 'no-letter' as const,
      title: 'Letters about the exemption',
      filingId: null,
      documentId: null,
      period: null,
      remedy: 'Archive them, and publish them.',
    },
  ],
  dropsOut: [{ what: 'annual-return' as const, title, period, filingId, submission: 1, after: '2026-05-15' }],
};

const asked = {
  receivedOn: '2024-06-03',
  how: 'written' as const,
  requester: 'Example Reader',
  what: ['Form 990-EZ for 2022'],
};

export const exampleNewCopyRequest = { ...asked, contact: 'reader@example.org' };

export const exampleEntry = {
  id: '01890a5d-ac96-774b-bcce-b302099a8081',
  ...asked,
  due: '2024-07-03',
  state: 'open' as const,
  daysLeft: 30,
  answer: null,
};

export const exampleCopyRequest = { ...exampleEntry, contact: exampleNewCopyRequest.contact, version: 1 };

export const exampleAnswered = {
  ...exampleCopyRequest,
  state: 'answered' as const,
  daysLeft: 23,
  answer: {
    on: '2024-06-10',
    how: 'widely-available' as const,
    note: null,
    lookedFor: { at: '2024-06-10T04:00:00.000Z', found: true },
    by: '01890a5d-ac96-774b-bcce-b302099a8058',
    recordedAt: '2024-06-10T15:00:00.000Z',
  },
  version: 2,
};
