/** Which rule, if any, withholds an element outside Schedule B. */
import { keyOf } from './redactionPhrases.ts';
import { alwaysPersonal, below, exactly, publicOfFoundations, type Rule, reasons, rules } from './redactionRules.ts';
import { allElements, textOf, type XmlElement, type XmlSource } from './redactionXml.ts';
import type { ReturnType } from './returns.ts';

const compiled = rules.map(rule => ({ rule, matches: exactly(rule.paths) }));
const isOpenOfFoundations = below(publicOfFoundations);
const isAlwaysPersonal = below(alwaysPersonal);
const isAddressName = /Address(?:US|Foreign)?$/;

/** @returns the rule by which the element and all in it is withheld. */
export function ruleFor({ source, root }: XmlSource, type: ReturnType): (element: XmlElement) => Rule | undefined {
  const ofType = compiled.filter(({ rule }) => rule.types.includes(type));
  const byPath = new Map<string, readonly Rule[]>();
  const own = new Set<string>();
  for (const element of allElements(root)) {
    if (!/\/ReturnHeader\/Filer\/[^/]+$/.test(element.path)) continue;
    own.add(isAddressName.test(element.name) ? placeOf(element) : keyOf(said(element)));
  }
  own.delete('');

  return element => rulesAt(element.path).find(rule => !isExempt(element, rule));

  function rulesAt(path: string): readonly Rule[] {
    const known = byPath.get(path);
    if (known !== undefined) return known;
    const open = type === '990PF' && isOpenOfFoundations.test(path);
    const found = ofType
      .filter(({ rule, matches }) => !(open && rule.reason === reasons.personal) && matches.test(path))
      .map(({ rule }) => rule);
    byPath.set(path, found);
    return found;
  }

  function isExempt(element: XmlElement, { unless, businessIn }: Rule): boolean {
    if (unless === undefined) return false;
    if (/\/ReturnHeader\/Filer\//.test(element.path)) return true;
    // A line of an address is judged with the address.
    const group = /^AddressLine/.test(element.name) ? (element.parent ?? element) : element;
    if (own.has(isAddressName.test(group.name) ? placeOf(group) : keyOf(said(group)))) return true;
    if (unless === 'own' || isAlwaysPersonal.test(element.path)) return false;
    const beside = /Address$/.test(group.parent?.name ?? '') ? group.parent?.parent : group.parent;
    if (beside == null) return false;
    if (businessIn !== undefined) return beside.children.some(child => child.name === businessIn && says(child));
    // Around something that stands in the form itself stands everything.
    return beside.parent?.name !== 'ReturnData' && beside.children.some(namesBusiness);
  }

  /** An address by its street and the five digits of its place: enough to tell that two are one. */
  function placeOf(address: XmlElement): string {
    const text = (pattern: RegExp) =>
      address.children
        .filter(({ name }) => pattern.test(name))
        .map(said)
        .join(' ');
    const lines = keyOf(text(/^AddressLine/));
    return lines === ''
      ? ''
      : `${lines} ${text(/^(?:ZIP|ForeignPostal|Postal)/)
          .trim()
          .slice(0, 5)}`;
  }

  function namesBusiness(element: XmlElement): boolean {
    for (const one of allElements(element)) if (/^BusinessNameLine1/.test(one.name) && says(one)) return true;
    return false;
  }

  function says(element: XmlElement): boolean {
    for (const one of allElements(element)) if (said(one).trim() !== '') return true;
    return false;
  }

  function said(element: XmlElement): string {
    return textOf(source, element).text;
  }
}
