/** The elements of a return as a tree, and how to get at what they say. */
import { XMLParser } from 'fast-xml-parser';
import { mostDepth } from './markup.ts';

/** An element, a piece of text (`#text`), or a CDATA section (`#cdata`), as the parser has it: one name with what is within. */
export interface Element {
  readonly [name: string]: readonly Element[] | string | Readonly<Record<string, string>>;
}

/** The parser takes no number for one, expands nothing, and knows attributes of the outermost element only. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: name => name !== 'returnVersion',
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  processEntities: false,
  htmlEntities: false,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: mostDepth + 1,
  jPath: false,
});

/** @param text that is right: `findFault` found nothing. */
export const parse = (text: string): readonly Element[] => parser.parse(text) as Element[];

const attributes = ':@';

export function nameOf(element: Element): string {
  for (const name in element) if (name !== attributes) return name;
  return '';
}

export const isText = (element: Element) => nameOf(element).startsWith('#');

export const attributeOf = (element: Element, name: string): string | null => {
  const all = element[attributes];
  return typeof all === 'object' && !Array.isArray(all) ? ((all as Record<string, string>)[name] ?? null) : null;
};

/** What is within, elements and texts, in order. */
export function within(element: Element): readonly Element[] {
  const content = element[nameOf(element)];
  return Array.isArray(content) ? content : [];
}

export const childrenOf = (element: Element): readonly Element[] => within(element).filter(child => !isText(child));

/** All elements at that path, such as `Filer/BusinessName`, in order. */
export function at(element: Element, path: string): readonly Element[] {
  let found: readonly Element[] = [element];
  for (const step of path.split('/'))
    found = found.flatMap(one => within(one).filter(child => Object.hasOwn(child, step)));
  return found;
}

/** What an element says, without space around it. */
export const textOf = (element: Element): string =>
  within(element)
    .map(child => {
      if ('#text' in child) return decoded(String(child['#text']));
      return '#cdata' in child
        ? within(child)
            .map(({ '#text': said }) => said)
            .join('')
        : '';
    })
    .join('')
    .trim();

const decoded = (text: string) =>
  text.includes('&') ? text.replace(/&(?:([a-z]+)|#(x?[\dA-Fa-f]+));/g, character) : text;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const character = (written: string, entity: string | undefined, code: string | undefined) =>
  code === undefined ? (entities[String(entity)] ?? written) : String.fromCodePoint(Number(code.replace(/^x/, '0x')));
