/** Examples of returns, for the description of the API. */
import { amountNames, countNames } from '../core/returns/shown.ts';

const documentId = '01890a5d-ac96-774b-bcce-b302099a8090';
const time = '2024-05-11T12:00:00.000Z';
const sha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const period = { from: '2023-01-01', to: '2023-12-31' };

const none = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map(name => [name, null])) as Record<Name, null>;

const amounts = {
  ...none(amountNames),
  totalRevenue: { amount: 25_000_000, currency: 'USD', source: 'Form 990, Part I, line 12' },
  totalExpenses: { amount: 12_000_000, currency: 'USD', source: 'Form 990, Part I, line 18' },
  netAssetsEnd: { amount: 30_000_000, currency: 'USD', source: 'Form 990, Part I, line 22' },
} as const;
const counts = none(countNames);

export const exampleEntry = {
  id: 'us-irs-return~2023-12-31~1',
  filingId: 'us-irs-return~2023-12-31',
  submission: 1,
  form: '990',
  amended: false,
  period,
  name: 'Example Society',
  recordedAt: time,
  state: 'accepted',
} as const;

const withheld = [
  {
    path: '/Return/ReturnData/IRS990ScheduleB/ContributorInformationGrp/ContributorPersonNm',
    count: 3,
    reason: 'The name or address of a contributor.',
  },
];

export const exampleReturn = {
  ...exampleEntry,
  submittedOn: '2024-05-10',
  ein: '012345678',
  amounts,
  counts,
  content: {
    schema: '2023v4.0',
    schemaKnown: true,
    filedAt: '2024-05-10T10:00:00-05:00',
    initial: false,
    final: false,
    state: 'VA',
    documents: ['IRS990', 'IRS990ScheduleB', 'IRS990ScheduleO'],
    mission: 'To be an example.',
    officers: [
      {
        name: 'Example Officer',
        title: 'President',
        compensation: { amount: 0, currency: 'USD' },
        hoursPerWeek: 2,
        director: true,
        officer: true,
      },
    ],
    accomplishments: [],
    partVI: [{ line: '12a', name: 'ConflictOfInterestPolicyInd', value: true }],
    explanations: [],
    restricted: [],
    complete: true,
  },
  postcard: null,
  withheld,
  publicCopy: {
    documentId,
    version: 1,
    name: 'return-2023-12-31-public-copy.xml',
    size: 48_213,
    sha256,
    url: `/v1/documents/${documentId}/versions/1/file`,
  },
  version: 1,
  proof: { index: 4180, url: '/v1/log/records/return/us-irs-return~2023-12-31~1/versions/1' },
} as const;

export const exampleReadInput = { submission: 1, documentId: '01890a5d-ac96-774b-bcce-b302099a8091', version: 1 };

export const exampleCopied = { ...exampleEntry, publicCopy: exampleReturn.publicCopy, stays: [] };

export const exampleYear = {
  returnId: exampleEntry.id,
  period,
  months: 12,
  form: '990',
  amended: false,
  amounts,
  counts,
  reserve: { months: 30, from: 'netAssetsEnd' },
} as const;

const address = { lines: ['100 Main Street'], city: 'Richmond', region: 'VA', postalCode: '23220', country: 'US' };
const answers = {
  legalName: 'Example Society',
  otherNames: [],
  address,
  website: 'https://example.org',
  terminated: false,
  receiptsNormallyAtMost50000: true,
} as const;

export const postcardExample = {
  body: {
    submission: 1,
    ein: '01-2345678',
    period,
    ...answers,
    officer: { name: 'Example Officer', address },
  },
  answer: {
    ...exampleReturn,
    form: '990-N',
    amounts: none(amountNames),
    content: null,
    postcard: { ...answers, officer: { name: 'Example Officer', address } },
    withheld: [],
    publicCopy: null,
    proof: 'pending',
  },
} as const;
