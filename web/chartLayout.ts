/** Where the boxes and lines of the organisation chart stand. No measuring: the width of text is estimated. */
import { type BodyGroup, type BodyNode, countMembers } from './bodyTree.ts';
import { kindLabels } from './labels.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Chart {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly (Box & { readonly lines: readonly string[]; readonly caption: string })[];
  /** Frames around bodies of one kind, with how many they are. */
  readonly frames: readonly (Box & { readonly caption: string })[];
  /** The lines from body to body, as data of an SVG path. */
  readonly path: string;
}

export const lineHeight = 18;
const box = { width: 164, padding: 12, lines: 4, units: 18 };
const gap = { across: 24, down: 36, inFrame: 12, captionInFrame: 26 };

/** So many leaves of one kind stand in a frame. */
const framed = 3;
const widest = 920;
const tallest = 1400;

/** A part of the chart that can be put anywhere; `anchor` is where the line from above ends. */
interface Block {
  readonly width: number;
  readonly height: number;
  readonly anchor: number;
  put(x: number, y: number, into: Drawing): void;
}

interface Drawing {
  readonly boxes: Chart['boxes'][number][];
  readonly frames: Chart['frames'][number][];
  readonly path: string[];
}

/** Null when a picture would be wider or taller than a page should show; the list says the same. */
export function layOut(groups: readonly BodyGroup[]): Chart | null {
  const ways = [4, 3, 2, 1].map(columns => wrap(blocksOf(groups, columns)));
  const fitting = ways.filter(rows => rows.every(row => widthOf(row) <= widest) && heightOfRows(rows) <= tallest);
  const rows = fitting.find(way => way.length === 1) ?? fitting[0];
  if (rows === undefined) return null;
  const width = Math.max(...rows.map(widthOf));
  const drawing: Drawing = { boxes: [], frames: [], path: [] };
  let y = 1;
  for (const row of rows) {
    putRow(row, (width - widthOf(row)) / 2 + 1, y, drawing);
    y += rowHeight(row) + gap.down;
  }
  const { boxes, frames, path } = drawing;
  return { width: width + 2, height: heightOfRows(rows) + 2, boxes, frames, path: path.join('') };
}

/** Blocks at the top that do not fit beside each other stand below each other. */
function wrap(blocks: readonly Block[]): Block[][] {
  const rows: Block[][] = [];
  for (const block of blocks) {
    const last = rows.at(-1);
    if (last !== undefined && widthOf([...last, block]) <= widest) last.push(block);
    else rows.push([block]);
  }
  return rows;
}

function blocksOf(groups: readonly BodyGroup[], columns: number): Block[] {
  return groups.flatMap(({ kind, nodes }) => {
    const leaves = nodes.filter(node => node.groups.length === 0);
    if (leaves.length < framed) return nodes.map(node => branch(node, columns));
    const others = nodes.filter(node => node.groups.length > 0);
    const caption = `${leaves.length} ${kindLabels[kind].many}`;
    return [...others.map(node => branch(node, columns)), frame(leaves, caption, columns)];
  });
}

function branch({ body, groups }: BodyNode, columns: number): Block {
  const lines = wrapName(body.name);
  const people = body.seats === null || body.moreSeats ? 0 : countMembers(body.seats);
  const caption = people === 0 ? '' : people === 1 ? '1 person' : `${people} people`;
  const height = heightOf(lines, caption);
  const below = blocksOf(groups, columns);
  const rowWidth = below.length === 0 ? 0 : widthOf(below);
  const width = Math.max(box.width, rowWidth);
  const deepest = Math.max(0, ...below.map(block => block.height));
  const starts = startsOf(below, (width - rowWidth) / 2);
  const anchors = below.map((block, index) => (starts[index] ?? 0) + block.anchor);
  const anchor =
    anchors.length === 0 ? width / 2 : clamp(((anchors[0] ?? 0) + (anchors.at(-1) ?? 0)) / 2, box.width / 2, width);
  return {
    width,
    height: height + (below.length === 0 ? 0 : gap.down + deepest),
    anchor,
    put(x, y, into) {
      into.boxes.push({ x: x + anchor - box.width / 2, y, width: box.width, height, lines, caption });
      const bottom = y + height;
      for (const end of anchors) {
        into.path.push(`M${x + anchor} ${bottom}V${bottom + gap.down / 2}H${x + end}V${bottom + gap.down}`);
      }
      for (const [index, block] of below.entries()) block.put(x + (starts[index] ?? 0), bottom + gap.down, into);
    },
  };
}

