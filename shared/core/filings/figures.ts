/** What the book knows that duties follow from: the profile, what was recorded of each fiscal year, and what else was agreed. */
import type { JsonObject } from '../../ports/recordStore.ts';
import type { PlainDate } from '../calendar.ts';
import type { History } from '../history.ts';
import type { HolidayCalendar } from '../holidays.ts';
import type { Profile } from '../organisation.ts';
import { type Row, rowKey, type Stored } from '../records.ts';
import type { Money } from './money.ts';
import type { RuleId } from './rules.ts';

/** Everything from which `obligationsOf` works out what is owed. */
export interface Facts {
  readonly organisation: History<Profile>;
  /** Periods that end before it are not looked at; null while nobody said since when the book keeps filings: then nothing is expected. */
  readonly since: PlainDate | null;
  /** The places in which it asks the public for gifts: ISO 3166-2 codes, such as `US-VA`. */
  readonly solicitsIn: readonly string[];
  /** What was recorded of a fiscal year, by its last day. */
  readonly figures: ReadonlyMap<PlainDate, YearFigures>;
  readonly own: readonly Stored<OwnObligation>[];
}

/** The record `compliance`. */
export interface Compliance {
  readonly since: PlainDate;
  readonly solicitsIn: readonly string[];
  /** Who sees to what follows from a rule, or to an own obligation; for what is not in it, the treasurer and the secretary. */
  readonly responsible: readonly { readonly ruleId: string; readonly personIds: readonly string[] }[];
}

/** There is one to a book; this is its identifier among the records. */
export const complianceId = 'compliance';

export const mostPlaces = 60;
export const mostAssignments = 100;
export const mostResponsible = 10;

/** The record `fiscal-year`; its identifier is the last day of the year. */
export interface YearFigures {
  /** Gross receipts of the year (Form 990, heading, item G); null while they are not known. */
  readonly grossReceipts: Money | null;
  /** Total assets at the end of the year. */
  readonly totalAssets: Money | null;
  /** Gross income from unrelated trades or businesses (IRC 512, 513). */
  readonly unrelatedIncome: Money | null;
  /** Where the figures are from. */
  readonly source: string;
  readonly circumstances: Circumstances;
}

/** What the answers of Form 990, Part VI depend on and no other record tells; null while nobody said. */
export const circumstanceNames = [
  'committeesActForBoard',
  'chapters',
  'paysTopOfficial',
  'paysOtherOfficers',
  'jointVenture',
] as const;
export type Circumstances = Readonly<Record<(typeof circumstanceNames)[number], boolean | null>>;

/** The record `obligation`: what the organisation owes by agreement, or by law that the book has no rule for. */
export interface OwnObligation {
  readonly title: string;
  readonly authority: string;
  readonly explanation: string;
  /** What was agreed, or where the law says so. */
  readonly citation: string;
  readonly firstDue: PlainDate;
  /** It is due again every so many months; null when it is due once. */
  readonly everyMonths: number | null;
  /** It holds for due dates from that day on. */
  readonly from: PlainDate;
  /** And up to that one; null while it lasts. */
  readonly to: PlainDate | null;
  /** Whose Saturdays, Sundays and holidays move the due date to the next business day; null when none do. */
  readonly movesPast: HolidayCalendar | null;
  readonly fee: Money | null;
  /** The rule that asks for nothing with due dates from `from` to `to`, because this takes its place. */
  readonly replaces: RuleId | null;
}

/** So many to a book: they are read together. */
export const mostOwnObligations = 1000;

export const factLists = {
  /** Own obligations, whole, by their identifier. */
  own: 'own-obligations',
  /** What was recorded of fiscal years, whole, by their last day. */
  years: 'fiscal-years',
};

/** A record as its list shows it: whole, with its version. */
export const ownObligationRow = ({ id, version, data }: Stored<OwnObligation>): Row => ({
  key: rowKey(factLists.own, id),
  card: { ...data, version } as unknown as JsonObject,
});

export const yearRow = ({ id, version, data }: Stored<YearFigures>): Row => ({
  key: rowKey(factLists.years, id),
  card: { ...data, version } as unknown as JsonObject,
});
