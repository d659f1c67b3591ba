/** Copies all files of a log that its newest checkpoint needs, and checks that they are those of its root. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readCheckpoint } from '../shared/core/log/checkpoints.ts';
import { keyText } from '../shared/core/log/notes.ts';
import { PolicyError, readPolicy } from '../shared/core/log/policy.ts';
import { isSame } from '../shared/core/log/proofs.ts';
import { bundlePath, entriesOf, mostEntryBytes, tileBytes, tilePath } from '../shared/core/log/tiles.ts';
import { type Edge, emptyEdge, grow, leafHash, rootOf, type Tile, tileWidth } from '../shared/core/log/tree.ts';
import type { LogSource } from './logSource.ts';

/** What was to be exported cannot be, and why. */
export class ExportFailure extends Error {}

const mostCheckpointBytes = 100_000;
/** Nobody waits for more. */
const mostEntries = 100_000_000;
/** It comes from the log itself, and nobody should take it for what the organisation gave elsewhere. */
export const toldPolicyFile = 'policy-told-by-the-log.txt';
const mostBundleBytes = tileWidth * (2 + mostEntryBytes);
/** So many bundles are read at a time. */
const bundlesAtOnce = 16;

export interface Copied {
  readonly origin: string;
  readonly size: number;
  readonly files: number;
}

/**
 * Tiles are worked out from the entries, and compared with those that are published. The checkpoint is written last: a folder without
 * one is no whole log.
 * @throws {ExportFailure} what is published is no whole log. @throws {Unreadable} it cannot be read now.
 */
export async function copyLog(
  source: LogSource,
  folder: string,
  progress: (done: number, of: number) => void,
): Promise<Copied> {
  const raw = await source.read('checkpoint', mostCheckpointBytes);
  if (raw === null) throw new ExportFailure(`${source.place} has no checkpoint: nothing is published there yet.`);
  const signed = readCheckpoint(Buffer.from(raw).toString('utf8'));
  if (signed === null) throw new ExportFailure(`The checkpoint of ${source.place} is none.`);
  const { origin, size, root } = signed.checkpoint;
  if (size > mostEntries) {
    throw new ExportFailure(
      `${source.place} says that it has ${size} entries. More than ${mostEntries} are not copied.`,
    );
  }
  const of = countFiles(size);
  let files = 0;
  const write = async (path: string, content: Uint8Array | string) => {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { flag: 'wx' });
    progress(++files, of);
  };

  let edge: Edge = emptyEdge;
  for (let from = 0; from < size; from += bundlesAtOnce * tileWidth) {
    const to = Math.min(size, from + bundlesAtOnce * tileWidth);
    const bundles = await Promise.all(
      placesBetween(from, to).map(async ({ index, width }) => {
        const { path, bytes } = await readWhole(source, { index, width });
        const entries = entriesOf(bytes, width);
        if (entries === null) throw new ExportFailure(`${path} holds no ${width} entries.`);
        await write(bundlePath({ index, width }), bytes);
        return entries;
      }),
    );
    const growth = grow(edge, bundles.flat().map(leafHash));
    edge = growth.edge;
    const full = growth.tiles.filter(tile => tile.width === tileWidth);
    await Promise.all(full.map(tile => copyTile(source, tile, write)));
  }
  if (!isSame(rootOf(edge), root)) throw new ExportFailure('The entries are not those of the checkpoint.');
  for (const [level, hashes] of edge.entries()) {
    const index = Math.floor(size / tileWidth ** (level + 1));
    if (hashes.length > 0) await copyTile(source, { level, index, width: hashes.length, hashes }, write);
  }
  const policy = await readPolicyOf(source);
  await write(toldPolicyFile, policy.text);
  await write('keys.txt', policy.keys);
  await write('checkpoint', raw);
  return { origin, size, files };
}

async function copyTile(source: LogSource, tile: Tile, write: (path: string, content: Uint8Array) => Promise<void>) {
  const path = tilePath(tile);
  const bytes = tileBytes(tile.hashes);
  const there =
    (await source.read(path, bytes.length)) ??
    (await source.read(tilePath({ ...tile, width: tileWidth }), tileWidth * 32))?.subarray(0, bytes.length);
  if (there === undefined) throw new ExportFailure(`${path} is missing.`);
  if (Buffer.compare(there, bytes) !== 0) throw new ExportFailure(`${path} has other hashes than its entries.`);
  await write(path, bytes);
}

/** A partial bundle may be gone once the full one is there. */
async function readWhole(source: LogSource, { index, width }: { readonly index: number; readonly width: number }) {
  const path = bundlePath({ index, width });
  const own = await source.read(path, mostBundleBytes);
  if (own !== null) return { path, bytes: own };
  const full = await source.read(bundlePath({ index, width: tileWidth }), mostBundleBytes);
  const entries = full === null ? null : entriesOf(full, tileWidth);
  if (full === null || entries === null) throw new ExportFailure(`${path} is missing.`);
  const bytes = entries.slice(0, width).reduce((sum, entry) => sum + 2 + entry.length, 0);
  return { path, bytes: full.subarray(0, bytes) };
}

/** Of whoever keeps the log. @throws {ExportFailure} */
async function readPolicyOf(source: LogSource) {
  const text = await source.readPolicy();
  try {
    const { logs } = readPolicy(text);
    return { text, keys: logs.map(({ key }) => `${keyText(key)}\n`).join('') };
  } catch (error) {
    if (error instanceof PolicyError)
      throw new ExportFailure(`The policy of ${source.place} is none:\n${error.message}`);
    throw error;
  }
}

const placesBetween = (from: number, to: number) =>
  Array.from({ length: Math.ceil((to - from) / tileWidth) }, (_, place) => ({
    index: from / tileWidth + place,
    width: Math.min(tileWidth, to - from - place * tileWidth),
  }));

/** Bundles, tiles of every level, checkpoint, keys and policy. */
function countFiles(size: number): number {
  let count = Math.ceil(size / tileWidth) + 3;
  for (let hashes = size; hashes > 0; hashes = Math.floor(hashes / tileWidth)) count += Math.ceil(hashes / tileWidth);
  return count;
}
