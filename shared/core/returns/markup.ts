/** Tells whether a text is XML of the kind that a return is written in. Stricter than XML: what no return needs is refused. */
import type { Unreadable } from './returns.ts';

/** Elements of a return are some ten deep in each other. */
export const mostDepth = 50;
/** As many as 20 MB of elements as short as a return has them. */
export const mostElements = 600_000;

/** The namespace of every element of a return. */
export const namespace = 'http://www.irs.gov/efile';

/**
 * Goes through the text once, in time that grows with its length only.
 *
 * Without a document type, entities other than XML's five, processing instructions, and elements of other namespaces, a text says
 * the same to every reader: what one finds in it, another withholds from it.
 *
 * @param text without a byte order mark.
 * @returns what is wrong with it; null when it is right.
 */
export function findFault(text: string): Unreadable | null {
  const bad = unwritable.exec(text);
  if (bad !== null)
    return { field: '/', message: `Send XML text: there is a control character at position ${bad.index}.` };
  const elements = new Elements();
  const references = referencesOf(text);
  const fault = (message: string): Unreadable => ({ field: elements.path(), message });
  let at = declaration.exec(text)?.[0].length ?? 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    if (!elements.areOpen() && text.slice(at, end).trim() !== '') return fault(elements.count === 0 ? noXml : outside);
    const stray = references.wrongBetween(at, end);
    if (stray !== null) return fault(stray);
    if (next < 0) break;
    at = next;
    if (text.startsWith('<!', at) || text.startsWith('<?', at)) {
      const over = endOfAside(text, at, elements.areOpen());
      if (typeof over === 'string') return fault(over);
      at = over;
      continue;
    }
    tagAt.lastIndex = at;
    const match = tagAt.exec(text);
    if (match === null) return fault(text.indexOf('>', at) < 0 ? truncated : wrongTag(at));
    const [whole, slash, name = '', attributes = '', empty] = match;
    const strayInTag = references.wrongBetween(at, at + whole.length);
    if (strayInTag !== null) return fault(strayInTag);
    if (slash === '/' && (attributes !== '' || empty === '/')) return fault(wrongTag(at));
    const wrong = slash === '/' ? elements.close(name) : elements.open(name, attributes, empty === '/');
    if (wrong !== null) return wrong;
    at += whole.length;
  }
  if (elements.areOpen()) return fault(truncated);
  return elements.count === 0 ? fault(noXml) : null;
}

/** The elements that are open, from the outermost to the innermost. */
class Elements {
  count = 0;
  readonly #open: Open[] = [];

  areOpen = (): boolean => this.#open.length > 0;

  path = (more: readonly string[] = []): string => `/${[...this.#open.map(({ name }) => name), ...more].join('/')}`;

