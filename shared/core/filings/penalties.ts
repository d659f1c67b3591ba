/** What late filings cost: data, with the days on which it holds and where the law says so. */
import { covers, type PlainDate, type Term } from '../calendar.ts';
import type { Money } from './money.ts';

export interface Penalty {
  /** What it comes to so far; null where the book cannot tell. */
  readonly amount: Money | null;
  /** The amount is the least: it is adjusted for inflation, and the adjusted one is not in the book. */
  readonly atLeast: boolean;
  readonly explanation: string;
  readonly citation: string;
}

/** For returns with due dates in the term: amounts a day and at most, in cents, by gross receipts of the year. */
interface DailyAmounts extends Term {
  /** Gross receipts above it make an organisation a large one. */
  readonly largeAbove: number;
  readonly small: { readonly day: number; readonly most: number };
  readonly large: { readonly day: number; readonly most: number };
  readonly citation: string;
}

/** Small organisations pay no more than a twentieth of their gross receipts, 5%. */
const mostOfReceipts = 20;

const statute: DailyAmounts = {
  from: '0001-01-01',
  to: null,
  largeAbove: 1_000_000_00,
  small: { day: 20_00, most: 10_000_00 },
  large: { day: 100_00, most: 50_000_00 },
  citation: 'IRC 6652(c)(1)(A)',
};

/** The amounts for returns due from here on are adjusted for inflation, year by year: Rev. Proc. 2016-11. Those that are not in the list are no lower than the statute's. */
const adjustedFrom: PlainDate = '2016-01-01';

const adjusted: readonly DailyAmounts[] = [
  {
    from: '2024-01-01',
    to: '2024-12-31',
    largeAbove: 1_208_500_00,
    small: { day: 20_00, most: 12_000_00 },
    large: { day: 120_00, most: 60_000_00 },
    citation:
      'IRC 6652(c)(1)(A), adjusted for inflation; Internal Revenue Service, Late filing of annual returns (25 January 2024)',
  },
];

/** @param receipts gross receipts of the year; without them nothing can be said of the amount. */
export function dailyPenaltyOn(due: PlainDate, days: number, receipts: Money | null): Penalty {
  const known = adjusted.find(one => covers(one, due));
  const { largeAbove, small, large, citation } = known ?? statute;
  const explanation = `For each day ${dollars(small.day)}, up to ${dollars(small.most)} or 5% of the gross receipts of the year, whichever is less; ${dollars(large.day)} a day, up to ${dollars(large.most)}, with gross receipts above ${dollars(largeAbove)}. The Internal Revenue Service may waive it for reasonable cause.`;
  const atLeast = known === undefined && due >= adjustedFrom;
  if (receipts?.currency !== 'USD') return { amount: null, atLeast, explanation, citation };
  const { day, most } = receipts.amount > largeAbove ? large : small;
  const share = receipts.amount > largeAbove ? most : Math.floor(receipts.amount / mostOfReceipts);
  const amount = { amount: Math.min(days * day, most, share), currency: 'USD' };
  return { amount, atLeast, explanation, citation };
}

/** The notice of small organisations. */
export const noPenaltyForPostcard: Penalty = {
  amount: { amount: 0, currency: 'USD' },
  atLeast: false,
  explanation:
    'There is no penalty for a late Form 990-N. A year in which it is missed counts towards the three after which the exemption is lost.',
  citation: 'IRC 6033(j), 6652(c)(1)',
};

export const incomeTaxPenalty: Penalty = {
  amount: null,
  atLeast: false,
  explanation:
    'For each month or part of one 5% of the tax that is not paid, up to 25%. What the tax is the book does not know.',
  citation: 'IRC 6651(a)(1)',
};

export const lateFee: Penalty = {
  amount: { amount: 10_00, currency: 'USD' },
  atLeast: false,
  explanation:
    'Whoever pays the registration fee after its date owes $10 more. A corporation that has not reported and paid some months later ceases to exist by law.',
  citation: 'Va. Code §§ 13.1-914, 13.1-936.1',
};

const dollars = (cents: number) => `$${(cents / 100).toLocaleString('en-US')}`;
