/**
 * Lets a log go on after a backup of the book was restored that is older than what is published.
 *
 * Others have seen the published log, so it stays as it is: its entries take their places in the records again, and what happens from then
 * on comes behind them. What they sealed and the book has lost, nobody can show any more.
 */
import { isSame } from '../../shared/core/log/proofs.ts';
import { entryKey, entryWrite, headData, headKey, nextKey } from '../../shared/core/log/sequencing.ts';
import { bundlePath, entriesOf } from '../../shared/core/log/tiles.ts';
import { type Edge, emptyEdge, grow, leafHash, rootOf, sizeOf, tileWidth } from '../../shared/core/log/tree.ts';
import { LogForkError, type LogStore } from '../../shared/ports/logStore.ts';
import type { Item, Write } from '../../shared/ports/recordStore.ts';
import { mostAtOnce, readEdge } from './files.ts';
import type { SequencerServices } from './services.ts';
import { type PublishedHead, readPublished, type StoredHead } from './stand.ts';

/** So many entries take their places again in one commit. */
const entriesAtOnce = 98;

/** What the book has of its log, and what is published. */
export interface Gap {
  /** Entries that have their places in the records. */
  readonly known: number;
  readonly published: number;
}

/** Null when nothing is missing. @throws {LogForkError} what is published is none of this log, or does not continue what the book has. */
export async function gapOf(services: SequencerServices): Promise<Gap | null> {
  const { head, published } = await readPublished(services);
  if (published === undefined || published.head.size <= head.size) return null;
  return { known: await knownIn(services), published: published.head.size };
}

/**
 * Everything is checked before anything is written, and each commit can be the last: who begins again goes on where it broke off.
 * @throws {LogForkError} what is published does not continue what the book has.
 * @throws {VersionConflictError} somebody else gives entries their places just now.
 */
export async function resume(services: SequencerServices): Promise<void> {
  const { head, published } = await readPublished(services);
  if (published === undefined || published.head.size <= head.size) return;
  await check(head, published, services);
  const { records, store } = services;
  const item = await records.get(nextKey);
  let version = item?.version ?? 0;
  for (let from = Number(item?.data.size ?? 0); from < published.head.size; ) {
    const to = Math.min(published.head.size, from + entriesAtOnce);
    const entries = await entriesFrom(from, to, store, published.head.size);
    const count: Item = { key: nextKey, version: version + 1, data: { size: to } };
    await records.commit([over(count), ...entries.map((entry, place) => entryWrite(from + place, entry))]);
    version++;
    from = to;
  }
  await records.commit([over({ key: headKey, version: head.version + 1, data: headData(published.head) })]);
}

const over = (put: Item): Write => ({ put, expect: put.version === 1 ? 'absent' : { version: put.version - 1 } });

const knownIn = async ({ records }: SequencerServices) => Number((await records.get(nextKey))?.data.size ?? 0);

/** That the published tree is that of the book's own entries and of those behind them. */
async function check(head: StoredHead, published: PublishedHead, services: SequencerServices): Promise<void> {
  const { records, store } = services;
  const { size, root } = published.head;
  const known = await knownIn(services);
  if (known > size)
    throw new LogForkError(`The book has given ${known} entries their places, and ${size} are published`);
  let edge: Edge | null = head.size === 0 ? emptyEdge : await readEdge(head, store);
  if (edge === null) throw new LogForkError(`Tiles of the tree with ${head.size} entries are missing`);
  while (sizeOf(edge) < size) {
    const from = sizeOf(edge);
    const entries = await entriesFrom(from, Math.min(size, from + mostAtOnce), store, size);
    for (let place = 0; from + place < known && place < entries.length; place++) {
      const own = await records.get(entryKey(from + place));
      if (own?.data.entry !== new TextDecoder().decode(entries[place])) {
        throw new LogForkError(`The book has another entry ${from + place} than what is published`);
      }
    }
    edge = grow(edge, entries.map(leafHash)).edge;
  }
  if (!isSame(rootOf(edge), root))
    throw new LogForkError(`What is published at ${size} entries does not continue the book`);
}

/** @param size of the published log. @throws {LogForkError} a bundle is missing. */
async function entriesFrom(from: number, to: number, store: LogStore, size: number): Promise<Uint8Array[]> {
  const entries: Uint8Array[] = [];
  for (let index = Math.floor(from / tileWidth); index * tileWidth < to; index++) {
    const width = Math.min(tileWidth, size - index * tileWidth);
    const path = bundlePath({ index, width });
    const bytes = await store.read(path);
    const own = bytes === undefined ? null : entriesOf(bytes, width);
    if (own === null) throw new LogForkError(`${path} is missing, or is no bundle`);
    entries.push(...own.slice(Math.max(0, from - index * tileWidth), to - index * tileWidth));
  }
  return entries;
}
