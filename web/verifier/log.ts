/** Reads a whole log, or what was added to it, and checks every entry and every tile against the signed root (C2SP tlog-tiles). */
import { type Bytes, decodeText, isSame, joined, NotContinued, NotProven } from './bytes.ts';
import { Unreadable } from './fetching.ts';
import { type Judged, judge, type Policy } from './policy.ts';
import { type Checkpoint, type Head, leafHash, mostCheckpointBytes, readCheckpoint, readEntry } from './proof.ts';
import { addLeaves, type Edge, entriesIn, hashesIn, pathOf, rootOf, sizeOf, tileWidth } from './tree.ts';

/**
 * Reads a file of the log by its path, such as `checkpoint` or `tile/0/000`; null when there is none.
 * @param most more bytes than that it has not: what is longer may be cut off behind one more.
 */
export type ReadLog = (path: string, most: number) => Promise<Uint8Array | null>;

export interface Walk {
  /** Where an earlier reading ended; what the log shows has to continue it. */
  readonly from?: Head;
  /** Every entry that is read for the first time, with the time that it says. */
  readonly onEntry?: (index: number, at: string) => void;
  readonly onProgress?: (done: number, of: number) => void;
  /** How wide the files of that tile are that lie there, by the path of the full one; they are checked as well. */
  readonly widths?: (path: string) => Promise<readonly number[]>;
}

/** A log that was checked. */
export interface LogFinding extends Judged {
  readonly checkpoint: Checkpoint;
  /** How many entries were read, and how many tiles and bundles. */
  readonly entries: number;
  readonly files: number;
}

/** Longer entries no book has: `{"at":"...","seal":"...","v":1}` */
const mostEntryBytes = 130;
const mostBundleBytes = tileWidth * (2 + mostEntryBytes);

/** Nobody waits for more, nor believes without reading that there are so many. */
const mostEntries = 100_000_000;

/** So many bundles are asked for before they are needed. */
const bundlesAhead = 6;

/** @throws {NotProven} the log has no checkpoint that can be believed. */
export async function readHead(read: ReadLog, policy: Policy): Promise<Judged & { readonly checkpoint: Checkpoint }> {
  const bytes = await read('checkpoint', mostCheckpointBytes);
  if (bytes === null) throw new NotProven('The log has no checkpoint.');
  const checkpoint = readCheckpoint(decodeText(bytes, 'The checkpoint'));
  return { checkpoint, ...(await judge(checkpoint, policy)) };
}

/** @throws {NotProven} what is wrong with the log; and whatever reading throws. */
export async function verifyLog(read: ReadLog, policy: Policy, walk: Walk = {}): Promise<LogFinding> {
  return verifyLogAt(await readHead(read, policy), read, walk);
}