function frame(leaves: readonly BodyNode[], caption: string, columns: number): Block {
  const across = Math.ceil(leaves.length / Math.ceil(leaves.length / columns));
  const cells = leaves.map(leaf => branch(leaf, 1));
  const rows = Array.from({ length: Math.ceil(cells.length / across) }, (_, row) =>
    cells.slice(row * across, (row + 1) * across),
  );
  const heights = rows.map(row => Math.max(...row.map(cell => cell.height)));
  const width = across * box.width + (across + 1) * gap.inFrame;
  const height = heights.reduce((sum, one) => sum + one + gap.inFrame, gap.captionInFrame);
  return {
    width,
    height,
    anchor: width / 2,
    put(x, y, into) {
      into.frames.push({ x, y, width, height, caption });
      let top = y + gap.captionInFrame;
      for (const [index, row] of rows.entries()) {
        for (const [column, cell] of row.entries()) {
          cell.put(x + gap.inFrame + column * (box.width + gap.inFrame), top, into);
        }
        top += (heights[index] ?? 0) + gap.inFrame;
      }
    },
  };
}

function putRow(blocks: readonly Block[], x: number, y: number, into: Drawing): void {
  const starts = startsOf(blocks, x);
  for (const [index, block] of blocks.entries()) block.put(starts[index] ?? x, y, into);
}

function startsOf(blocks: readonly Block[], from: number): number[] {
  let x = from;
  return blocks.map(block => {
    const start = x;
    x += block.width + gap.across;
    return start;
  });
}

const widthOf = (blocks: readonly Block[]) =>
  blocks.reduce((sum, block) => sum + block.width, 0) + gap.across * (blocks.length - 1);

const rowHeight = (blocks: readonly Block[]) => Math.max(...blocks.map(block => block.height));

const heightOfRows = (rows: readonly (readonly Block[])[]) =>
  rows.reduce((sum, row) => sum + rowHeight(row), 0) + gap.down * (rows.length - 1);

const heightOf = (lines: readonly string[], caption: string) =>
  2 * box.padding + lineHeight * (lines.length + (caption === '' ? 0 : 1));

const clamp = (value: number, margin: number, width: number) => Math.min(Math.max(value, margin), width - margin);

/** The name in lines that fit the box; what does not fit ends in an ellipsis. */
export function wrapName(name: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of name.split(/\s+/).flatMap(breakWord)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (unitsOf(longer) <= box.units) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  const shown = lines.filter(one => one !== '');
  if (shown.length <= box.lines) return shown;
  return [...shown.slice(0, box.lines - 1), `${shorten(shown[box.lines - 1] ?? '')}…`];
}

const shorten = (line: string) => (unitsOf(line) < box.units ? line : [...line].slice(0, -2).join(''));

function breakWord(word: string): string[] {
  const pieces = [''];
  for (const character of word) {
    if (unitsOf(`${pieces.at(-1)}${character}`) > box.units) pieces.push('');
    pieces[pieces.length - 1] += character;
  }
  return pieces;
}

/** Roughly how wide the text is, in average letters: ideographs and emoji take two. */
function unitsOf(text: string): number {
  let units = 0;
  for (const character of text)
    units += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : /[mwMW@]/.test(character) ? 1.4 : 1;
  return units;
}
