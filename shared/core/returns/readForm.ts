/** Reads the form of a return, and its Schedule O, by the table of its paths. */
import { at, childrenOf, type Element, nameOf, textOf } from './elements.ts';
import { type FormPaths, place, type RowPaths } from './paths.ts';
import type { Accomplishment, Explanation, Figure, FigureName, Officer, PartVIAnswer } from './returns.ts';
import { figureNames } from './returns.ts';
import { type Spot, type Values, withheld } from './values.ts';

export function figuresOf(form: Spot, paths: FormPaths, values: Values): { readonly [Name in FigureName]?: Figure } {
  const figures: { [Name in FigureName]?: Figure } = {};
  for (const name of figureNames) {
    const figure = values.figure(form, paths.figures[name] ?? []);
    if (figure !== null) figures[name] = figure;
  }
  return figures;
}

export const officersOf = (form: Spot, { officers }: FormPaths, values: Values): readonly Officer[] =>
  officers === null
    ? []
    : rows(form, officers).map(row => {
        const { person, business, title, compensation, hours, director, officer } = officers.columns;
        const name = values.text(row, person) ?? values.text(row, business);
        if (name === null) values.problem(`${row.path}/PersonNm`, 'It is missing. Name the person, or the business.');
        return {
          name: name ?? '',
          title: values.text(row, title),
          compensation: values.amount(row, compensation),
          hoursPerWeek: values.hours(row, hours),
          // A box that the form has is ticked or it is not.
          director: director === undefined ? null : values.answer(row, director) === true,
          officer: officer === undefined ? null : values.answer(row, officer) === true,
        };
      });

export const accomplishmentsOf = (
  form: Spot,
  { accomplishments }: FormPaths,
  values: Values,
): readonly Accomplishment[] =>
  accomplishments.flatMap(kind =>
    rows(form, kind)
      .map(row => ({
        description: values.text(row, kind.columns.description),
        expenses: values.amount(row, kind.columns.expenses),
        grants: values.amount(row, kind.columns.grants),
        revenue: values.amount(row, kind.columns.revenue),
      }))
      .filter(told => Object.values(told).some(value => value !== null)),
  );

/** In the order of the form. A box that is not ticked, and a question that is not answered, are not there. */
export const partVIOf = (form: Spot, { partVI }: FormPaths, values: Values): readonly PartVIAnswer[] =>
  partVI.flatMap(asked => {
    const value = asked.kind === 'count' ? values.amount(form, [asked]) : values.answer(form, [asked]);
    return value === null ? [] : [{ line: asked.line, name: asked.path, value }];
  });

const scheduleO = {
  text: [place('ExplanationTxt', 'Schedule O')],
  about: [place('FormAndLineReferenceDesc', 'Schedule O')],
};

/** All that Schedule O says, of as many of them as there are. */
export const explanationsOf = (data: Spot, values: Values): readonly Explanation[] =>
  rows(data, { path: 'IRS990ScheduleO/SupplementalInformationDetail', columns: {} }).flatMap(row => {
    const text = values.text(row, scheduleO.text);
    const about = values.text(row, scheduleO.about);
    return text === null ? [] : [{ about, text }];
  });

/** Each of the elements that may stand several times, numbered from 1 as XPath does. */
function rows(form: Spot, { path }: RowPaths<never>): readonly Spot[] {
  if (path === null) return [form];
  return at(form.element, path).map((element, index) => ({ element, path: `${form.path}/${path}[${index + 1}]` }));
}

/** Where the authority withheld a number: elements that by their names hold one, each path once. */
export function restrictedIn(root: Element): readonly string[] {
  const paths = new Set<string>();
  const look = (element: Element, path: string) => {
    const inner = childrenOf(element);
    for (const child of inner) look(child, `${path}/${nameOf(child)}`);
    if (inner.length === 0 && numberName.test(nameOf(element)) && textOf(element) === withheld) paths.add(path);
  };
  look(root, `/${nameOf(root)}`);
  return [...paths];
}

/** What the IRS ends the names of amounts, counts, numbers, percentages, rates and years with. */
const numberName = /(Amt|Cnt|Num|Pct|Rt|Yr)$/;
