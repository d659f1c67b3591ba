/** What a non-profit owes authorities of Virginia every year. Dates there are taken as the rules name them: nothing moves them past a weekend. */
import type { Rule } from './rules.ts';

export const usVirginiaRules: readonly Rule[] = [
  {
    id: 'us-va-annual-report',
    jurisdiction: 'US-VA',
    title: 'Annual report and registration fee',
    authority: 'Virginia State Corporation Commission',
    explanation:
      'A corporation of Virginia reports its address, directors and officers, and pays the annual registration fee, by the end of the month in which it was incorporated, in every year after that. The Commission may move the date: then record an own obligation that takes the place of this rule.',
    citation: 'Va. Code §§ 13.1-936, 13.1-936.1',
    effectiveFrom: '2006-01-01',
    effectiveTo: null,
    conditions: { incorporatedIn: 'US-VA' },
    period: 'anniversary-year',
    due: 'end-of-period',
    movesPast: null,
    extensionMonths: null,
    forms: { always: 'va-annual-report' },
    fees: [{ from: '2006-01-01', to: null, fee: { amount: 25_00, currency: 'USD' } }],
  },
  {
    id: 'us-va-102',
    jurisdiction: 'US-VA',
    title: 'Registration of a charitable organisation: Form 102',
    authority: 'Virginia Department of Agriculture and Consumer Services',
    explanation:
      'Whoever asks the public in Virginia for gifts renews the registration every year: the form with two signatures, the fee, and the annual return without Schedule B, or audited financial statements, or, for those who file Form 990-N, a report certified by the treasurer. The fee depends on the contributions of the year before.',
    citation: '2VAC5-610-30; Va. Code § 57-49',
    effectiveFrom: '2010-01-01',
    effectiveTo: null,
    conditions: { solicitsIn: 'US-VA' },
    period: 'fiscal-year',
    due: { day: 15, month: 5 },
    movesPast: null,
    extensionMonths: null,
    forms: { always: 'va-102' },
    fees: [],
  },
];
