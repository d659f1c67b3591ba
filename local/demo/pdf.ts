/** Prints a text of the demonstration book as a small PDF: tagged, in one language, and the same bytes every time. */
import {
  add,
  artifact,
  colours,
  type Element,
  group,
  newPdf,
  type Pdf,
  room,
  ruleAt,
  widthOf,
} from '../../shared/print/pdf.ts';
import { dayText } from '../../web/dates.ts';

/** One file: what it is called, the day it bears, and what it says. */
export interface DemoFile {
  readonly name: string;
  readonly date: string;
  /** A line under the title. */
  readonly about?: string;
  readonly sections: readonly DemoSection[];
  /** Who signed it, as the last line. */
  readonly signed?: string;
  /** What a reader has to know of it, in place of what the book says of all its files. */
  readonly note?: string;
}

export interface DemoSection {
  readonly heading?: string;
  readonly text?: readonly string[];
  readonly points?: readonly string[];
  /** A table of two columns; the first names what stands in the second. */
  readonly rows?: readonly (readonly [string, string])[];
}

/** How all files of a book are printed. */
export interface Print {
  readonly paper: 'A4' | 'LETTER';
  /** BCP 47. */
  readonly language: string;
  /** Stands at the foot of every page. */
  readonly mark: string;
  /** What a reader has to know of every file that says nothing else. */
  readonly note: string;
}

/** What is printed, of whom. */
export interface PrintedFile {
  readonly organisation: string;
  readonly title: string;
  readonly file: DemoFile;
  readonly print: Print;
}

const fonts = { text: 'Times-Roman', bold: 'Times-Bold', label: 'Helvetica', heading: 'Helvetica-Bold' };
const left = 104;
const right = 72;
const foot = 80;

