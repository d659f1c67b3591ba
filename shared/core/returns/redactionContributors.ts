/** Withholds what Schedule B says of contributors, and tells what it was, so that it can be looked for elsewhere. */
import type { Edits } from './redactionEdits.ts';
import { exactly, marker, reasons, scheduleBParts } from './redactionRules.ts';
import { allElements, type XmlElement } from './redactionXml.ts';

/** Words by which a contributor may be known. */
export interface Named {
  readonly kind: 'person' | 'business' | 'address' | 'unknown';
  readonly text: string;
}

const inSchedule = (paths: readonly string[]) => exactly(paths.map(path => `/${path}`));
const isName = inSchedule(scheduleBParts.names);
const isAddress = inSchedule(scheduleBParts.addresses);
const isDescription = inSchedule(scheduleBParts.descriptions);
const stays = inSchedule(scheduleBParts.stays);
const attributes = new Set<string>(scheduleBParts.attributes);

/** A number, a date, a ticked box. */
const plain = new RegExp(`^(?:-?\\d[\\d.,]*|X|x|true|false|N/A|\\d{4}-\\d\\d-\\d\\d|RESTRICTED|${marker})$`);

/** @param schedule the element of Schedule B. */
export function contributorsOf(schedule: XmlElement, edits: Edits): Named[] {
  edits.element(schedule, reasons.unknown);
  for (const { name, value } of schedule.attributes) {
    if (!attributes.has(name)) edits.attribute(schedule, name, value, reasons.unknown);
  }
  return schedule.children.flatMap(part => contributorsIn(part, schedule, edits));
}

function contributorsIn(part: XmlElement, schedule: XmlElement, edits: Edits): Named[] {
  const all = [...allElements(part)];
  const placeOf = (element: XmlElement) => element.path.slice(schedule.path.length);
  const isKnown = all.every(element => {
    if (element.attributes.some(({ name }) => !attributes.has(name))) return false;
    const text = edits.textOf(element).trim();
    const place = placeOf(element);
    return (
      text === '' ||
      isName.test(place) ||
      isAddress.test(place) ||
      isDescription.test(place) ||
      (stays.test(place) && plain.test(text))
    );
  });
  const named: Named[] = [];
  for (const element of all) {
    const place = placeOf(element);
    const text = edits.textOf(element);
    if (!isKnown) {
      named.push({ kind: 'unknown', text });
      edits.element(element, reasons.unknown, part);
      for (const { name, value } of element.attributes) edits.attribute(element, name, value, reasons.unknown);
    } else if (isName.test(place) || isAddress.test(place)) {
      // What stands in several elements, such as the lines of a name, is told below.
      if (isName.test(place) && !/NameLine\d/.test(element.name)) named.push({ kind: 'person', text });
      edits.element(element, reasons.contributor, element.parent === part ? element : (element.parent ?? element));
    } else if (isDescription.test(place)) edits.element(element, reasons.description);
    named.push(...together(element, edits));
  }
  return named;
}

/** What the elements in one element say together: the lines of a name, of an address. */
function together(element: XmlElement, edits: Edits): Named[] {
  const said = (pattern: RegExp) =>
    element.children.filter(({ name }) => pattern.test(name)).map(child => edits.textOf(child).trim());
  const lines = said(/^AddressLine\d/);
  const zip = said(/^(?:ZIP|ForeignPostal|Postal)/).join(' ');
  const city = said(/^City/).join(' ');
  const state = said(/^(?:State|Province)/).join(' ');
  const addresses = [
    ...lines.filter(line => /\S\s+\S/.test(line)),
    lines.join(' '),
    ...(zip === '' || city === '' ? [] : [`${city} ${state} ${zip}`, `${city} ${zip}`]),
  ];
  const business = said(/^(?:Business)?NameLine\d/);
  const person = said(/(?:First|Middle|Last|Suffix)N(?:m|ame)/);
  return [
    ...addresses.map((text): Named => ({ kind: 'address', text })),
    ...[business[0] ?? '', business.join(' ')].map((text): Named => ({ kind: 'business', text })),
    { kind: 'person', text: person.join(' ') },
  ];
}
