/** What every PDF of the book has in common: it is tagged, says its language, and is the same bytes for the same content. */
import PDFDocument from 'pdfkit';

export type Pdf = InstanceType<typeof PDFDocument>;
export type Element = ReturnType<Pdf['struct']>;

export interface Sheet {
  readonly paper: 'A4' | 'LETTER';
  /** BCP 47. */
  readonly language: string;
  /** In points. */
  readonly margins: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  /** Nothing of the clock is in a file but this. */
  readonly createdAt: Date;
  /** Set where all fonts become part of the file: then none of those that every reader has is looked at. */
  readonly embedsFonts?: true;
}

export interface Printing {
  readonly pdf: Pdf;
  /** The structure that readers for the blind follow. */
  readonly root: Element;
  /** Ends the file. @param furnish draws on each page what all pages have; of how many it is. */
  finish(furnish: (index: number, count: number) => void): Promise<Buffer>;
}

export const colours = {
  ink: '#1a242e',
  soft: '#55606a',
  rule: '#c4594a',
  accent: '#1b4d6e',
  wash: '#f1eee4',
  line: '#dcd8cc',
};

export function newPdf({ paper, language, margins, title, author, subject, createdAt, embedsFonts }: Sheet): Printing {
  const options = {
    size: paper,
    margins,
    pdfVersion: '1.7',
    lang: language,
    tagged: true,
    displayTitle: true,
    bufferPages: true,
    info: { Title: title, Author: author, Subject: subject, CreationDate: createdAt },
  } as const;
  const pdf = new PDFDocument({ ...options, ...(embedsFonts ? { font: '' } : {}) });
  const chunks: Buffer[] = [];
  pdf.on('data', chunk => chunks.push(chunk));
  const ended = new Promise((resolve, reject) => pdf.on('end', resolve).on('error', reject));
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  return {
    pdf,
    root,
    async finish(furnish) {
      root.end();
      const { start, count } = pdf.bufferedPageRange();
      for (let index = 0; index < count; index++) {
        pdf.switchToPage(start + index);
        artifact(pdf, 'Pagination', () => furnish(index, count));
      }
      pdf.end();
      await ended;
      return Buffer.concat(chunks);
    },
  };
}

/** The width between the margins. */
export const widthOf = ({ page }: Pdf) => page.width - page.margins.left - page.margins.right;

/** Adds a part of the text to the structure. */
export function add(parent: Element, pdf: Pdf, type: string, draw: () => void): void {
  parent.add(pdf.struct(type, {}, draw));
}

export function group(parent: Element, pdf: Pdf, type: string, fill: (element: Element) => void): void {
  const element = pdf.struct(type);
  parent.add(element);
  fill(element);
  element.end();
}

/** What is only for the eye. */
export function artifact(pdf: Pdf, type: 'Layout' | 'Pagination', draw: () => void): void {
  pdf.markContent('Artifact', { type });
  draw();
  pdf.endMarkedContent();
}

/** Begins a page when less than that is left of this one. */
export function room(pdf: Pdf, points: number): void {
  if (pdf.y + points > pdf.page.height - pdf.page.margins.bottom) pdf.addPage();
}

/** A fine line over the width of the text, at that height. */
export function ruleAt(pdf: Pdf, y: number): void {
  const { left } = pdf.page.margins;
  pdf
    .moveTo(left, y)
    .lineTo(left + widthOf(pdf), y)
    .lineWidth(0.5)
    .stroke(colours.line);
}
