/** What the law, or a promise, asks an organisation to file, worked out from rules that are data. */
import type { PlainDate, Term } from '../calendar.ts';

/** A span of days with an end. */
export type Period = Term & { readonly to: PlainDate };

/** A return or report of its own kind, such as `990-EZ`. An own obligation has none. */
export const forms = ['990', '990-EZ', '990-N', '990-PF', '990-T', 'va-annual-report', 'va-102'] as const;
export type Form = (typeof forms)[number];

/** A duty to file once, for one period. */
export interface Obligation {
  /** The rule that it follows from: a name such as `us-irs-return`, or the identifier of an own obligation. */
  readonly ruleId: string;
  readonly title: string;
  /** To whom it is owed, such as `Internal Revenue Service`. */
  readonly authority: string;
  /** What the duty is, in plain words. */
  readonly explanation: string;
  /** Where the law says so; for an own obligation, what was agreed. */
  readonly citation: string;
  /** What it is about. For something owed once: from its due date to its due date. */
  readonly period: Period;
  /** Null while the figures of the year do not tell, and for own obligations. */
  readonly form: Form | null;
  /** The day that the rule names, before it was moved past a day on which no business is done. */
  readonly named: PlainDate;
  /** The last day on which it is in time. */
  readonly due: PlainDate;
  /** The last day when an extension was asked for in time; null where there is none. */
  readonly extendable: PlainDate | null;
  /** In minor units; null where nothing is to be paid. */
  readonly fee: { readonly amount: number; readonly currency: string } | null;
}

/** One duty and period, one filing: `us-irs-return~2023-12-31`. */
export const filingIdOf = ({ ruleId, period }: Pick<Obligation, 'ruleId' | 'period'>) => `${ruleId}~${period.to}`;
