/** What a table of paths holds for a form: where each figure, answer, person and text stands, and in which versions. */
import type { FigureName } from './returns.ts';
import { firstVersion, type Place } from './versions.ts';

export interface FormPaths {
  /** The element of the form, within `ReturnData`. */
  readonly element: string;
  /** Usually one place a version; where there are several, the figure is their sum. */
  readonly figures: { readonly [Name in FigureName]?: readonly Place[] };
  readonly mission: readonly Place[];
  readonly amended: readonly Place[];
  readonly initial: readonly Place[];
  readonly final: readonly Place[];
  readonly officers: RowPaths<
    'person' | 'business' | 'title' | 'hours' | 'compensation' | 'director' | 'officer'
  > | null;
  readonly accomplishments: readonly RowPaths<'description' | 'expenses' | 'grants' | 'revenue'>[];
  readonly partVI: readonly AnswerPlace[];
}

/** What may stand several times, with what each of them says. */
export interface RowPaths<Column extends string> {
  /** Of the element that is repeated; null when it is the form itself. */
  readonly path: string | null;
  /** Within that element. What a form does not ask is not in it. */
  readonly columns: { readonly [Name in Column]?: readonly Place[] };
}

export interface AnswerPlace extends Place {
  readonly kind: 'yes-or-no' | 'checkbox' | 'count';
}

type Range = { readonly from?: string; readonly before?: string };

/** @param line such as `Form 990, Part I, line 12`. */
export const place = (path: string, line: string, { from = firstVersion, before }: Range = {}): Place => ({
  path,
  line,
  from,
  before: before ?? null,
});

/** Places of one form, by what follows its name in the line. */
export const placesOf =
  (form: string) =>
  (path: string, line: string, range: Range = {}): Place =>
    place(path, `${form}, ${line}`, range);

/** The first version in which addresses and names of businesses have the names that they have today. */
export const renamedAddresses = '2014v5.0';

/** The name of a business, in its two lines, within an element. */
export const businessName = (path: string, line: string): readonly Place[] => [
  place(`${path}/BusinessNameLine1`, line, { before: renamedAddresses }),
  place(`${path}/BusinessNameLine2`, line, { before: renamedAddresses }),
  place(`${path}/BusinessNameLine1Txt`, line, { from: renamedAddresses }),
  place(`${path}/BusinessNameLine2Txt`, line, { from: renamedAddresses }),
];
