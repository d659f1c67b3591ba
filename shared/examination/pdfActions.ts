/** Finds what a PDF would run or start, in its bytes: it works on files too that no reader makes sense of (ISO 32000-2, 12.6). */
import { inflateSync } from 'node:zlib';

export type ActiveAction = 'JavaScript' | 'Launch';

/** In names, every character may be written as the number of its byte: `/J#61vaScript`. */
const name = (text: string) =>
  `/${[...text].map(letter => `(?:${letter}|#${letter.charCodeAt(0).toString(16).replace(/[a-f]/, '[$&]')})`).join('')}`;

/** White space and comments. */
const gap = '(?:[\\0\\t\\n\\f\\r ]|%[^\\r\\n]*[\\r\\n])*';
const actionOf = (kind: ActiveAction) =>
  new RegExp(`${name('S')}${gap}${name(kind)}(?![^\\0\\t\\n\\f\\r ()<>[\\]{}/%])`);
const actions: readonly (readonly [ActiveAction, RegExp])[] = [
  ['JavaScript', actionOf('JavaScript')],
  ['Launch', actionOf('Launch')],
];

/** Objects may be packed together in streams, each at most that large. */
const maxStreamBytes = 50_000_000;

/** The first action of that kind in the file, in its objects or packed in object streams; undefined when there is none. */
export function activeAction(bytes: Buffer): ActiveAction | undefined {
  const text = bytes.toString('latin1');
  const found = actionIn(text);
  if (found !== undefined) return found;
  for (const { index } of text.matchAll(/\/ObjStm/g)) {
    // The dictionary of a stream is short.
    const begins = text.slice(index, index + 2000).search(/stream\r?\n/);
    if (begins < 0) continue;
    const from = index + begins + (text.startsWith('stream\r\n', index + begins) ? 8 : 7);
    const ends = text.indexOf('endstream', from);
    const inside = actionIn(inflated(bytes.subarray(from, ends < 0 ? undefined : ends)));
    if (inside !== undefined) return inside;
  }
  return undefined;
}

const actionIn = (text: string) => actions.find(([, pattern]) => pattern.test(text))?.[0];

function inflated(packed: Buffer): string {
  try {
    // Streams that were cut, or have a line end after them, give what they hold.
    return inflateSync(packed, { maxOutputLength: maxStreamBytes, finishFlush: 2 }).toString('latin1');
  } catch {
    // Packed otherwise, or damaged: the reader may still find scripts in it.
    return '';
  }
}
