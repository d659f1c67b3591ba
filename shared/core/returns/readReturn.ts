/** Reads a return in the XML of the IRS's electronic filing, by tables of paths: `paths990.ts` and those beside it. */
import { isPlainDate } from '../calendar.ts';
import { tooLarge } from './decoding.ts';
import { at, attributeOf, childrenOf, type Element, nameOf, parse } from './elements.ts';
import { headerPaths } from './headerPaths.ts';
import { findFault, twoReturns } from './markup.ts';
import type { FormPaths } from './paths.ts';
import { paths990 } from './paths990.ts';
import { paths990EZ } from './paths990EZ.ts';
import { paths990PF } from './paths990PF.ts';
import { paths990T } from './paths990T.ts';
import { accomplishmentsOf, explanationsOf, figuresOf, officersOf, partVIOf, restrictedIn } from './readForm.ts';
import { mostReturnBytes, type ReturnContent, type ReturnType, returnTypes, type Unreadable } from './returns.ts';
import { type Spot, type Values, valuesOf, withheld } from './values.ts';
import { firstVersion, isVersion, lastYear, yearOf } from './versions.ts';

export type Reading = { readonly content: ReturnContent } | { readonly problems: readonly Unreadable[] };

export const formPaths: Readonly<Record<ReturnType, FormPaths>> = {
  '990': paths990,
  '990EZ': paths990EZ,
  '990PF': paths990PF,
  '990T': paths990T,
};

/** Somebody who corrects so many sends it again before reading on. */
const mostProblems = 25;

/**
 * Never throws, whatever the text is.
 *
 * @param text of the file, with or without a byte order mark.
 * @returns what the return says; or what is wrong with it, each with the path of its element and what to do.
 */
export function readReturn(text: string): Reading {
  if (text.length > mostReturnBytes) return { problems: [tooLarge] };
  const xml = text.startsWith('\ufeff') ? text.slice(1) : text;
  const fault = findFault(xml);
  if (fault !== null) return { problems: [fault] };
  const root = rootOf(xml);
  if (root === null)
    return unreadable('/', 'Send the XML file of a return: some names of elements in this one no return has.');
  if (nameOf(root) !== 'Return') return unreadable(`/${nameOf(root)}`, notReturn(root));
  const version = attributeOf(root, 'returnVersion');
  const wrong = wrongVersion(version);
  if (version === null || wrong !== null) return unreadable('/Return/@returnVersion', String(wrong));

  const values = valuesOf(version);
  const content = contentOf({ element: root, path: '/Return' }, version, values);
  const { problems } = values;
  return problems.length > 0 || content === null ? { problems: problems.slice(0, mostProblems) } : { content };
}

const unreadable = (field: string, message: string): Reading => ({ problems: [{ field, message }] });

function rootOf(xml: string): Element | null {
  try {
    return parse(xml)[0] ?? null;
  } catch {
    // The parser refuses names that JavaScript has a use for.
    return null;
  }
}

function notReturn(root: Element): string {
  const returns = at(root, 'Return').length;
  if (returns > 1) return twoReturns;
  if (returns === 1) return 'Send the element "Return" that is in it as a file of its own.';
  return 'Send the XML file of a return: its outermost element is called "Return".';
}

function wrongVersion(version: string | null): string | null {
  if (version === null) return 'The version of the schema is missing. Send the return as it went to the IRS.';
  if (!isVersion(version)) return 'Give the version of the schema, such as 2022v5.0.';
  if (yearOf(version) >= yearOf(firstVersion)) return null;
  return `Returns are read from version ${firstVersion} on; before, elements had other names. Put this one into the archive as a file.`;
}

/** Null when a problem was noted without which nothing more can be told. */
function contentOf(root: Spot, version: string, values: Values): ReturnContent | null {
  const header = values.required(root, 'ReturnHeader');
  const data = values.required(root, 'ReturnData');
  if (header === null || data === null) return null;
  const type = typeOf(header, values);
  const ein = einOf(header, values);
  const name = values.text(header, headerPaths.name);
  if (ein !== null && name === null)
    values.problem(`${header.path}/Filer/BusinessName`, 'It is missing. Name the organisation whose return it is.');
  const period = periodOf(header, values);
  if (type === null) return null;
  const paths = formPaths[type];
  const form = values.required(data, paths.element);
  if (ein === null || name === null || period === null || form === null) return null;
  return {
    type,
    schema: version,
    schemaKnown: yearOf(version) <= lastYear,
    ein,
    name,
    period,
    filedAt: filedAtOf(header, values),
    amended: values.answer(form, paths.amended) === true,
    initial: values.answer(form, paths.initial) === true,
    final: values.answer(form, paths.final) === true,
    state: stateOf(header, values),
    documents: childrenOf(data.element).map(nameOf),
    mission: values.text(form, paths.mission),
    figures: figuresOf(form, paths, values),
    officers: officersOf(form, paths, values),
    accomplishments: accomplishmentsOf(form, paths, values),
    partVI: partVIOf(form, paths, values),
    explanations: explanationsOf(data, values),
    restricted: restrictedIn(root.element),
  };
}

function typeOf(header: Spot, values: Values): ReturnType | null {
  const said = values.text(header, headerPaths.type);
  const type = returnTypes.find(one => one === said) ?? null;
  const can = `Returns of these types are read: ${returnTypes.join(', ')}.`;
  if (type === null) values.problem(`${header.path}/ReturnTypeCd`, said === null ? `It is missing. ${can}` : can);
  return type;
}

function einOf(header: Spot, values: Values): string | null {
  if (values.required(header, 'Filer') === null) return null;
  const ein = values.text(header, headerPaths.ein);
  if (ein !== null && /^\d{9}$/.test(ein)) return ein;
  const what =
    ein === null ? 'The employer identification number is missing.' : 'That is no employer identification number.';
  values.problem(`${header.path}/Filer/EIN`, `${what} Write its nine digits, without a hyphen.`);
  return null;
}

function periodOf(header: Spot, values: Values): ReturnContent['period'] | null {
  const from = dateOf(header, 'from', values);
  const to = dateOf(header, 'to', values);
  if (from === null || to === null) return null;
  if (from <= to) return { from, to };
  values.problem(`${header.path}/TaxPeriodEndDt`, `The period ends before it begins, on ${from}. Correct the return.`);
  return null;
}

function dateOf(header: Spot, end: 'from' | 'to', values: Values): string | null {
  const places = headerPaths[end];
  const date = values.text(header, places);
  if (date !== null && isPlainDate(date)) return date;
  const what = date === null ? 'It is missing.' : 'That is no date.';
  for (const { path } of places) values.problem(`${header.path}/${path}`, `${what} Write the day as 2023-12-31.`);
  return null;
}

function stateOf(header: Spot, values: Values): string | null {
  const said = values.text(header, headerPaths.state);
  if (said === null || /^[A-Z]{2}$/.test(said)) return said;
  if (said !== withheld) values.problem(`${header.path}/Filer/USAddress`, 'Write the state in its two letters.');
  return null;
}

function filedAtOf(header: Spot, values: Values): string | null {
  const said = values.text(header, headerPaths.filedAt);
  if (said === null || moment.test(said)) return said;
  values.problem(`${header.path}/ReturnTs`, 'Write the moment as 2024-05-14T09:30:00-05:00.');
  return null;
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
