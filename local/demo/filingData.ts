/** What a demonstration book owes and files, as data. `key`s stand for people, documents and own obligations; `MM-DD` for a day of the year after. */
import type { Input } from '../../shared/contract/route.ts';
import type { supportRoutes } from '../../shared/contract/support.ts';
import type { PlainDate } from '../../shared/core/calendar.ts';
import type { RuleId } from '../../shared/core/filings/rules.ts';
import type { DemoDocument } from './documentData.ts';
import type { DemoReturn, DemoYear } from './returnXml.ts';

export interface DemoFilings {
  readonly since: PlainDate;
  readonly solicitsIn: readonly string[];
  /** Who files. */
  readonly keeper: string;
  /** As the same signs. */
  readonly signs: string;
  readonly address: DemoReturn['address'];
  readonly phone: string;
  readonly mission: string;
  /** What every return says of itself. */
  readonly note: string;
  readonly years: Readonly<Record<string, DemoYear>>;
  /** What later years are like, and by how many dollars each of them differs from the one before. */
  readonly later: { readonly like: string; readonly contributions: number; readonly other: number };
  /** The days of an ordinary return. */
  readonly returns: {
    readonly prepared: string;
    /** When the board got it. */
    readonly given: string;
    readonly filed: string;
    readonly answered: string;
  };
  /** The one for which more time was asked. */
  readonly extended: {
    readonly year: string;
    readonly askedOn: PlainDate;
    readonly confirmation: string;
    readonly evidence: string;
    readonly given: PlainDate;
    readonly filed: PlainDate;
    readonly answered: PlainDate;
  };
  /** The one that was amended, with the revenue that it first told. */
  readonly amended: {
    readonly year: string;
    readonly first: DemoYear['revenue'];
    readonly reason: string;
    readonly filed: PlainDate;
    readonly answered: PlainDate;
  };
  /** What is owed to the state in every year after the one of the incorporation. */
  readonly annualReport: {
    readonly ruleId: RuleId;
    readonly due: string;
    readonly filed: string;
    readonly late: Readonly<Record<string, PlainDate>>;
  };
  /** What is owed to it for every fiscal year. */
  readonly registration: { readonly ruleId: RuleId; readonly filed: string };
  readonly own: readonly DemoDuty[];
  readonly policies: readonly { readonly topic: string; readonly document: string }[];
  /** The resolution that adopted them. */
  readonly adoption: string;
  readonly support: readonly DemoSupport[];
  readonly documents: readonly DemoDocument[];
}

/** What a supporter gave. */
export interface DemoSupport
  extends Pick<
    Input<typeof supportRoutes.createSupport>['body'],
    'supporter' | 'kind' | 'amount' | 'purpose' | 'period'
  > {
  /** A day, or so many days after the one on which the book is loaded; before it when negative. */
  readonly on: PlainDate | number;
  readonly named: boolean;
  readonly shows: Input<typeof supportRoutes.createSupport>['body']['consent']['shows'];
}

/** What is owed by agreement. */
export interface DemoDuty {
  readonly key: string;
  readonly title: string;
  readonly authority: string;
  readonly explanation: string;
  readonly citation: string;
  /** A day, or so many days after the one on which the book is loaded; before it when negative. */
  readonly due: PlainDate | number;
  readonly everyMonths: number | null;
  readonly filed?: { readonly on: PlainDate; readonly paper: string };
}
