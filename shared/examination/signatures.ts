/** What bytes are, told by how they begin. */
import { fileTypeFromBuffer } from 'file-type';

/** Programs, and containers that carry them, by their first bytes. */
const programs: readonly (readonly [string, string])[] = [
  ['4d5a', 'a Windows program'],
  ['7f454c46', 'a Linux program'],
  ['feedface', 'a macOS program'],
  ['feedfacf', 'a macOS program'],
  ['cefaedfe', 'a macOS program'],
  ['cffaedfe', 'a macOS program'],
  ['cafebabe', 'a Java or macOS program'],
  ['0061736d', 'a WebAssembly program'],
  ['6465780a', 'an Android program'],
  ['4c00000001140200', 'a Windows shortcut'],
  ['2321', 'a script'],
];

/** Compound File Binary: legacy Office, OLE objects, VBA projects, Windows installers, and encrypted new Office. */
const compoundFile = 'd0cf11e0a1b11ae1';

const beginsWith = (bytes: Uint8Array, signature: string) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16)).toString('hex').startsWith(signature);

/** What kind of program the bytes are, such as `a script`; undefined when they are none. */
export function programIn(head: Uint8Array): string | undefined {
  return programs.find(([signature]) => beginsWith(head, signature))?.[1];
}

export const isCompoundFile = (head: Uint8Array): boolean => beginsWith(head, compoundFile);

/** An archive in the ZIP format that begins with its first entry, as every office document does. */
export const isZip = (head: Uint8Array): boolean => beginsWith(head, '504b0304');

/** The media type that the first bytes of a file show; undefined for texts and for what is not known. */
export async function typeOf(head: Uint8Array): Promise<string | undefined> {
  return (await detected(head))?.mime;
}

/** What a file is, in words that complete "The file is …"; undefined when that is not known. */
export async function describe(head: Buffer): Promise<string | undefined> {
  const known = programIn(head) ?? (isCompoundFile(head) ? 'an old Office document or a Windows installer' : undefined);
  if (known !== undefined) return known;
  const type = await detected(head);
  if (type !== undefined && type.mime !== 'application/xml') return `of the type ${type.mime} (.${type.ext})`;
  return textIn(head.toString('utf8'));
}

async function detected(head: Uint8Array) {
  try {
    return await fileTypeFromBuffer(head);
  } catch {
    // It shows nothing that could be trusted.
    return undefined;
  }
}

/** The elements by which browsers know HTML (WHATWG MIME Sniffing, 7.1), and some more that stand in the head of a page. */
const htmlElement =
  /^<(?:html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|base|embed|form|frameset|link|meta|object|template)(?:[\s/>]|$)/i;

/**
 * What a text is that would not be shown as text everywhere, such as `an HTML page`; undefined when it is just text.
 * Byte order mark, white space, comments and XML declarations before it do not count.
 */
export function textIn(head: string): string | undefined {
  const text = head.replace(/^\uFEFF/, '');
  if (text.startsWith('#!')) return 'a script';
  const start = afterProlog(text);
  if (start.startsWith('<!--')) return 'an HTML page';
  if (/^<(?:\?php|\?=|%)|^@echo off/i.test(start)) return 'a script';
  if (/^<!doctype/i.test(start)) return /^<!doctype\s+svg/i.test(start) ? 'an SVG image' : 'an HTML page';
  if (/^<(?:[\w.-]+:)?svg(?:[\s/>]|$)/i.test(start)) return 'an SVG image';
  if (/^<[\w.-]+:html[\s/>]/i.test(start) || htmlElement.test(start)) return 'an HTML page';
  if (start.startsWith('%PDF-')) return 'a PDF';
  if (start.startsWith('%!PS')) return 'a PostScript program';
  if (start.startsWith('{\\rtf')) return 'an RTF document';
  return undefined;
}

/** What follows white space, whole comments, the XML declaration and processing instructions. */
export function afterProlog(text: string): string {
  const skipped = /\s+|<!--[\s\S]*?-->|<\?(?!php\b|=)[\s\S]*?\?>/iy;
  let at = 0;
  while (skipped.test(text)) at = skipped.lastIndex;
  return text.slice(at);
}
