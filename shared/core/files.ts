/** Files that the archive takes: which kinds, under which names, how a browser is to treat them, and what examining one found. */

/** Every kind of file that can be archived. No program, no archive of other files, nothing that a browser or an office runs. */
export const fileKinds = {
  'application/pdf': { label: 'PDF', extensions: ['.pdf'] },
  'text/plain': { label: 'plain text', extensions: ['.txt', '.md'] },
  'text/csv': { label: 'CSV', extensions: ['.csv'] },
  'application/json': { label: 'JSON', extensions: ['.json'] },
  'application/xml': { label: 'XML', extensions: ['.xml'] },
  'image/png': { label: 'PNG image', extensions: ['.png'] },
  'image/jpeg': { label: 'JPEG image', extensions: ['.jpg', '.jpeg'] },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    label: 'Word document',
    extensions: ['.docx'],
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    label: 'Excel workbook',
    extensions: ['.xlsx'],
  },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': {
    label: 'PowerPoint presentation',
    extensions: ['.pptx'],
  },
  'application/vnd.oasis.opendocument.text': { label: 'OpenDocument text', extensions: ['.odt'] },
  'application/vnd.oasis.opendocument.spreadsheet': { label: 'OpenDocument spreadsheet', extensions: ['.ods'] },
  'application/vnd.oasis.opendocument.presentation': { label: 'OpenDocument presentation', extensions: ['.odp'] },
} as const satisfies Record<string, { readonly label: string; readonly extensions: readonly string[] }>;

export type MediaType = keyof typeof fileKinds;

export const mediaTypes = Object.keys(fileKinds) as readonly MediaType[];

export const isMediaType = (type: string): type is MediaType => Object.hasOwn(fileKinds, type);

/** The kinds that a browser may show in its own window; all others it must save. */
export const inlineTypes: readonly MediaType[] = ['application/pdf', 'image/png', 'image/jpeg', 'text/plain'];

/** What can be archived, in words. */
export const allowedKinds: string = Object.values(fileKinds)
  .map(({ label, extensions }) => `${label} (${extensions.join(', ')})`)
  .join(', ');

/**
 * What examining a file said of its condition.
 *
 * - `sound`: examined and readable.
 * - `encrypted`: a password is needed to read it.
 * - `broken`: the reader cannot make sense of it, or of a part of it.
 * - `unread`: the reader was stopped because it took too long or too much memory, or the file is too large to be read.
 */
export type Condition = 'sound' | 'encrypted' | 'broken' | 'unread';

/** What examining a file found. `refused` is a sentence for whoever sent it: such a file does not enter the archive. */
export type Finding =
  | { readonly refused: string }
  | {
      readonly refused: null;
      readonly condition: Condition;
      /** Sentences about what is out of the ordinary. */
      readonly note: string | null;
      /** The number of pages of a PDF that could be opened. */
      readonly pages: number | null;
      /** What the metadata of a PDF calls it. */
      readonly title: string | null;
      /** The text of the pages of a PDF, joined by form feeds (U+000C). */
      readonly text: string | null;
    };

/** Characters that hide what a name says: controls, line separators, direction controls, and what nobody sees. */
const hidden = /[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2028\u2029]/u;
const allHidden = new RegExp(hidden, 'gu');

/** The names that Windows keeps for devices, whatever their extension. */
const deviceName = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(\.|$)/i;

const maxNameCharacters = 200;
/** What common file systems take. */
const maxNameBytes = 255;

/**
 * What is wrong with the name of a file, as a sentence that says what to do; null when nothing is.
 *
 * A name that is accepted can be written to every common file system, and shows what it is: only its last extension counts,
 * so `report.exe.pdf` is a PDF, and it is the content that has to be one.
 */
export function nameProblem(name: string): string | null {
  if (name === '') return 'Give the file a name.';
  if (!name.isWellFormed()) return 'The name contains half of a character (an unpaired surrogate). Write it anew.';
  if ([...name].length > maxNameCharacters) return `Shorten the name to at most ${maxNameCharacters} characters.`;
  if (new TextEncoder().encode(name).length > maxNameBytes) {
    return `Shorten the name: in UTF-8 it may have at most ${maxNameBytes} bytes.`;
  }
  if (hidden.test(name)) {
    return 'Remove control characters, line breaks and invisible characters from the name.';
  }
  if (/[/\\:*?"<>|]/.test(name)) return 'Remove these characters from the name: / \\ : * ? " < > |';
  if (name.startsWith('.')) return 'The name must not begin with a dot.';
  if (name.endsWith('.')) return 'The name must not end with a dot.';
  if (name.trim() !== name) return 'Remove the space at the beginning or end of the name.';
  if (deviceName.test(name)) return 'Choose another name: Windows keeps this one for a device.';
  if (name.normalize('NFC') !== name) return 'Send the name in Unicode normalisation form C (NFC).';
  return null;
}

/** What is wrong with a name for a file of that type, as a sentence that says what to do; null when nothing is. */
export function typeProblem(name: string, type: MediaType): string | null {
  const { label, extensions } = fileKinds[type];
  const last = name.slice(name.lastIndexOf('.')).toLowerCase();
  if (name.includes('.') && extensions.some(extension => extension === last)) return null;
  return `The name of a file of the type ${label} ends in ${extensions.join(' or ')}. Change the name or the type.`;
}

/**
 * The `Content-Disposition` header under which a file is delivered (RFC 6266): the name in ASCII and, where that loses
 * something, the whole name as `filename*` (RFC 8187).
 */
export function contentDisposition(name: string, kind: 'inline' | 'attachment'): string {
  const ascii = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    // Some browsers would decode a percent sign, and backslash and quote end the quoted name.
    .replaceAll(/[^ -~]|["\\%]/gu, '_');
  const plain = `${kind}; filename="${ascii}"`;
  if (ascii === name) return plain;
  // What encodeURIComponent leaves, but RFC 8187 does not allow, is encoded as well.
  const whole = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${plain}; filename*=UTF-8''${whole}`;
}

const maxTitleCharacters = 300;

/** A title from the metadata of a file as one line of at most 300 characters; null when it says nothing. */
export function cleanTitle(title: unknown): string | null {
  if (typeof title !== 'string') return null;
  const line = title
    // Far longer ones than are kept need not be looked at.
    .slice(0, maxTitleCharacters * 10)
    .toWellFormed()
    .replaceAll(/[\s\u2028\u2029]+/gu, ' ')
    .replaceAll(allHidden, '')
    .trim();
  return /[\p{L}\p{N}]/u.test(line) ? [...line].slice(0, maxTitleCharacters).join('').trim() : null;
}
