/** The fonts of what is printed, and which of them has which character. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create, type Font } from 'fontkit';
import type { Span } from './markdown.ts';
import type { Pdf } from './pdf.ts';

/** Latin, Greek, Cyrillic, Armenian and Georgian letters, and many signs. What the serif ones lack, the others may have. */
export const fontFiles = [
  'DejaVuSerif.ttf',
  'DejaVuSerif-Bold.ttf',
  'DejaVuSerif-Italic.ttf',
  'DejaVuSerif-BoldItalic.ttf',
  'DejaVuSans.ttf',
  'DejaVuSans-Bold.ttf',
] as const;
type FontFile = (typeof fontFiles)[number];

/** A piece of text in one font. */
export interface Run {
  readonly font: FontFile;
  readonly text: string;
}

export type Face = 'text' | 'label';

/** Shown in place of a character that cannot be printed. */
export const unprinted = '\ufffd';

/** The build puts them beside the bundle; they are read once, each when it is first needed. */
const beside = join(import.meta.dirname, 'fonts');
const folder = existsSync(beside)
  ? beside
  : join(dirname(createRequire(import.meta.filename).resolve('dejavu-fonts-ttf/package.json')), 'ttf');
const opened = new Map<FontFile, Font>();

function open(file: FontFile): Font {
  const known = opened.get(file);
  if (known !== undefined) return known;
  const font = create(readFileSync(join(folder, file)));
  if (!('hasGlyphForCodePoint' in font)) throw new Error(`${file} holds several fonts`);
  opened.set(file, font);
  return font;
}

/** Only fonts that are used become part of a PDF. Its type knows the names of files only, and not that it takes an open font. */
export const setFont = (pdf: Pdf, file: FontFile, points: number): Pdf =>
  pdf.registerFont(file, open(file) as unknown as string).font(file, points);

/** The best font first. */
function choice(face: Face, { bold, italic }: Omit<Span, 'text'>): FontFile[] {
  const sans: FontFile[] = bold ? ['DejaVuSans-Bold.ttf', 'DejaVuSans.ttf'] : ['DejaVuSans.ttf'];
  if (face === 'label') return sans;
  const slant = italic ? 'Italic' : '';
  const serif = bold || italic ? (`DejaVuSerif-${bold ? 'Bold' : ''}${slant}.ttf` as FontFile) : 'DejaVuSerif.ttf';
  return [serif, ...sans];
}

/** Nothing to see, and nothing lost: where a word may be divided, and how letters join. */
const invisible = /\u00ad|[\u200b-\u200d]|\u2060|\p{Variation_Selector}|\ufeff/gu;
/** Written from right to left, or steering that: set from left to right they would say something else. */
const notLeftToRight =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What setting a word costs grows with the square of its length: after so much of one, a line may end. */
const longestWord = 80;
const mayBreak = '\u200b';

/** The text in pieces, each in the first font that has all of it. What none has is replaced by one sign for each character. */
export function runsOf(spans: readonly Span[], face: Face): Run[] {
  const runs: { font: FontFile; text: string }[] = [];
  let unbroken = 0;
  for (const span of spans) {
    const fonts = choice(face, span);
    const text = span.text.replaceAll('\t', ' ').normalize('NFC');
    for (const { segment: whole } of characters.segment(text)) {
      const segment = whole.replaceAll(invisible, '');
      if (segment === '') continue;
      const isSpace = /^\s+$/u.test(segment);
      const last = runs.at(-1);
      // A space or a line end belongs to what is before it.
      const font = isSpace ? (last?.font ?? fonts[0]) : fontWith(segment, fonts);
      unbroken = isSpace ? 0 : unbroken + 1;
      const shown = font === undefined ? unprinted : segment;
      const put = { font: font ?? 'DejaVuSans.ttf', text: unbroken > longestWord ? mayBreak + shown : shown };
      if (unbroken > longestWord) unbroken = 1;
      if (last?.font === put.font) last.text += put.text;
      else runs.push(put);
    }
  }
  return runs;
}

function fontWith(character: string, fonts: readonly FontFile[]): FontFile | undefined {
  if (notLeftToRight.test(character)) return undefined;
  const codes = [...character].map(one => one.codePointAt(0) ?? 0);
  return fonts.find(file => codes.every(code => open(file).hasGlyphForCodePoint(code)));
}

/** A line of text without emphasis. */
export const plain = (text: string): Span[] => [{ text, bold: false, italic: false }];
export const bold = (text: string): Span[] => [{ text, bold: true, italic: false }];
