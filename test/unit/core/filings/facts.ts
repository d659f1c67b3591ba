/** Facts of an invented organisation, from which duties follow. */
import type { Facts, OwnObligation, YearFigures } from '../../../../shared/core/filings/figures.ts';
import type { Obligation } from '../../../../shared/core/filings/obligations.ts';
import type { History } from '../../../../shared/core/history.ts';
import type { Profile } from '../../../../shared/core/organisation.ts';

export const profile: Profile = {
  legalName: 'Test Society',
  shortName: null,
  jurisdiction: { code: 'US-MD', name: 'Maryland' },
  incorporatedOn: '2009-03-10',
  taxStatus: '501(c)(3)',
  ein: '01-2345678',
  fiscalYearEnd: '12-31',
  timeZone: 'America/New_York',
  mission: '',
  website: null,
  demonstration: false,
};

/** What holds from which day on. */
export const historyOf = (...changes: readonly (Partial<Profile> & { from?: string })[]): History<Profile> => {
  const entries: (Profile & { from: string })[] = [];
  for (const change of changes) {
    const before: Profile = entries.at(-1) ?? profile;
    entries.push({ ...before, ...change, from: change.from ?? change.incorporatedOn ?? before.incorporatedOn });
  }
  return entries;
};

export const factsOf = (change: Partial<Facts> = {}): Facts => ({
  organisation: historyOf({}),
  since: '0001-01-01',
  solicitsIn: [],
  figures: new Map(),
  own: [],
  ...change,
});

const usd = (dollars: number | null) => (dollars === null ? null : { amount: dollars * 100, currency: 'USD' });

export const figuresOf = (
  grossReceipts: number | null,
  totalAssets: number | null = null,
  unrelatedIncome: number | null = null,
): YearFigures => ({
  grossReceipts: usd(grossReceipts),
  totalAssets: usd(totalAssets),
  unrelatedIncome: usd(unrelatedIncome),
  source: 'Accounts',
  circumstances: {
    committeesActForBoard: null,
    chapters: null,
    paysTopOfficial: null,
    paysOtherOfficers: null,
    jointVenture: null,
  },
});

export const ownOf = (change: Partial<OwnObligation> = {}): OwnObligation => ({
  title: 'Report on the grant',
  authority: 'A foundation',
  explanation: '',
  citation: 'Agreement',
  firstDue: '2024-01-31',
  everyMonths: null,
  from: '2000-01-01',
  to: null,
  movesPast: null,
  fee: null,
  replaces: null,
  ...change,
});

export const everything = { from: '0001-01-01', to: '2110-12-31' };

export const returnsOf = (owed: readonly Obligation[]) => owed.filter(({ ruleId }) => ruleId === 'us-irs-return');
