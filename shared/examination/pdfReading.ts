/** Reads one PDF. Runs only in the process of the reader: what it reads may make it hang or grow. */
import { readFile } from 'node:fs/promises';
import { getDocumentProxy } from 'unpdf';
import { cleanTitle, type Finding } from '../core/files.ts';
import { activeAction } from './pdfActions.ts';
import { programIn } from './signatures.ts';

/** What the reader is to do. */
export interface Order {
  readonly path: string;
  readonly maxPages: number;
  readonly maxTextBytes: number;
}

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

const refusals = {
  JavaScript: 'The PDF contains JavaScript, as some forms do. Print it to a new PDF and send that.',
  Launch: 'The PDF can start other programs. Print it to a new PDF and send that.',
  program: 'The PDF has a program attached. Remove it, or print the PDF to a new one and send that.',
};

const nothingRead = { refused: null, pages: null, title: null, text: null } as const;

/** @throws nothing that a file could cause, but it may never end. */
export async function readPdf({ path, maxPages, maxTextBytes }: Order): Promise<Finding> {
  const bytes = await readFile(path);
  const action = activeAction(bytes);
  if (action !== undefined) return { refused: refusals[action] };
  const ended = bytes.subarray(-2048).includes('%%EOF');
  let pdf: Pdf;
  try {
    pdf = await getDocumentProxy(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length), options);
  } catch (error) {
    return (error as Error).name === 'PasswordException'
      ? { ...nothingRead, condition: 'encrypted', note: 'It opens only with a password.' }
      : { ...nothingRead, condition: 'broken', note: 'It cannot be opened as a PDF.' };
  }
  const pages = pdf.numPages;
  if (pages > maxPages) {
    const note = `It has ${pages} pages; the text of at most ${maxPages} is read.`;
    return { ...nothingRead, condition: 'unread', pages, note };
  }
  const notes = ended ? [] : ['Its end is missing: pages may be lacking.'];
  const attached = await attachments(pdf);
  if (attached.some(({ isProgram }) => isProgram)) return { refused: refusals.program };
  if (attached.length > 0) notes.push(`Attached to it: ${attached.map(one => one.name).join(', ')}.`);
  const info = await infoOf(pdf);
  if (info.EncryptFilterName) notes.push('It opens without a password, but asks readers to restrict what can be done.');

  const read = await readPages(pdf, pages, maxTextBytes);
  if (read.scripts || (await pdf.hasJSActions().catch(() => false))) return { refused: refusals.JavaScript };
  if (read.cut) notes.push(`Only the first ${maxTextBytes} bytes of its text are kept.`);
  if (read.failed.length > 0) notes.push(`Pages that cannot be read: ${listed(read.failed)}.`);
  return {
    refused: null,
    condition: ended && read.failed.length === 0 ? 'sound' : 'broken',
    note: notes.length === 0 ? null : notes.join(' '),
    pages,
    title: cleanTitle(info.Title),
    text: read.text,
  };
}

/** Nothing is drawn, nothing is loaded from elsewhere, and no code is made of what a file says. */
const options = {
  verbosity: 0,
  isEvalSupported: false,
  disableFontFace: true,
  useSystemFonts: false,
  useWasm: false,
  enableXfa: false,
  maxImageSize: 1,
};

async function infoOf(pdf: Pdf): Promise<{ readonly Title?: unknown; readonly EncryptFilterName?: unknown }> {
  try {
    return (await pdf.getMetadata()).info;
  } catch {
    return {};
  }
}

async function readPages(pdf: Pdf, pages: number, maxTextBytes: number) {
  const texts: string[] = [];
  const failed: number[] = [];
  let [left, scripts, cut] = [maxTextBytes, false, false];
  for (let number = 1; number <= pages && !scripts; number++) {
    let text = '';
    try {
      const page = await pdf.getPage(number);
      scripts = (await page.getJSActions()) !== null;
      if (left > 0) text = readableText(await page.getTextContent());
      page.cleanup();
    } catch {
      failed.push(number);
    }
    const kept = firstBytes(text, left);
    cut ||= left <= 0 || kept.length < text.length;
    // The form feed between two pages is one more.
    left -= Buffer.byteLength(kept) + 1;
    texts.push(kept);
  }
  return { text: texts.join('\f'), failed, scripts, cut };
}

/** The text of a page without control characters but tabs and line feeds. */
function readableText({ items }: Awaited<ReturnType<Awaited<ReturnType<Pdf['getPage']>>['getTextContent']>>): string {
  return items
    .map(item => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''))
    .join('')
    .toWellFormed()
    .replaceAll(/\r\n?|[\f\u0085\u2028\u2029]/g, '\n')
    .replaceAll(/[^\P{Cc}\t\n]|\p{Noncharacter_Code_Point}/gu, '');
}

/** The beginning of a well-formed text, in at most that many bytes of UTF-8; no character is cut. */
function firstBytes(text: string, maxBytes: number): string {
  if (maxBytes <= 0) return '';
  if (text.length * 3 <= maxBytes) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes));
  return text.slice(0, read);
}

const programName =
  /\.(exe|dll|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|msi|lnk|sh|app|apk|docm|xlsm|pptm|iso)$/i;

async function attachments(pdf: Pdf): Promise<{ name: string; isProgram: boolean }[]> {
  const found: unknown = await pdf.getAttachments().catch(() => null);
  const entries = found instanceof Map ? [...found.entries()] : Object.entries(found ?? {});
  const all: { name: string; isProgram: boolean }[] = [];
  for (const [id, one] of entries as [string, { filename?: unknown; content?: Uint8Array }][]) {
    const name = cleanTitle(one.filename) ?? cleanTitle(id) ?? 'a file without a name';
    const content = one.content ?? (await pdf.getAttachmentContent(id).catch(() => null));
    all.push({ name, isProgram: programName.test(name) || (content != null && programIn(content) !== undefined) });
  }
  return all;
}

/** The first numbers of a list that may be long. */
const listed = (numbers: readonly number[]) =>
  numbers.length > 10 ? `${numbers.slice(0, 10).join(', ')} and ${numbers.length - 10} more` : numbers.join(', ');