/** As `verifyLog`, for a checkpoint that was read and judged. @throws {NotProven} @throws {Unreadable} it is too long. */
export async function verifyLogAt(
  head: Judged & { readonly checkpoint: Checkpoint },
  read: ReadLog,
  { from, onEntry, onProgress, widths }: Walk = {},
): Promise<LogFinding> {
  const { size, root } = head.checkpoint;
  if (size - (from?.size ?? 0) > mostEntries) {
    throw new Unreadable(`The log says that it has ${size} entries. More than ${mostEntries} are not read at once.`);
  }
  let files = 0;

  /** A tile or bundle; the beginning of the full one where the partial one is gone. @throws {NotProven} neither is there. */
  async function readTile(kind: number | 'entries', index: number, width: number) {
    const path = pathOf(kind, index, width);
    const most = kind === 'entries' ? mostBundleBytes : 32 * tileWidth;
    const own = await read(path, most);
    const bytes = own ?? (width < tileWidth ? await read(pathOf(kind, index, tileWidth), most) : null);
    if (bytes === null) throw new NotProven(`${path} is missing.`);
    if (bytes.length > most) throw new NotProven(`${path} is longer than it can be.`);
    files++;
    return { path, bytes, isWhole: own !== null };
  }

  /** What lies beside a file in other widths has to be its beginning. */
  async function checkWidths(kind: number | 'entries', index: number, own: Uint8Array, ends: readonly number[]) {
    const present = (await widths?.(pathOf(kind, index, tileWidth))) ?? [];
    for (const width of present.filter(one => one < ends.length)) {
      const { path, bytes } = await readTile(kind, index, width);
      if (!isSame(bytes, own.subarray(0, ends[width - 1]))) throw new NotProven(`${path} is not what it should be.`);
    }
  }

  async function checkHashes(level: number, index: number, hashes: readonly Uint8Array[]): Promise<void> {
    const { path, bytes, isWhole } = await readTile(level, index, hashes.length);
    const own = joined(...hashes);
    if (!isSame(isWhole ? bytes : bytes.subarray(0, own.length), own)) {
      throw new NotProven(`${path} does not fit the entries below it.`);
    }
    const ends = hashes.map((_, place) => 32 * (place + 1));
    await checkWidths(level, index, own, ends);
  }

  async function readBundle(index: number) {
    const width = Math.min(tileWidth, size - index * tileWidth);
    const { path, bytes, isWhole } = await readTile('entries', index, width);
    const { entries, ends } = entriesIn(bytes, width, path);
    if (isWhole && ends.at(-1) !== bytes.length) {
      throw new NotProven(`${path} has more entries than it should have.`);
    }
    await checkWidths('entries', index, bytes, ends);
    return { path, entries, leaves: await Promise.all(entries.map(leafHash)) };
  }

  const edge = await edgeOf(from, head.checkpoint, readTile);
  const begun = sizeOf(edge);
  const first = Math.floor(begun / tileWidth);
  const count = Math.ceil(size / tileWidth);
  for await (const [index, { path, entries, leaves }] of ahead(first, count, readBundle)) {
    const known = edge[0] ?? [];
    if (!known.every((hash, place) => isSame(hash, leaves[place] as Bytes))) {
      throw new NotContinued(`${path} holds other entries than it did.`);
    }
    for (const [place, entry] of entries.entries()) {
      if (place < known.length) continue;
      const number = index * tileWidth + place;
      onEntry?.(number, entryAt(entry, number));
    }
    const done = index * tileWidth + leaves.length;
    await addLeaves(edge, leaves.slice(known.length), (level, hashes) =>
      checkHashes(level, done / tileWidth ** (level + 1) - 1, hashes),
    );
    onProgress?.(done, size);
  }
  for (const [level, hashes] of edge.entries()) {
    if (hashes.length > 0) await checkHashes(level, Math.floor(size / tileWidth ** (level + 1)), hashes);
  }
  if (!isSame(await rootOf(edge), root)) {
    throw new NotContinued(`The entries of the log do not lead to the root that was signed for ${size} entries.`);
  }
  return { ...head, entries: size - begun, files };
}

function entryAt(entry: Uint8Array, index: number): string {
  try {
    return readEntry(entry);
  } catch (error) {
    if (error instanceof NotProven) throw new NotProven(`Entry ${index} of the log is no entry of a book.`);
    throw error;
  }
}

/** The edge of an earlier tree, from the tiles of a later one. @throws {NotProven} the later one does not continue it. */
async function edgeOf(
  from: Head | undefined,
  { size, root }: Head,
  readTile: (
    level: number,
    index: number,
    width: number,
  ) => Promise<{ readonly path: string; readonly bytes: Uint8Array }>,
): Promise<Edge> {
  if (from === undefined) return [];
  const forked = () => new NotContinued(`The log with ${size} entries does not continue the one with ${from.size}.`);
  if (size < from.size || (size === from.size && !isSame(root, from.root))) throw forked();
  const edge: Edge = [];
  for (let level = 0; tileWidth ** level <= from.size; level++) {
    const count = Math.floor(from.size / tileWidth ** level);
    const index = Math.floor(count / tileWidth);
    const width = Math.min(tileWidth, Math.floor(size / tileWidth ** level) - index * tileWidth);
    const isNeeded = count % tileWidth > 0;
    const tile = isNeeded ? await readTile(level, index, width) : null;
    edge.push(tile === null ? [] : hashesIn(tile.bytes, width, tile.path).slice(0, count % tileWidth));
  }
  if (!isSame(await rootOf(edge), from.root)) throw forked();
  return edge;
}

/** Makes each of a row of things in its turn, some of them before they are asked for. */
async function* ahead<Made>(
  first: number,
  end: number,
  make: (index: number) => Promise<Made>,
): AsyncGenerator<[number, Made]> {
  const begun: Promise<Made>[] = [];
  for (let index = first; index < end; index++) {
    while (begun.length < bundlesAhead && index + begun.length < end) {
      const next = make(index + begun.length);
      // Whoever stops before its turn never hears of its failure.
      next.catch(() => {});
      begun.push(next);
    }
    yield [index, await (begun.shift() as Promise<Made>)];
  }
}
