/** Builds the entries that have their places into bundles and tiles, and moves the head behind them. */
import { type Head, isSame } from '../../shared/core/log/proofs.ts';
import { entryIn, entryPartition, headData, headIn, headKey } from '../../shared/core/log/sequencing.ts';
import { bundleBytes, bundlePath, hashesOf, tileBytes, tilePath } from '../../shared/core/log/tiles.ts';
import { type Edge, grow, leafHash, rootOf, sizeOf, tileWidth } from '../../shared/core/log/tree.ts';
import { VersionConflictError } from '../../shared/errors.ts';
import { LogForkError, type LogStore } from '../../shared/ports/logStore.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import type { SequencerServices } from './services.ts';

type StoredHead = Head & { readonly version: number };

/** So many entries are built before the head moves: they are held in memory. */
const mostAtOnce = 64 * tileWidth;

/** So many files are written at a time. */
const filesAtOnce = 8;

/** @returns the head as it is then; further than asked when another run was faster. */
export async function buildUpTo(from: StoredHead, size: number, services: SequencerServices): Promise<StoredHead> {
  let head = from;
  while (head.size < size) head = await buildOnce(head, Math.min(size, head.size + mostAtOnce), services);
  return head;
}

async function buildOnce(head: StoredHead, size: number, { records, store }: SequencerServices): Promise<StoredHead> {
  const [edge, entries] = await Promise.all([readEdge(head, store), readEntries(records, head.size, size)]);
  const { edge: grown, tiles } = grow(edge, entries.new.map(leafHash));
  const bundled = [...entries.before, ...entries.new];
  const firstBundle = Math.floor(head.size / tileWidth);
  const bundles = Array.from({ length: Math.ceil(bundled.length / tileWidth) }, (_, place) => {
    const own = bundled.slice(place * tileWidth, (place + 1) * tileWidth);
    return { path: bundlePath({ index: firstBundle + place, width: own.length }), content: bundleBytes(own) };
  });
  const files = [...bundles, ...tiles.map(tile => ({ path: tilePath(tile), content: tileBytes(tile.hashes) }))];
  const queue = files.values();
  // A crash in here leaves files that the next run finds as it would write them.
  await Promise.all(
    Array.from({ length: filesAtOnce }, async () => {
      for (const { path, content } of queue) await store.putNew(path, content);
    }),
  );
  return moveHead(head, { size: sizeOf(grown), root: rootOf(grown) }, records);
}

/** What is signed is the head that is stored: so nobody ever signs two trees of one size. */
async function moveHead(head: StoredHead, to: Head, records: RecordStore): Promise<StoredHead> {
  const version = head.version + 1;
  const expect = head.version === 0 ? ('absent' as const) : { version: head.version };
  try {
    await records.commit([{ put: { key: headKey, version, data: headData(to) }, expect }]);
    return { ...to, version };
  } catch (error) {
    if (!(error instanceof VersionConflictError)) throw error;
    const item = await records.get(headKey);
    if (item === undefined) throw error;
    const now = headIn(item.data);
    if (now.size < head.size || (now.size === to.size && !isSame(now.root, to.root))) {
      throw new LogForkError(`Two runs came to different trees at ${now.size} entries`);
    }
    return { ...now, version: item.version };
  }
}

/** The partial tiles of a tree. @throws {LogForkError} they are not those of its root. */
async function readEdge({ size, root }: Head, store: LogStore): Promise<Edge> {
  const levels: Promise<Edge[number]>[] = [];
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / tileWidth)) {
    levels.push(readTile(store, level, Math.floor(hashes / tileWidth), hashes % tileWidth));
  }
  const edge = await Promise.all(levels);
  if (!isSame(rootOf(edge), root)) throw new LogForkError(`The tiles are not those of the tree with ${size} entries`);
  return edge;
}

/** @throws {LogForkError} there is none. */
async function readTile(store: LogStore, level: number, index: number, width: number): Promise<Edge[number]> {
  if (width === 0) return [];
  const path = tilePath({ level, index, width });
  const bytes = await store.read(path);
  const hashes = bytes === undefined ? null : hashesOf(bytes, width);
  if (hashes === null) throw new LogForkError(`${path} is missing, or is no tile`);
  return hashes;
}

/** The entries of a part of the log, and those before it in the same bundle. One query for each bundle. */
async function readEntries(records: RecordStore, from: number, to: number) {
  const first = Math.floor(from / tileWidth);
  const last = Math.floor((to - 1) / tileWidth);
  const entries: Uint8Array[] = [];
  for (let bundle = first; bundle <= last; bundle++) {
    const range = { table: 'log', partition: entryPartition(bundle), order: 'ascending', limit: tileWidth } as const;
    const { items } = await records.query(range);
    const expected = Math.min(to - bundle * tileWidth, tileWidth);
    if (items.length < expected) throw new LogForkError(`Entries of bundle ${bundle} are missing`);
    entries.push(...items.slice(0, expected).map(({ data }) => entryIn(data)));
  }
  const known = from - first * tileWidth;
  return { before: entries.slice(0, known), new: entries.slice(known) };
}
