/** What a rule about filings is: data that says who owes what, when, and where the law says so. */
import type { PlainDate, Term } from '../calendar.ts';
import type { HolidayCalendar } from '../holidays.ts';
import type { Money } from './money.ts';
import type { Form } from './obligations.ts';

export const ruleIds = ['us-irs-return', 'us-irs-990t', 'us-va-annual-report', 'us-va-102'] as const;
export type RuleId = (typeof ruleIds)[number];

/** An edition of a rule: it holds for the periods that begin while it is in effect. Editions of one rule never overlap. */
export interface Rule {
  readonly id: RuleId;
  /** ISO 3166 code of the country or state whose rule it is. */
  readonly jurisdiction: string;
  readonly title: string;
  readonly authority: string;
  /** In plain words. */
  readonly explanation: string;
  readonly citation: string;
  readonly effectiveFrom: PlainDate;
  /** Null while it lasts. */
  readonly effectiveTo: PlainDate | null;
  readonly conditions: Conditions;
  /** What it is owed for: a fiscal year, or a year from the end of the month of incorporation to the next. */
  readonly period: 'fiscal-year' | 'anniversary-year';
  readonly due: DueDay;
  /** Whose Saturdays, Sundays and holidays move a due date to the next day that is none of them; null when none do. */
  readonly movesPast: HolidayCalendar | null;
  /** So many months after the due date that the rule names; null where no extension is to be had. */
  readonly extensionMonths: number | null;
  readonly forms: FormRule;
  /** To be paid with it, by the due date that the rule names. */
  readonly fees: readonly Fee[];
}

/** All that are set have to hold, on the last day of the period. */
export interface Conditions {
  /** The tax status begins with it, such as `501(c)`. */
  readonly taxStatus?: string;
  /** ISO 3166-2 code. */
  readonly incorporatedIn?: string;
  /** ISO 3166-2 code. */
  readonly solicitsIn?: string;
  /** The gross unrelated income of the year is known, and as much or more. */
  readonly unrelatedIncomeFrom?: Money;
}

/** A day of the so-manieth month after the month in which the period ends; or the day on which the period ends. */
export type DueDay = { readonly day: number; readonly month: number } | 'end-of-period';

/** One form, whatever the figures; or one that they decide. */
export type FormRule = { readonly always: Form } | FormsBySize;

export interface FormsBySize {
  /** All amounts are in this currency, in minor units. */
  readonly currency: string;
  /** The notice of those whose gross receipts are normally no more than this. */
  readonly postcard: {
    /** In existence for one year or less: gross receipts of the first year, at most. */
    readonly firstYear: number;
    /** Less than three years: average of the first two years, at most. */
    readonly firstTwoYears: number;
    /** Three years or more: average of this year and the two before, at most. */
    readonly threeYears: number;
  };
  /** The short form: gross receipts of the year and total assets at its end are both below. */
  readonly short: { readonly receipts: number; readonly assets: number };
}

export interface Fee extends Term {
  readonly fee: Money;
}

/** Whether an edition of a rule, or a fee, is in effect on that day. */
export const inEffect = (
  { effectiveFrom, effectiveTo }: Pick<Rule, 'effectiveFrom' | 'effectiveTo'>,
  day: PlainDate,
): boolean => effectiveFrom <= day && (effectiveTo === null || day <= effectiveTo);
