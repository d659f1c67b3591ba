/** Sets text: lines, paragraphs, lists, rows, in fonts that have their characters, tagged for those who hear it. */
import { bold, type Face, plain, runsOf, setFont } from './fonts.ts';
import type { Block, Item, Span } from './markdown.ts';
import { add, artifact, colours, type Element, group, type Pdf, room, ruleAt, widthOf } from './pdf.ts';

export interface Setting {
  readonly face: Face;
  readonly points: number;
  readonly colour: string;
  /** From the left margin. */
  readonly indent?: number;
  readonly lineGap?: number;
}

export const body: Setting = { face: 'text', points: 10, colour: colours.ink, lineGap: 3 };
const label: Setting = { face: 'label', points: 8.5, colour: colours.soft, lineGap: 2 };

/** Sets spans from where the page is filled to, or at a height; nothing where they are empty. */
export function set(
  pdf: Pdf,
  spans: readonly Span[],
  setting: Setting,
  place: { y?: number; width?: number } = {},
): void {
  const { face, points, colour, indent = 0, lineGap = 0 } = setting;
  const runs = runsOf(spans, face);
  const width = place.width ?? widthOf(pdf) - indent;
  for (const [index, { font, text }] of runs.entries()) {
    const options = { width, lineGap, continued: index < runs.length - 1 };
    setFont(pdf, font, points).fillColor(colour);
    if (index > 0) pdf.text(text, options);
    else pdf.text(text, pdf.page.margins.left + indent, place.y ?? pdf.y, options);
  }
}

/** How tall the text will be. */
export function heightOf(
  pdf: Pdf,
  spans: readonly Span[],
  { face, points, lineGap = 0 }: Setting,
  width: number,
): number {
  const runs = runsOf(spans, face);
  const [first] = runs;
  if (first === undefined) return 0;
  // Of the fonts, one is measured: the others of its family are as high, and nearly as wide.
  const text = runs.map(run => run.text).join('');
  return setFont(pdf, first.font, points).heightOfString(text, { width, lineGap });
}

/** As much of the text as fits on one line of that width. */
export function fitted(pdf: Pdf, text: string, { face, points }: Setting, width: number): string {
  const wide = (some: string) =>
    runsOf(plain(some), face).reduce((sum, run) => sum + setFont(pdf, run.font, points).widthOfString(run.text), 0);
  if (wide(text) <= width) return text;
  const characters = [...text];
  while (characters.length > 0 && wide(`${characters.join('')}…`) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

export function line(
  pdf: Pdf,
  parent: Element,
  type: string,
  spans: readonly Span[],
  setting: Setting,
  above = 0,
): void {
  room(pdf, above + setting.points * 2.5);
  pdf.y += above;
  add(parent, pdf, type, () => set(pdf, spans, setting));
}

export const heading = (pdf: Pdf, parent: Element, text: string, type = 'H2'): void => {
  room(pdf, 64);
  line(pdf, parent, type, bold(text), { face: 'label', points: 11, colour: colours.accent }, 12);
  pdf.y += 2;
};

export function printBlocks(pdf: Pdf, parent: Element, blocks: readonly Block[], indent = 0): void {
  for (const block of blocks) printBlock(pdf, parent, block, indent);
}

function printBlock(pdf: Pdf, parent: Element, block: Block, indent: number): void {
  const at = { ...body, indent };
  switch (block.kind) {
    case 'paragraph':
      line(pdf, parent, 'P', block.spans, at, 5);
      break;
    case 'heading':
      room(pdf, 56);
      line(pdf, parent, 'H3', block.spans.map(strong), { ...at, points: block.depth < 3 ? 11.5 : 10.5 }, 9);
      break;
    case 'source':
      line(pdf, parent, 'P', plain(block.text), { ...at, indent: indent + 14, colour: colours.soft }, 5);
      break;
    case 'quote':
      group(parent, pdf, 'BlockQuote', quote => printBlocks(pdf, quote, block.blocks, indentedBy(pdf, indent, 18)));
      break;
    case 'list':
      group(parent, pdf, 'L', list => {
        for (const item of block.items) printItem(pdf, list, item, indent);
      });
      break;
    case 'rule':
      room(pdf, 20);
      pdf.y += 10;
      artifact(pdf, 'Layout', () => ruleAt(pdf, pdf.y));
      pdf.y += 4;
  }
}

const strong = (span: Span): Span => ({ ...span, bold: true });

/** What is nested ever deeper keeps room for its words. */
const indentedBy = (pdf: Pdf, indent: number, more: number) => Math.min(indent + more, widthOf(pdf) / 2);

function printItem(pdf: Pdf, list: Element, { label: mark, blocks }: Item, indent: number): void {
  room(pdf, 34);
  // Longer numbers have wider margins.
  const within = indentedBy(pdf, indent, Math.max(18, 8 + mark.length * 6.5));
  const { y } = pdf;
  group(list, pdf, 'LI', item => {
    add(item, pdf, 'Lbl', () => set(pdf, plain(mark), { ...body, indent }, { y: y + 5, width: within - indent }));
    pdf.y = y;
    group(item, pdf, 'LBody', inner => printBlocks(pdf, inner, blocks, within));
  });
  if (blocks.length === 0) pdf.y = y + 18;
}

/** A table of two columns; the first names what stands in the second. */
export function rows(pdf: Pdf, parent: Element, all: readonly (readonly [string, string])[]): void {
  if (all.length === 0) return;
  const first = 118;
  group(parent, pdf, 'Table', table => {
    for (const [name, value] of all) {
      const width = widthOf(pdf) - first;
      const tall = Math.max(
        heightOf(pdf, plain(name), label, first - 12),
        Math.min(heightOf(pdf, plain(value), body, width), 120),
      );
      room(pdf, tall + 6);
      const { y } = pdf;
      group(table, pdf, 'TR', row => {
        add(row, pdf, 'TH', () => set(pdf, plain(name), label, { y: y + 4.5, width: first - 12 }));
        const under = pdf.y;
        add(row, pdf, 'TD', () => set(pdf, plain(value), { ...body, indent: first }, { y: y + 3 }));
        // Unless the value went on to another page, the longer of the two counts.
        if (pdf.y > y) pdf.y = Math.max(pdf.y, under);
      });
    }
  });
}
