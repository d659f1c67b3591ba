/** What exempt organisations owe the Internal Revenue Service every year. As the law stands for tax years from 2010 on; what it said before is not in here. */
import type { Rule } from './rules.ts';

const authority = 'Internal Revenue Service';

const annualReturn = {
  id: 'us-irs-return',
  jurisdiction: 'US',
  title: 'Annual return: Form 990, 990-EZ or 990-N',
  authority,
  explanation:
    'An exempt organisation tells the Internal Revenue Service every year what it received, spent and did. Which form it files depends on its size: a notice (990-N) when its gross receipts are normally no more than $50,000; the short form (990-EZ) below $200,000 of gross receipts and $500,000 of total assets; otherwise Form 990. A larger form may always be filed instead. Whoever misses three years in a row loses the exemption by law.',
  citation:
    'IRC 6033(a)(1), (i); Treas. Reg. 1.6033-2(e), (g); Rev. Proc. 2011-15; IRC 7503; Form 8868: Treas. Reg. 1.6081-9',
  conditions: { taxStatus: '501(c)' },
  period: 'fiscal-year',
  due: { day: 15, month: 5 },
  movesPast: 'us-dc',
  forms: {
    currency: 'USD',
    postcard: { firstYear: 75_000_00, firstTwoYears: 60_000_00, threeYears: 50_000_00 },
    short: { receipts: 200_000_00, assets: 500_000_00 },
  },
  fees: [],
} as const satisfies Partial<Rule>;

export const usRules: readonly Rule[] = [
  // Three months without a reason given; three more were not automatic and are recorded as a date that the authority set.
  { ...annualReturn, effectiveFrom: '2010-01-01', effectiveTo: '2015-12-31', extensionMonths: 3 },
  // Pub. L. 114-41, section 2006(b)(4): six months for tax years that begin after 2015.
  { ...annualReturn, effectiveFrom: '2016-01-01', effectiveTo: null, extensionMonths: 6 },
  {
    id: 'us-irs-990t',
    jurisdiction: 'US',
    title: 'Business income tax return: Form 990-T',
    authority,
    explanation:
      'An exempt organisation with $1,000 or more of gross income from a trade or business that has nothing to do with its purpose declares it, besides its annual return, and pays tax on it. It is expected once that income of the year is recorded.',
    citation: 'IRC 511, 6012(a); Treas. Reg. 1.6012-2(e), 1.6072-2(c); IRC 7503; Form 8868: Treas. Reg. 1.6081-9',
    effectiveFrom: '2010-01-01',
    effectiveTo: null,
    conditions: { taxStatus: '501(c)', unrelatedIncomeFrom: { amount: 1_000_00, currency: 'USD' } },
    period: 'fiscal-year',
    due: { day: 15, month: 5 },
    movesPast: 'us-dc',
    extensionMonths: 6,
    forms: { always: '990-T' },
    fees: [],
  },
];
