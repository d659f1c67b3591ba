/** Prints the certificate of a resolution: what was decided, how, by which rule, and a place for the secretary to sign. */
import { body, fitted, heading, heightOf, line, printBlocks, rows, type Setting, set } from './blocks.ts';
import { bold, plain, runsOf, unprinted } from './fonts.ts';
import { blocksOf } from './markdown.ts';
import { add, artifact, colours, type Element, newPdf, type Pdf, room, ruleAt, widthOf } from './pdf.ts';

type Row = readonly [string, string];

/** All that a certificate says. Texts of one line, unless said otherwise. */
export interface Certificate {
  readonly paper: 'A4' | 'LETTER';
  /** BCP 47. */
  readonly language: string;
  /** The day of issue, at noon. */
  readonly createdAt: Date;
  readonly organisation: string;
  readonly body: string;
  /** Such as `Resolution 2026-014`. */
  readonly named: string;
  readonly title: string;
  /** What later happened to it, where it does not read or hold as here any more; nothing else is as visible. */
  readonly warnings: readonly string[];
  /** Markdown. */
  readonly preamble: string;
  readonly text: string;
  /** How it was decided: facts, and then sentences. */
  readonly decision: readonly Row[];
  readonly explanation: readonly string[];
  readonly signatures: readonly Row[];
  /** What else there is to say of it, each with a heading. */
  readonly parts: readonly Part[];
  readonly attachments: readonly { readonly title: string; readonly about: string; readonly sha256: string }[];
  readonly textHash: string;
  /** How to come to the hash. */
  readonly recompute: string;
  /** Where the log proves what it says; empty where it proves nothing to everybody. */
  readonly sealed: readonly string[];
  /** What the secretary certifies. */
  readonly statement: string;
  /** Who holds the office today; null when nobody does, or it may not be told. */
  readonly secretary: string | null;
  /** Said of the line for the signature. */
  readonly office: string;
  readonly issued: string;
}

export interface Part {
  readonly heading: string;
  readonly rows: readonly Row[];
  /** A text that it gives to another resolution: its words are Markdown, its title is not. */
  readonly words: { readonly title: string; readonly preamble: string; readonly text: string } | null;
}

const margins = { top: 56, bottom: 76, left: 78, right: 72 };
const small: Setting = { face: 'label', points: 8.5, colour: colours.soft, lineGap: 2 };

export async function printCertificate(certificate: Certificate): Promise<Buffer> {
  const { paper, language, organisation, title, named, createdAt } = certificate;
  const { pdf, root, finish } = newPdf({
    paper,
    language,
    margins,
    title: `${named}: ${title}`,
    author: organisation,
    subject: `Certificate of ${named}`,
    createdAt,
    embedsFonts: true,
  });
  titleBlock(pdf, root, certificate);
  words(pdf, root, certificate);
  decision(pdf, root, certificate);
  for (const part of certificate.parts) {
    heading(pdf, root, part.heading);
    if (part.words !== null) {
      line(pdf, root, 'P', bold(part.words.title), body, 4);
      printBlocks(pdf, root, blocksOf(part.words.preamble, isLong(certificate)));
      printBlocks(pdf, root, blocksOf(part.words.text, isLong(certificate)));
    }
    rows(pdf, root, part.rows);
  }
  attached(pdf, root, certificate);
  proof(pdf, root, certificate);
  signatureBlock(pdf, root, certificate);
  return finish((index, count) => furniture(pdf, certificate, index, count));
}

function titleBlock(pdf: Pdf, root: Element, { organisation, body: by, named, title, warnings }: Certificate): void {
  line(pdf, root, 'P', bold(organisation), { face: 'label', points: 10.5, colour: colours.accent });
  line(pdf, root, 'P', plain(`Certificate  ·  ${by}  ·  ${named}`), { ...small, points: 9.5 }, 3);
  line(pdf, root, 'H1', bold(title), { face: 'text', points: 20, colour: colours.ink, lineGap: 2 }, 14);
  pdf.y += 4;
  artifact(pdf, 'Layout', () => ruleAt(pdf, pdf.y));
  for (const warning of warnings) warn(pdf, root, warning);
}

function warn(pdf: Pdf, root: Element, text: string): void {
  const width = widthOf(pdf) - 28;
  const setting: Setting = { face: 'label', points: 10, colour: colours.rule, lineGap: 2 };
  const height = heightOf(pdf, bold(text), setting, width) + 18;
  room(pdf, height + 10);
  const y = pdf.y + 10;
  artifact(pdf, 'Layout', () => {
    const { left } = pdf.page.margins;
    pdf.rect(left, y, widthOf(pdf), height).lineWidth(1).stroke(colours.rule);
    pdf.rect(left, y, 4, height).fill(colours.rule);
  });
  add(root, pdf, 'P', () => set(pdf, bold(text), { ...setting, indent: 16 }, { y: y + 9, width }));
  pdf.y = y + height;
}

/** So many lines in lists would make a file that is larger than a function may answer. */
const mostLines = 3000;

