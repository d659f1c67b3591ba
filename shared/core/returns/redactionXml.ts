/** Reads XML with the place of every character kept, so that single texts of it can be replaced and all else stays to the byte. */

/** A stretch of the source. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Characters directly in an element. `inner` is what is said, without the frame of a CDATA section. */
export interface Run extends Stretch {
  readonly inner: Stretch;
  readonly isCdata: boolean;
}

/** Declarations of namespaces are none. */
export interface XmlAttribute {
  /** Without its prefix. */
  readonly name: string;
  readonly value: Stretch;
}

export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  /** The names from the root, such as `/Return/ReturnHeader`. */
  readonly path: string;
  readonly parent: XmlElement | null;
  readonly children: XmlElement[];
  readonly attributes: readonly XmlAttribute[];
  readonly runs: Run[];
}

export interface XmlSource {
  readonly source: string;
  readonly root: XmlElement;
  /** Comments and processing instructions, wherever they stand. */
  readonly asides: readonly Stretch[];
}

/** The text is not XML, or XML of a kind in which nobody can tell for sure what stands where. */
export class NotCopyableError extends Error {}

/** Far deeper than any form goes. */
const maxDepth = 60;

const nameAt = /[^\s<>/="'&!?]+/y;
const attributeAt = /\s+([^\s<>/="'&!?]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const tagEndAt = /\s*(\/?)>/y;
const badReference = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/;

/** @throws {NotCopyableError} it is not well-formed, declares a document type, or nests too deeply. */
export function readXml(source: string): XmlSource {
  const asides: Stretch[] = [];
  let root: XmlElement | undefined;
  let open: XmlElement | null = null;
  let at = /^\uFEFF?(?:<\?xml\s[^?]*\?>)?/.exec(source)?.[0].length ?? 0;
  // The names of the open elements, as they are written.
  const qualified: string[] = [];

  while (at < source.length) {
    const next = source.indexOf('<', at);
    const end = next === -1 ? source.length : next;
    if (end > at) addRun({ from: at, to: end }, { from: at, to: end }, false);
    if (next === -1) break;
    at = markup(next);
  }
  if (open !== null || root === undefined) throw new NotCopyableError('An element is not closed.');
  return { source, root, asides };

  function markup(from: number): number {
    if (source.startsWith('<!--', from)) return aside(from, '-->', 4);
    if (source.startsWith('<?', from)) return aside(from, '?>', 2);
    if (source.startsWith('<![CDATA[', from)) {
      const to = endOf(']]>', from + 9);
      addRun({ from, to }, { from: from + 9, to: to - 3 }, true);
      return to;
    }
    if (source.startsWith('<!', from)) throw new NotCopyableError('A document type is declared.');
    return source[from + 1] === '/' ? closeTag(from) : openTag(from);
  }

  function aside(from: number, mark: string, skip: number): number {
    const to = endOf(mark, from + skip);
    asides.push({ from, to });
    return to;
  }

  function endOf(mark: string, from: number): number {
    const found = source.indexOf(mark, from);
    if (found === -1) throw new NotCopyableError(`Something is not closed: ${mark} is missing.`);
    return found + mark.length;
  }

  function openTag(from: number): number {
    const name = match(nameAt, from + 1)[0];
    const attributes: XmlAttribute[] = [];
    let here = from + 1 + name.length;
    for (let one = tryMatch(attributeAt, here); one !== null; one = tryMatch(attributeAt, here)) {
      const value = one[2] ?? one[3] ?? '';
      const to = here + one[0].length - 1;
      if (badReference.test(value)) throw new NotCopyableError('An entity is not known.');
      if (!/^xmlns(?:$|:)/.test(String(one[1]))) {
        attributes.push({ name: localName(String(one[1])), value: { from: to - value.length, to } });
      }
      here += one[0].length;
    }
    const tagEnd = match(tagEndAt, here);
    if (open === null && root !== undefined) throw new NotCopyableError('There are two outermost elements.');
    const element: XmlElement = {
      name: localName(name),
      path: `${open?.path ?? ''}/${localName(name)}`,
      parent: open,
      children: [],
      attributes,
      runs: [],
    };
    root ??= element;
    open?.children.push(element);
    if (tagEnd[1] !== '/') {
      open = element;
      qualified.push(name);
      if (qualified.length > maxDepth) throw new NotCopyableError('Elements are nested too deeply.');
    }
    return here + tagEnd[0].length;
  }

  function closeTag(from: number): number {
    const name = match(nameAt, from + 2)[0];
    const tagEnd = match(tagEndAt, from + 2 + name.length);
    if (open === null || qualified.pop() !== name || tagEnd[1] === '/') {
      throw new NotCopyableError('An element is closed that is not open.');
    }
    open = open.parent;
    return from + 2 + name.length + tagEnd[0].length;
  }

  function addRun(whole: Stretch, inner: Stretch, isCdata: boolean): void {
    const text = source.slice(inner.from, inner.to);
    if (open === null) {
      if (isCdata || text.trim() !== '') throw new NotCopyableError('There is text outside of the outermost element.');
      return;
    }
    if (!isCdata && badReference.test(text)) throw new NotCopyableError('An entity is not known.');
    open.runs.push({ ...whole, inner, isCdata });
  }

  function tryMatch(pattern: RegExp, from: number): RegExpExecArray | null {
    pattern.lastIndex = from;
    return pattern.exec(source);
  }

  function match(pattern: RegExp, from: number): RegExpExecArray {
    const found = tryMatch(pattern, from);
    if (found === null) throw new NotCopyableError('A tag is not written as XML wants it.');
    return found;
  }
}

const localName = (name: string) => name.slice(name.lastIndexOf(':') + 1);

/** Every element, in the order of the document. */
export function* allElements(element: XmlElement): Generator<XmlElement> {
  const waiting = [element];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    yield one;
    for (let index = one.children.length - 1; index >= 0; index--) waiting.push(one.children[index] as XmlElement);
  }
}

/** What is said, and where in the source each UTF-16 unit of it begins and ends. */
export interface Decoded {
  readonly text: string;
  readonly starts: (unit: number) => number;
  readonly ends: (unit: number) => number;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text of stretches of the source together, with references resolved. @param plain those in which `&` is only itself. */
export function decode(source: string, stretches: readonly { at: Stretch; isPlain: boolean }[]): Decoded {
  const [only] = stretches;
  if (only === undefined) return { text: '', starts: unit => unit, ends: unit => unit };
  const raw = source.slice(only.at.from, only.at.to);
  if (stretches.length === 1 && (only.isPlain || !raw.includes('&'))) {
    return { text: raw, starts: unit => only.at.from + unit, ends: unit => only.at.from + unit + 1 };
  }
  const pieces: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { at, isPlain } of stretches) {
    for (let here = at.from; here < at.to; ) {
      const isReference = source[here] === '&' && !isPlain;
      const end = isReference ? source.indexOf(';', here) + 1 : here + 1;
      const piece = isReference ? referenced(source.slice(here + 1, end - 1)) : String(source[here]);
      for (let unit = 0; unit < piece.length; unit++) {
        starts.push(here);
        ends.push(end);
      }
      pieces.push(piece);
      here = end;
    }
  }
  return { text: pieces.join(''), starts: unit => starts[unit] ?? 0, ends: unit => ends[unit] ?? 0 };
}

function referenced(name: string): string {
  if (!name.startsWith('#')) return named[name] ?? '';
  const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  if (code > 0x10ffff) throw new NotCopyableError('There is no such character.');
  return String.fromCodePoint(code);
}

/** The text directly in an element, across comments and CDATA sections. */
export const textOf = (source: string, { runs }: XmlElement): Decoded =>
  decode(
    source,
    runs.map(({ inner, isCdata }) => ({ at: inner, isPlain: isCdata })),
  );
