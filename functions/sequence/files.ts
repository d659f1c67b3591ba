/** Writes entries into bundles, and what follows from them into tiles. */
import { type Head, isSame } from '../../shared/core/log/proofs.ts';
import { entryIn, entryKey, entryPartition } from '../../shared/core/log/sequencing.ts';
import { bundleBytes, bundlePath, hashesOf, tileBytes, tilePath } from '../../shared/core/log/tiles.ts';
import { type Edge, grow, leafHash, rootOf, sizeOf, tileWidth } from '../../shared/core/log/tree.ts';
import { LogForkError, type LogStore } from '../../shared/ports/logStore.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import type { SequencerServices } from './services.ts';

export type FileServices = Pick<SequencerServices, 'records' | 'store'>;

/** So many entries are built at once: they are held in memory. */
export const mostAtOnce = 64 * tileWidth;

/** So many files are written at a time. */
const filesAtOnce = 8;

/** Writes all files that a tree of that size has and the one with this edge has not. @returns the edge of the larger one. */
export async function writeFiles(edge: Edge, size: number, { records, store }: FileServices): Promise<Edge> {
  const from = sizeOf(edge);
  const entries = await readEntries(records, from, size);
  const { edge: grown, tiles } = grow(edge, entries.new.map(leafHash));
  const bundled = [...entries.before, ...entries.new];
  const firstBundle = Math.floor(from / tileWidth);
  const bundles = Array.from({ length: Math.ceil(bundled.length / tileWidth) }, (_, place) => {
    const own = bundled.slice(place * tileWidth, (place + 1) * tileWidth);
    return { path: bundlePath({ index: firstBundle + place, width: own.length }), content: bundleBytes(own) };
  });
  await writeAll(
    [...bundles, ...tiles.map(tile => ({ path: tilePath(tile), content: tileBytes(tile.hashes) }))],
    store,
  );
  return grown;
}

/** A crash in here leaves files that the next run finds as it would write them. When this returns or throws, nothing is under way. */
async function writeAll(files: readonly { readonly path: string; readonly content: Uint8Array }[], store: LogStore) {
  const queue = files.values();
  const ends = await Promise.allSettled(
    Array.from({ length: filesAtOnce }, async () => {
      for (const { path, content } of queue) await store.putNew(path, content);
    }),
  );
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** The partial tiles of a tree; null when one is missing. @throws {LogForkError} they are not those of its root. */
export async function readEdge({ size, root }: Head, store: LogStore): Promise<Edge | null> {
  const levels: Promise<Edge[number] | null>[] = [];
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / tileWidth)) {
    levels.push(readTile(store, level, Math.floor(hashes / tileWidth), hashes % tileWidth));
  }
  const edge = await Promise.all(levels);
  if (!edge.every(hashes => hashes !== null)) return null;
  if (!isSame(rootOf(edge), root)) throw new LogForkError(`The tiles are not those of the tree with ${size} entries`);
  return edge;
}

/** Null when it is missing. @throws {LogForkError} it has another length. */
async function readTile(store: LogStore, level: number, index: number, width: number) {
  if (width === 0) return [];
  const path = tilePath({ level, index, width });
  const bytes = await store.read(path);
  if (bytes === undefined) return null;
  const hashes = hashesOf(bytes, width);
  if (hashes === null) throw new LogForkError(`${path} is no tile of that width`);
  return hashes;
}

/** The entries of a part of the log, and those before it in the same bundle. One query for each bundle. */
async function readEntries(records: RecordStore, from: number, to: number) {
  const first = Math.floor(from / tileWidth);
  const entries: Uint8Array[] = [];
  for (let bundle = first; bundle * tileWidth < to; bundle++) {
    const range = { table: 'log', partition: entryPartition(bundle), order: 'ascending', limit: tileWidth } as const;
    const { items } = await records.query(range);
    const expected = Math.min(to - bundle * tileWidth, tileWidth);
    for (let place = 0; place < expected; place++) {
      const item = items[place];
      const index = bundle * tileWidth + place;
      if (item?.key.sort !== entryKey(index).sort) throw new LogForkError(`Entry ${index} is missing in the records`);
      entries.push(entryIn(item.data));
    }
  }
  const known = from - first * tileWidth;
  return { before: entries.slice(0, known), new: entries.slice(known) };
}
