/** What a return says, as it was read from the IRS e-file XML. What the return does not say is not there. */
import type { PlainDate } from '../calendar.ts';

export const returnTypes = ['990', '990EZ', '990PF', '990T'] as const;
export type ReturnType = (typeof returnTypes)[number];

/** An amount in whole dollars, or a count, with the line of the form that says it. */
export interface Figure {
  readonly value: number;
  /** Such as `Form 990, Part I, line 12`. */
  readonly source: string;
}

/** The names of figures, the same for every form and year. */
export const figureNames = [
  'grossReceipts',
  'contributions',
  'programServiceRevenue',
  'investmentIncome',
  'otherRevenue',
  'totalRevenue',
  'programExpenses',
  'managementExpenses',
  'fundraisingExpenses',
  'grantsPaid',
  'salaries',
  'totalExpenses',
  'revenueLessExpenses',
  'priorTotalRevenue',
  'priorTotalExpenses',
  'totalAssetsBegin',
  'totalAssetsEnd',
  'totalLiabilitiesBegin',
  'totalLiabilitiesEnd',
  'netAssetsBegin',
  'netAssetsEnd',
  'netAssetsWithoutRestrictionsEnd',
  'netAssetsWithRestrictionsEnd',
  'fairMarketValueOfAssetsEnd',
  'employees',
  'volunteers',
  'votingMembers',
  'independentVotingMembers',
  'unrelatedBusinessIncome',
] as const;
export type FigureName = (typeof figureNames)[number];

export interface Officer {
  readonly name: string;
  readonly title: string | null;
  readonly compensation: number | null;
  readonly hoursPerWeek: number | null;
  /** Individual trustee or director; null where the form does not ask. */
  readonly director: boolean | null;
  readonly officer: boolean | null;
}

export interface Accomplishment {
  readonly description: string | null;
  readonly expenses: number | null;
  readonly grants: number | null;
  readonly revenue: number | null;
}

/** An answer of Form 990, Part VI. */
export interface PartVIAnswer {
  /** Such as `12a`. */
  readonly line: string;
  /** The name of the element, without the form's changes of spelling over the years. */
  readonly name: string;
  readonly value: boolean | number;
}

/** A narrative of Schedule O. */
export interface Explanation {
  /** To which form, part and line, in the words of the return. */
  readonly about: string | null;
  readonly text: string;
}

export interface ReturnContent {
  readonly type: ReturnType;
  /** The schema version, such as `2022v5.0`. */
  readonly schema: string;
  /** False when it is newer than the schemas that the tables of paths were compared with: it was read by the newest of them. */
  readonly schemaKnown: boolean;
  /** Nine digits, leading zeros kept. */
  readonly ein: string;
  readonly name: string;
  readonly period: { readonly from: PlainDate; readonly to: PlainDate };
  /** As the return has it, RFC 3339 with its own offset; null when it has none. */
  readonly filedAt: string | null;
  readonly amended: boolean;
  readonly initial: boolean;
  readonly final: boolean;
  readonly state: string | null;
  /** The forms, schedules and attachments in it, by the names of their elements, in order. */
  readonly documents: readonly string[];
  readonly mission: string | null;
  readonly figures: { readonly [Name in FigureName]?: Figure };
  readonly officers: readonly Officer[];
  readonly accomplishments: readonly Accomplishment[];
  readonly partVI: readonly PartVIAnswer[];
  readonly explanations: readonly Explanation[];
  /** Elements that should hold a number and hold `RESTRICTED`: withheld by the authority. Paths. */
  readonly restricted: readonly string[];
}

/** Why something cannot be read: the element that is wrong, and what to do. */
export interface Unreadable {
  /** A path such as `/Return/ReturnHeader/Filer/EIN`. */
  readonly field: string;
  readonly message: string;
}

/** A place of the public copy where something was withheld, by which rule. It never tells what. */
export interface Withholding {
  readonly path: string;
  readonly count: number;
  /** Why, with the source of the rule. */
  readonly reason: string;
}

/** Larger files are refused. A return of some hundred pages has less than a tenth of it. */
export const mostReturnBytes = 20_000_000;