/** What the fonts that every reader has can print: Windows code page 1252. */
const unprintable = /[^ -~\u00a0-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/u;

/** @throws {Error} a text has a character that cannot be printed. */
export async function printPdf(printed: PrintedFile): Promise<Buffer> {
  demandPrintable(printed);
  const { organisation, title, file, print } = printed;
  const { pdf, root, finish } = newPdf({
    paper: print.paper,
    language: print.language,
    margins: { top: 66, bottom: foot, left, right },
    title,
    author: organisation,
    subject: print.mark,
    createdAt: new Date(`${file.date}T12:00:00Z`),
  });
  titleBlock(pdf, root, printed);
  for (const section of file.sections) printSection(pdf, root, section);
  if (file.signed !== undefined) signature(pdf, root, file.signed);
  return finish((index, count) => furniture(pdf, printed, index, count));
}

/** Nothing, when it would be a group of nothing. */
function groupOf<T>(
  items: readonly T[],
  parent: Element,
  pdf: Pdf,
  type: string,
  print: (pdf: Pdf, element: Element, item: T) => void,
): void {
  if (items.length === 0) return;
  group(parent, pdf, type, element => {
    for (const item of items) print(pdf, element, item);
  });
}

function titleBlock(pdf: Pdf, root: Element, { organisation, title, file, print }: PrintedFile): void {
  const width = widthOf(pdf);
  add(root, pdf, 'P', () =>
    pdf.font(fonts.label, 10.5).fillColor(colours.accent).text(organisation, left, 66, { width }),
  );
  pdf.y += 8;
  add(root, pdf, 'H1', () =>
    pdf.font(fonts.bold, 25).fillColor(colours.ink).text(title, left, pdf.y, { width, lineGap: 1 }),
  );
  pdf.y += 5;
  const line = [file.about, dayText(file.date)].filter(part => part !== undefined).join('  ·  ');
  add(root, pdf, 'P', () => pdf.font(fonts.label, 10.5).fillColor(colours.soft).text(line, left, pdf.y, { width }));
  pdf.y += 14;
  const note = file.note ?? print.note;
  const height = pdf.font(fonts.label, 9.5).heightOfString(note, { width: width - 26, lineGap: 2 }) + 17;
  const { y } = pdf;
  artifact(pdf, 'Layout', () => {
    pdf.rect(left, y, width, height).fill(colours.wash);
    pdf.rect(left, y, 3, height).fill(colours.accent);
  });
  add(root, pdf, 'P', () =>
    pdf.fillColor(colours.ink).text(note, left + 15, y + 10, { width: width - 26, lineGap: 2 }),
  );
  pdf.y = y + height + 6;
}

function printSection(pdf: Pdf, root: Element, { heading, text = [], points = [], rows = [] }: DemoSection): void {
  const width = widthOf(pdf);
  group(root, pdf, 'Sect', section => {
    if (heading !== undefined) {
      room(pdf, 66);
      pdf.y += 13;
      const draw = () => pdf.font(fonts.heading, 12.5).fillColor(colours.accent).text(heading, left, pdf.y, { width });
      add(section, pdf, 'H2', draw);
    }
    for (const paragraph of text) {
      room(pdf, 34);
      pdf.y += 6;
      add(section, pdf, 'P', () => body(pdf).text(paragraph, left, pdf.y, { width, lineGap: 2.5 }));
    }
    groupOf(points, section, pdf, 'L', printPoint);
    groupOf(rows, section, pdf, 'Table', printRow);
  });
}

const body = (pdf: Pdf) => pdf.font(fonts.text, 11).fillColor(colours.ink);

function printPoint(pdf: Pdf, list: Element, point: string): void {
  room(pdf, 34);
  pdf.y += 5;
  const { y } = pdf;
  group(list, pdf, 'LI', item => {
    add(item, pdf, 'Lbl', () =>
      body(pdf)
        .fillColor(colours.rule)
        .text('•', left + 2, y, { lineBreak: false }),
    );
    const width = widthOf(pdf) - 16;
    add(item, pdf, 'LBody', () => body(pdf).text(point, left + 16, y, { width, lineGap: 2.5 }));
  });
}

function printRow(pdf: Pdf, table: Element, [name, value]: readonly [string, string]): void {
  const first = 132;
  const width = widthOf(pdf) - first;
  const height = (of: string, wide: number) => body(pdf).heightOfString(of, { width: wide, lineGap: 2 });
  const tall = Math.max(height(name, first - 14), height(value, width));
  room(pdf, tall + 16);
  pdf.y += 6;
  const { y } = pdf;
  group(table, pdf, 'TR', row => {
    const label = () => body(pdf).fillColor(colours.soft);
    add(row, pdf, 'TH', () => label().text(name, left, y, { width: first - 14, lineGap: 2 }));
    add(row, pdf, 'TD', () => body(pdf).text(value, left + first, y, { width, lineGap: 2 }));
  });
  pdf.y = y + tall + 5;
  const { y: end } = pdf;
  artifact(pdf, 'Layout', () => ruleAt(pdf, end));
}

function signature(pdf: Pdf, root: Element, signed: string): void {
  room(pdf, 36);
  pdf.y += 22;
  add(root, pdf, 'P', () =>
    body(pdf)
      .font('Times-Italic', 11)
      .text(signed, left, pdf.y, { width: widthOf(pdf) }),
  );
}

/** The margin line and the foot of every page. */
function furniture(pdf: Pdf, { organisation, title, print }: PrintedFile, index: number, count: number): void {
  const { page } = pdf;
  const end = page.height - 58;
  for (const x of [left - 28, left - 32]) {
    pdf.moveTo(x, 0).lineTo(x, page.height).lineWidth(0.9).stroke(colours.rule);
  }
  ruleAt(pdf, end);
  // Nothing at the foot may begin another page.
  page.margins.bottom = 0;
  const width = widthOf(pdf);
  const line = { lineBreak: false, height: 12, ellipsis: true } as const;
  pdf.font(fonts.label, 8.5).fillColor(colours.soft);
  pdf.text(`${organisation}  ·  ${title}`, left, end + 8, { ...line, width: width - 60 });
  pdf.text(print.mark, left, end + 20, { ...line, width: width - 60 });
  const number = `${index + 1} of ${count}`;
  pdf.text(number, page.width - right - pdf.widthOfString(number), end + 8, line);
}

function demandPrintable({ organisation, title, file, print }: PrintedFile): void {
  const { about = '', signed = '', note = '', sections } = file;
  const texts = sections.flatMap(({ heading = '', text = [], points = [], rows = [] }) => [
    heading,
    ...text,
    ...points,
    ...rows.flat(),
  ]);
  for (const text of [organisation, title, about, signed, note, print.mark, print.note, ...texts]) {
    const found = unprintable.exec(text);
    if (found !== null) throw new Error(`"${title}" cannot be printed: its fonts have no "${found[0]}", in "${text}".`);
  }
}