function isLong({ preamble, text, parts }: Certificate): boolean {
  const all = [preamble, text, ...parts.flatMap(part => [part.words?.preamble ?? '', part.words?.text ?? ''])];
  return all.reduce((sum, one) => sum + one.split('\n').length, 0) > mostLines;
}

function words(pdf: Pdf, root: Element, certificate: Certificate): void {
  const { preamble, text } = certificate;
  if (preamble.trim() !== '') {
    heading(pdf, root, 'Preamble');
    printBlocks(pdf, root, blocksOf(preamble, isLong(certificate)));
  }
  heading(pdf, root, 'Text');
  printBlocks(pdf, root, blocksOf(text, isLong(certificate)));
}

function decision(pdf: Pdf, root: Element, { decision: facts, explanation, signatures }: Certificate): void {
  heading(pdf, root, 'How it was decided');
  rows(pdf, root, facts);
  if (explanation.length > 0) line(pdf, root, 'P', plain(explanation.join(' ')), body, 8);
  if (signatures.length === 0) return;
  heading(pdf, root, 'Signatures', 'H3');
  rows(pdf, root, signatures);
}

function attached(pdf: Pdf, root: Element, { attachments }: Certificate): void {
  if (attachments.length === 0) return;
  heading(pdf, root, 'Attached');
  for (const { title, about, sha256 } of attachments) {
    line(pdf, root, 'P', plain(title), body, 6);
    line(pdf, root, 'P', plain(`${about}SHA-256 ${sha256}`), small, 1);
  }
}

function proof(pdf: Pdf, root: Element, certificate: Certificate): void {
  heading(pdf, root, 'Hash of the text');
  line(pdf, root, 'P', plain(certificate.textHash), { ...body, face: 'label', points: 9 }, 5);
  line(pdf, root, 'P', plain(certificate.recompute), small, 4);
  if (!isComplete(certificate)) {
    const note = `Characters that cannot be set here are shown as ${unprinted}. The hash is of the text as it was written.`;
    line(pdf, root, 'P', bold(note), small, 4);
  }
  if (certificate.sealed.length > 0) heading(pdf, root, 'In the log');
  for (const text of certificate.sealed) line(pdf, root, 'P', plain(text), small, 4);
}

/** Whether every character of the resolution is printed as it is. */
function isComplete({ organisation, body: by, title, preamble, text, secretary, ...rest }: Certificate): boolean {
  const { decision: facts, signatures, parts, attachments } = rest;
  const cells = [...facts, ...signatures, ...parts.flatMap(part => part.rows)].flat();
  const files = [
    ...attachments.flatMap(file => [file.title, file.about]),
    ...parts.flatMap(part => Object.values(part.words ?? {})),
  ];
  const all = [organisation, by, title, preamble, text, secretary ?? '', ...cells, ...files].join('\n');
  return !runsOf(plain(all), 'text').some(run => run.text.includes(unprinted));
}

/** On one page, whatever is before it. */
function signatureBlock(pdf: Pdf, root: Element, { statement, secretary, office, issued }: Certificate): void {
  const height = heightOf(pdf, plain(statement), body, widthOf(pdf)) + 108;
  room(pdf, height + 16);
  pdf.y += 16;
  artifact(pdf, 'Layout', () => ruleAt(pdf, pdf.y));
  line(pdf, root, 'P', plain(statement), body, 10);
  line(pdf, root, 'P', plain(issued), small, 6);
  const half = (widthOf(pdf) - 24) / 2;
  const y = pdf.y + 44;
  artifact(pdf, 'Layout', () => {
    const { left } = pdf.page.margins;
    for (const x of [left, left + half + 24]) {
      pdf
        .moveTo(x, y)
        .lineTo(x + half, y)
        .lineWidth(0.8)
        .stroke(colours.ink);
    }
  });
  const under: Setting = { ...small, colour: colours.ink };
  add(root, pdf, 'P', () => {
    if (secretary !== null) set(pdf, bold(secretary), under, { y: y + 6, width: half });
    set(pdf, plain(office), small, { y: secretary === null ? y + 6 : pdf.y + 1, width: half });
  });
  add(root, pdf, 'P', () => set(pdf, plain('Date'), { ...small, indent: half + 24 }, { y: y + 6, width: half }));
}

/** The foot of every page. */
function furniture(pdf: Pdf, { organisation, named, title, issued }: Certificate, index: number, count: number): void {
  const { page } = pdf;
  const end = page.height - 60;
  ruleAt(pdf, end);
  const { bottom } = page.margins;
  // Nothing at the foot may begin another page.
  page.margins.bottom = 0;
  const foot: Setting = { face: 'label', points: 7.5, colour: colours.soft };
  const width = widthOf(pdf) - 60;
  for (const [row, text] of [`${named}  ·  ${organisation}`, title, issued].entries()) {
    set(pdf, plain(fitted(pdf, text, foot, width)), foot, { y: end + 8 + row * 11, width: widthOf(pdf) });
  }
  const number = `${index + 1} of ${count}`;
  const at = widthOf(pdf) - pdf.widthOfString(number) - 2;
  set(pdf, plain(number), { ...foot, indent: at }, { y: end + 8, width: 60 });
  page.margins.bottom = bottom;
}
