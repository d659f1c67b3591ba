/** Compares the fields of a record, as a book shows it, with those that were sealed. */
import { NotProven } from './bytes.ts';
import { canonical, fieldOf, isRecord, type Json, type JsonRecord } from './json.ts';

/** What names the record, and where it is proven. */
const named = ['id', 'proof'];

/**
 * Everything that was sealed has to be shown just so. Objects may show more than was sealed of them, such as a name beside an identifier:
 * that is not covered. Facts that are shown beside a sealed history of them are those of their day in it.
 *
 * @param hasUsual whether something usual applies, and is shown without a day, before the first day of the history.
 * @returns the fields that are not covered, such as `version`, `person.name` or `attachments.0.document`.
 * @throws {NotProven} something is left out, or is not what was sealed.
 */
export function compareFields(record: JsonRecord, sealed: JsonRecord, hasUsual = false): string[] {
  const facts = factsIn(record, sealed, hasUsual);
  const uncovered = compareObject(record, sealed, '');
  return uncovered.filter(field => {
    const value = fieldOf(facts, field);
    if (value === undefined) return !named.includes(field);
    if (canonical(fieldOf(record, field)) !== canonical(value)) throw another(field);
    return false;
  });
}

const another = (field: string) =>
  new NotProven(`The field "${shortName(field)}" of the record is not what was sealed.`);
const leftOut = (field: string) =>
  new NotProven(`The record leaves out "${shortName(field)}", which was sealed with it.`);

/** Names may be as long as whoever made them liked. */
export const shortName = (name: string) => (name.length > 60 ? `${name.slice(0, 60).toWellFormed()}…` : name);

/** Those of the history that begin on the same day as what the record shows; none where there is no such history. */
function factsIn(record: JsonRecord, sealed: JsonRecord, hasUsual: boolean): JsonRecord {
  const history = fieldOf(sealed, 'history');
  const from = fieldOf(record, 'from');
  if (!Array.isArray(history)) return {};
  // Without it nobody could tell which facts are shown.
  if (from === undefined) throw leftOut('from');
  if (from === null && (hasUsual || history.length === 0)) return {};
  const facts = history.filter(isRecord).find(one => fieldOf(one, 'from') === from);
  if (facts === undefined) throw another('from');
  return facts;
}

function compareObject(shown: JsonRecord, sealed: JsonRecord, path: string): string[] {
  const inner = Object.entries(sealed).flatMap(([field, value]) => {
    const own = fieldOf(shown, field);
    if (own === undefined) throw leftOut(`${path}${field}`);
    return compareValue(own, value, `${path}${field}`);
  });
  const more = Object.keys(shown).filter(field => fieldOf(sealed, field) === undefined);
  return [...more.map(field => `${path}${field}`), ...inner];
}

function compareValue(shown: Json, sealed: Json, path: string): string[] {
  if (isRecord(sealed) && isRecord(shown)) return compareObject(shown, sealed, `${path}.`);
  if (Array.isArray(sealed) && Array.isArray(shown) && shown.length === sealed.length) {
    return sealed.flatMap((value, index) => compareValue(shown[index], value, `${path}.${index}`));
  }
  if (canonical(shown) !== canonical(sealed)) throw another(path);
  return [];
}