  open(written: string, attributes: string, isEmpty: boolean): Unreadable | null {
    const [prefix, name] = halves(written);
    const fault = (message: string) => ({ field: this.path([name]), message });
    if (!this.areOpen() && this.count > 0) return fault(name === 'Return' ? twoReturns : outside);
    if (this.#open.length === mostDepth) return fault(`Elements are more than ${mostDepth} deep in each other.`);
    if (this.count === mostElements) return { field: '/', message: `There are more than ${mostElements} elements.` };
    const spaces = spacesWithin(this.#open.at(-1)?.spaces ?? noSpaces, attributes);
    if (spaces === null) return fault('An attribute stands twice in the tag; remove one.');
    const space = spaces.get(prefix);
    if (space !== namespace && space !== '')
      return fault(`Remove the element: it does not belong to the namespace ${namespace}.`);
    this.count += 1;
    if (!isEmpty) this.#open.push({ written, name, spaces });
    return null;
  }

  close(written: string): Unreadable | null {
    if (this.#open.at(-1)?.written === written) {
      this.#open.pop();
      return null;
    }
    return { field: this.path(), message: `Close the element: it is open where "${written}" is closed.` };
  }
}

interface Open {
  /** With its prefix. */
  readonly written: string;
  readonly name: string;
  /** Namespaces by prefix. */
  readonly spaces: ReadonlyMap<string, string>;
}

const outside = 'Remove what stands outside of the return.';
export const twoReturns = 'There is more than one return in the file. Send each in a file of its own.';
export const noXml = 'Send the XML file of the return, as it went to the IRS: this is no XML file.';
const truncated = 'Send the whole file: it ends before this element is closed.';
const wrongTag = (at: number) =>
  `The tag at position ${at} is not written as XML wants it. Send the file as it went to the IRS.`;

/** What XML cannot say, and what a file that is no text holds. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unwritable = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

/** May stand at the very beginning only. */
const declaration = /^<\?xml\s[^<>]{0,200}\?>/;

const name = '[A-Za-z_][\\w.-]{0,199}';
const fullName = `(?:${name}:)?${name}`;
const attribute = `\\s{1,1000}${fullName}\\s{0,100}=\\s{0,100}(?:"[^"<]{0,10000}"|'[^'<]{0,10000}')`;
/** Nothing in it repeats without end, so that a tag that never ends costs little. */
const tagAt = new RegExp(`<(/?)(${fullName})((?:${attribute}){0,50})\\s{0,1000}(/?)>`, 'y');
const attributesIn = new RegExp(`(${fullName})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g');

/** Where the comment or CDATA section that begins there is over, or what is wrong. */
function endOfAside(text: string, at: number, isWithin: boolean): number | string {
  const isComment = text.startsWith('<!--', at);
  if (isComment || (isWithin && text.startsWith('<![CDATA[', at))) {
    const mark = isComment ? '-->' : ']]>';
    const end = text.indexOf(mark, at + (isComment ? 4 : 9));
    return end < 0 ? 'Send the whole file: it ends within a comment or a CDATA section.' : end + mark.length;
  }
  if (text.startsWith('<?', at)) return 'Remove the processing instruction: no return has one.';
  return 'Remove the document type and its entities: no return has them, and they are not read.';
}

/** Finds what begins like a reference and is none that XML knows by itself. To be asked about stretches in their order. */
function referencesOf(text: string) {
  let next = text.indexOf('&');
  return {
    wrongBetween(from: number, to: number): string | null {
      if (next >= 0 && next < from) next = text.indexOf('&', from);
      for (; next >= 0 && next < to; next = text.indexOf('&', next + 1)) {
        referenceAt.lastIndex = next;
        const match = referenceAt.exec(text);
        const code = match?.[1] === undefined ? 0x20 : Number(match[1].replace(/^x/, '0x'));
        if (match === null || !isCharacter(code))
          return `Write "&amp;" for the "&" at position ${next}: only the entities of XML itself are read.`;
      }
      return null;
    },
  };
}

const referenceAt = /&(?:amp|lt|gt|quot|apos|#(\d{1,7}|x[\dA-Fa-f]{1,6}));/y;

/** https://www.w3.org/TR/xml/#charsets */
const isCharacter = (code: number) =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);

const noSpaces: ReadonlyMap<string, string> = new Map([['', '']]);

/** The namespaces by prefix within an element; null when an attribute stands twice. */
function spacesWithin(outer: ReadonlyMap<string, string>, attributes: string): ReadonlyMap<string, string> | null {
  if (attributes === '') return outer;
  const values = new Map<string, string>();
  for (const [, key = '', double, single] of attributes.matchAll(attributesIn)) {
    if (values.has(key)) return null;
    values.set(key, double ?? single ?? '');
  }
  const declared = [...values].filter(([key]) => key === 'xmlns' || key.startsWith('xmlns:'));
  if (declared.length === 0) return outer;
  return new Map([...outer, ...declared.map(([key, space]) => [key.slice('xmlns:'.length), space] as const)]);
}

function halves(written: string): readonly [prefix: string, name: string] {
  const colon = written.indexOf(':');
  return colon < 0 ? ['', written] : [written.slice(0, colon), written.slice(colon + 1)];
}
