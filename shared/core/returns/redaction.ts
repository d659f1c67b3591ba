/**
 * Makes the public copy of a return: by rule, in the text of the XML itself, so that all that is not withheld stays to the byte.
 *
 * What names a contributor in Schedule B is withheld there and wherever it is repeated in running text. What the rules do not know in
 * Schedule B is withheld whole.
 */
import { contributorsOf, type Named } from './redactionContributors.ts';
import { Edits } from './redactionEdits.ts';
import { Phrases } from './redactionPhrases.ts';
import {
  below,
  marker,
  publicFields,
  reasons,
  scheduleB,
  scheduleBParts,
  withholdsContributors,
} from './redactionRules.ts';
import { ruleFor } from './redactionSelection.ts';
import { allElements, decode, readXml, type Stretch, textOf, type XmlElement, type XmlSource } from './redactionXml.ts';
import type { ReturnType, Withholding } from './returns.ts';

export interface PublicCopy {
  readonly text: string;
  /** Where something was withheld, and why. Fit for the public: it never tells what. */
  readonly withheld: readonly Withholding[];
  /**
   * Where the name of a contributor stands in a field that the law makes public itself, such as an officer's, and therefore stays. Not for the
   * public: it tells who gave.
   */
  readonly stays: readonly Withholding[];
}

/**
 * Done again on its own result, it changes nothing.
 *
 * @param source the XML of the return, as text.
 * @throws {NotCopyableError} nobody can tell for sure what stands where in it.
 */
export function publicCopyOf(source: string, type: ReturnType): PublicCopy {
  const xml = readXml(source);
  const edits = new Edits(xml);
  const select = ruleFor(xml, type);
  const named: Named[] = [];
  const done = new Set<XmlElement>();

  for (const { from, to } of xml.asides) edits.aside(from, to, reasons.aside);
  for (const element of allElements(xml.root)) {
    if (done.has(element)) continue;
    if (withholdsContributors(type) && scheduleB.test(element.name)) {
      for (const one of contributorsOf(element, edits)) named.push(one);
      for (const one of allElements(element)) done.add(one);
      continue;
    }
    const rule = select(element);
    if (rule === undefined) continue;
    for (const one of allElements(element)) {
      done.add(one);
      if (rule.onlyWords && isPlain(textOf(source, one).text)) continue;
      if (rule.reason === reasons.contributor) named.push({ kind: 'unknown', text: textOf(source, one).text });
      edits.element(one, rule.reason, element);
    }
  }
  const stays = new Map<string, number>();
  searchText(xml, edits, done, phrasesOf(named, xml), stays);
  return {
    text: edits.apply(),
    withheld: edits.withheld(),
    stays: [...stays].map(([path, count]) => ({ path, count, reason: staysReason })),
  };
}

const staysReason =
  'The name or address of a contributor stands here too, in a field that the law makes public itself; it was left.';

/** A number, a date or a ticked box, and what stands where something is withheld already. */
const isPlain = (text: string) => plain.test(text.trim());
const plain = new RegExp(`^(?:[-+$]?[\\d.,]*%?|X|x|true|false|N/A|\\d{4}-\\d\\d-\\d\\d|RESTRICTED|${marker})$`);

/** What to look for in running text. The organisation's own name is no secret, though it gave to itself. */
function phrasesOf(named: readonly Named[], { source, root }: XmlSource): Phrases {
  const phrases = new Phrases();
  for (const one of allElements(root)) {
    if (/\/ReturnHeader\/Filer\/(?:BusinessName|USAddress|ForeignAddress)\//.test(one.path)) {
      phrases.except(textOf(source, one).text);
    }
  }
  for (const { kind, text } of named) {
    if (kind === 'address') phrases.add(text);
    else if (kind === 'business') phrases.addBusiness(text);
    else phrases.addPerson(text);
  }
  return phrases;
}

const isPublicField = below(publicFields);
const socialSecurityNumber = /(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])/g;
const knownAttributes = new Set<string>(scheduleBParts.attributes);

function searchText(
  { source, root }: XmlSource,
  edits: Edits,
  done: ReadonlySet<XmlElement>,
  phrases: Phrases,
  stays: Map<string, number>,
): void {
  const isPublic = new Map<string, boolean>();
  for (const element of allElements(root)) {
    const { path, attributes } = element;
    for (const { name, value } of attributes) {
      if (done.has(element) && !knownAttributes.has(name)) continue;
      const { text } = decode(source, [{ at: value, isPlain: false }]);
      if (phrases.in(text).length > 0) edits.attribute(element, name, value, reasons.repeated);
    }
    if (done.has(element)) continue;
    const said = textOf(source, element);
    if (said.text.trim() === '') continue;
    const found = phrases.in(said.text);
    const open = isPublic.get(path) ?? isPublicField.test(path);
    isPublic.set(path, open);
    if (open && found.length > 0) stays.set(path, (stays.get(path) ?? 0) + found.length);
    else edits.within(element, said, found, reasons.repeated);
    edits.within(element, said, numbersIn(said.text, found), reasons.identifier);
  }
}

/** Social security numbers that stand in none of the stretches, which are in their order. */
function numbersIn(text: string, found: readonly Stretch[]): Stretch[] {
  let index = 0;
  return [...text.matchAll(socialSecurityNumber)]
    .map(({ 0: { length }, index: from }) => ({ from, to: from + length }))
    .filter(({ from, to }) => {
      while ((found[index]?.to ?? from + 1) <= from) index += 1;
      return (found[index]?.from ?? to) >= to;
    });
}
