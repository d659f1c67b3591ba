/** Examples of obligations and of what they follow from, for the description of the API. */

const usd = (amount: number) => ({ amount, currency: 'USD' });

export const exampleObligation = {
  filingId: 'us-irs-return~2025-12-31',
  ruleId: 'us-irs-return',
  title: 'Annual return: Form 990, 990-EZ or 990-N',
  authority: 'Internal Revenue Service',
  explanation: 'An exempt organisation tells the Internal Revenue Service every year what it received, spent and did.',
  citation: 'IRC 6033(a)(1)',
  period: { from: '2025-01-01', to: '2025-12-31' },
  form: '990-EZ' as const,
  named: '2026-05-15',
  due: '2026-05-15',
  extendable: '2026-11-16',
  fee: null,
};

export const exampleOwnFacts = {
  title: 'Report on the grant',
  authority: 'Example Foundation',
  explanation: 'What the grant was spent on, with the accounts.',
  citation: 'Grant agreement, section 4',
  firstDue: '2025-03-31',
  everyMonths: 12,
  from: '2025-01-01',
  to: null,
  movesPast: null,
  fee: null,
  replaces: null,
};
export const exampleOwn = { id: '01890a5d-ac96-774b-bcce-b302099a8061', ...exampleOwnFacts, version: 1 };

export const exampleCompliance = {
  since: '2022-01-14',
  solicitsIn: ['US-VA'],
  responsible: [{ ruleId: 'us-irs-return', personIds: ['01890a5d-ac96-774b-bcce-b302099a8058'] }],
  version: 1,
};

export const exampleFigures = {
  grossReceipts: usd(120_000_00),
  totalAssets: usd(80_000_00),
  unrelatedIncome: usd(0),
  source: 'Annual accounts, adopted by the board',
  circumstances: {
    committeesActForBoard: false,
    chapters: false,
    paysTopOfficial: true,
    paysOtherOfficers: false,
    jointVenture: false,
  },
};
export const exampleYear = { from: '2025-01-01', to: '2025-12-31', ...exampleFigures, version: 1 };
