/** Prints a text of the demonstration book as a small PDF: tagged, in one language, and the same bytes every time. */
import PDFDocument from 'pdfkit';
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

const colours = {
  ink: '#1a242e',
  soft: '#55606a',
  rule: '#c4594a',
  accent: '#1b4d6e',
  wash: '#f1eee4',
  line: '#dcd8cc',
};
const fonts = { text: 'Times-Roman', bold: 'Times-Bold', label: 'Helvetica', heading: 'Helvetica-Bold' };
const left = 104;
const right = 72;
const foot = 80;

/** What the fonts that every reader has can print: Windows code page 1252. */
const unprintable = /[^ -~\u00a0-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/u;

type Pdf = InstanceType<typeof PDFDocument>;
type Element = ReturnType<Pdf['struct']>;

/** @throws {Error} a text has a character that cannot be printed. */
export async function printPdf(printed: PrintedFile): Promise<Buffer> {
  demandPrintable(printed);
  const { organisation, title, file, print } = printed;
  const pdf = new PDFDocument({
    size: print.paper,
    margins: { top: 66, bottom: foot, left, right },
    pdfVersion: '1.7',
    lang: print.language,
    tagged: true,
    displayTitle: true,
    bufferPages: true,
    info: {
      Title: title,
      Author: organisation,
      Subject: print.mark,
      CreationDate: new Date(`${file.date}T12:00:00Z`),
    },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', chunk => chunks.push(chunk));
  const ended = new Promise((resolve, reject) => pdf.on('end', resolve).on('error', reject));
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  titleBlock(pdf, root, printed);
  for (const section of file.sections) printSection(pdf, root, section);
  if (file.signed !== undefined) signature(pdf, root, file.signed);
  root.end();
  furniture(pdf, printed);
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

const widthOf = (pdf: Pdf) => pdf.page.width - left - right;

/** Adds a part of the text to the structure that readers for the blind follow. */
function add(parent: Element, pdf: Pdf, type: string, draw: () => void): void {
  parent.add(pdf.struct(type, {}, draw));
}

function group(parent: Element, pdf: Pdf, type: string, fill: (element: Element) => void): void {
  const element = pdf.struct(type);
  parent.add(element);
  fill(element);
  element.end();
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

/** What is only for the eye. */
function artifact(pdf: Pdf, type: 'Layout' | 'Pagination', draw: () => void): void {
  pdf.markContent('Artifact', { type });
  draw();
  pdf.endMarkedContent();
}

/** Begins a page when less than that is left of this one. */
function room(pdf: Pdf, points: number): void {
  if (pdf.y + points > pdf.page.height - foot) pdf.addPage();
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
  artifact(pdf, 'Layout', () =>
    pdf
      .moveTo(left, end)
      .lineTo(left + widthOf(pdf), end)
      .lineWidth(0.5)
      .stroke(colours.line),
  );
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
function furniture(pdf: Pdf, { organisation, title, print }: PrintedFile): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let index = 0; index < count; index++) {
    pdf.switchToPage(start + index);
    const { page } = pdf;
    const end = page.height - 58;
    artifact(pdf, 'Pagination', () => {
      for (const [x, thick] of [
        [left - 28, 0.9],
        [left - 32, 0.9],
      ] as const) {
        pdf.moveTo(x, 0).lineTo(x, page.height).lineWidth(thick).stroke(colours.rule);
      }
      pdf
        .moveTo(left, end)
        .lineTo(page.width - right, end)
        .lineWidth(0.5)
        .stroke(colours.line);
      // Nothing at the foot may begin another page.
      page.margins.bottom = 0;
      const width = widthOf(pdf);
      const line = { lineBreak: false, height: 12, ellipsis: true } as const;
      pdf.font(fonts.label, 8.5).fillColor(colours.soft);
      pdf.text(`${organisation}  ·  ${title}`, left, end + 8, { ...line, width: width - 60 });
      pdf.text(print.mark, left, end + 20, { ...line, width: width - 60 });
      const number = `${index + 1} of ${count}`;
      pdf.text(number, page.width - right - pdf.widthOfString(number), end + 8, line);
    });
  }
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
