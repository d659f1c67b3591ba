/** A filing as examples show it. Neutral, invented names. */
const examplePerson = { id: '01890a5d-ac96-774b-bcce-b302099a8058', name: 'Example Treasurer' };
const examplePaper = {
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  document: {
    documentId: '01890a5d-ac96-774b-bcce-b302099a8062',
    version: 1,
    title: 'Annual return for 2023',
    name: 'return-2023.pdf',
    type: 'application/pdf',
    size: 204_800,
    url: '/v1/documents/01890a5d-ac96-774b-bcce-b302099a8062/versions/1/file',
  },
};

export const exampleCitation = { documentId: examplePaper.document.documentId, version: 1 };

export const exampleEntry = {
  id: 'us-irs-return~2023-12-31',
  version: 5,
  ruleId: 'us-irs-return',
  title: 'Annual return of an exempt organisation',
  authority: 'Internal Revenue Service',
  period: { from: '2023-01-01', to: '2023-12-31' },
  form: '990-EZ' as const,
  fee: null,
  named: '2024-05-15',
  ruleDue: '2024-05-15',
  due: '2024-05-15',
  state: 'accepted' as const,
  filedOn: '2024-05-10',
  filedForm: '990-EZ' as const,
  status: 'done' as const,
  daysLeft: null,
  daysLate: 0,
  penalties: [],
  askUntil: null,
  extendable: '2024-11-15',
  responsible: [examplePerson],
};

export const exampleFiling = {
  ...exampleEntry,
  explanation: 'An exempt organisation tells every year what it took in, what it spent, and on what.',
  citation: 'IRC 6033(a)(1)',
  preparedSince: '2024-03-01',
  review: { paper: examplePaper, given: [{ person: examplePerson, on: '2024-05-01' }] },
  moved: null,
  extension: null,
  submissions: [
    {
      number: 1,
      amends: false,
      form: '990-EZ' as const,
      on: '2024-05-10',
      by: 'Example Treasurer',
      way: 'electronic' as const,
      confirmation: '12345620241300000001',
      papers: [examplePaper],
      publicCopies: [],
      answer: { accepted: true, on: '2024-05-11', note: null },
      recordedAt: '2024-05-10T15:04:05.000Z',
    },
  ],
  excuse: null,
};

export const exampleSubmission = {
  on: '2024-05-10',
  by: 'Example Treasurer',
  way: 'electronic' as const,
  confirmation: '12345620241300000001',
  papers: [exampleCitation],
};

export const examplePersonId = examplePerson.id;
