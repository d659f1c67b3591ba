/** What follows when a filing is late: days, known penalties, and the exemption that is lost after three years. */
import { daysBetween, type PlainDate } from '../calendar.ts';
import type { YearFigures } from './figures.ts';
import { dueOf, type Filing, filedOn, standing } from './filings.ts';
import { annualReturn } from './inspection.ts';
import type { Form } from './obligations.ts';
import { dailyPenaltyOn, incomeTaxPenalty, lateFee, noPenaltyForPostcard, type Penalty } from './penalties.ts';

/** How late something is. Both are false for what is in time, still has time, or need not be filed. */
export interface Lateness {
  /** It was filed after its last day. */
  readonly late: boolean;
  /** Its last day is over, and it is not filed. */
  readonly overdue: boolean;
  /** Days after the last day: until it was filed, or until today. */
  readonly days: number;
}

export function latenessOf(filing: Filing, today: PlainDate): Lateness {
  if (filing.excuse !== null) return { late: false, overdue: false, days: 0 };
  const due = dueOf(filing);
  const filed = filedOn(filing);
  const days = Math.max(0, daysBetween(due, filed ?? today));
  return { late: filed !== null && days > 0, overdue: filed === null && days > 0, days };
}

/**
 * The known penalties of a filing that is late. An authority may waive them for a good reason; what is not known is not in here.
 * @param figures of the fiscal year that it is about, when they are recorded.
 */
export function penaltiesOf(
  filing: Filing,
  today: PlainDate,
  figures: Pick<YearFigures, 'grossReceipts'> | null,
): Penalty[] {
  const { days } = latenessOf(filing, today);
  if (days === 0) return [];
  const { ruleId, form } = filing.obligation;
  // An own obligation that takes the place of a rule carries the form of the rule.
  const filed: Form | null = standing(filing)[0]?.form ?? form;
  if (filed === 'va-annual-report') return [lateFee];
  if (filed === '990-T') return [incomeTaxPenalty];
  if (ruleId !== annualReturn) return [];
  if (filed === '990-N') return [noPenaltyForPostcard];
  const receipts = filed === null ? null : (figures?.grossReceipts ?? null);
  return [dailyPenaltyOn(dueOf(filing), days, receipts)];
}
