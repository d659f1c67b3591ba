/** For each operation on obligations a request that succeeds for those who may: prepared, then sent as somebody. */
import type { obligationsRoutes } from '../../shared/contract/obligations.ts';
import type { Prepare } from './assembly.ts';

export const ownFacts = {
  title: 'Report on the grant',
  authority: 'A foundation',
  explanation: 'What it was spent on.',
  citation: 'Agreement, section 4',
  firstDue: '2030-03-31',
  everyMonths: 12,
  from: '2024-01-01',
  to: null,
  movesPast: null,
  fee: null,
  replaces: null,
};

export const yearFacts = {
  grossReceipts: { amount: 120_000_00, currency: 'USD' },
  totalAssets: { amount: 80_000_00, currency: 'USD' },
  unrelatedIncome: null,
  source: 'Annual accounts',
  circumstances: {
    committeesActForBoard: false,
    chapters: false,
    paysTopOfficial: true,
    paysOtherOfficers: null,
    jointVenture: false,
  },
};

const end = '2021-12-31';

export const obligationRequests: { [Id in keyof typeof obligationsRoutes]: Prepare } = {
  listObligations: async () => client => client.listObligations(),
  listOwnObligations: async () => client => client.listOwnObligations(),
  createObligation: async () => client => client.createObligation({ body: ownFacts }),
  updateObligation: async ({ as }) => {
    const { id, version } = (await as.secretary.createObligation({ body: ownFacts })).body;
    const body = { ...ownFacts, to: '2031-12-31' };
    return client => client.updateObligation({ params: { obligationId: id }, version, body });
  },
  getCompliance: async () => client => client.getCompliance(),
  updateCompliance: async ({ as }) => {
    const { version } = (await as.secretary.getCompliance()).body;
    const body = { since: '2020-01-01', solicitsIn: ['US-VA'], responsible: [] };
    return client => client.updateCompliance({ version, body });
  },
  listFiscalYears: async () => client => client.listFiscalYears(),
  getFiscalYear: async () => client => client.getFiscalYear({ params: { end } }),
  recordFiscalYear: async ({ as }) => {
    const { version } = (await as.secretary.getFiscalYear({ params: { end } })).body;
    return client => client.recordFiscalYear({ params: { end }, version, body: yearFacts });
  },
};
