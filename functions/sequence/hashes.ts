/** Reads the hashes of subtrees from the tiles of a log. */
import type { Node } from '../../shared/core/log/proofs.ts';
import { hashesOf, hashIn, shareOf, tilePath } from '../../shared/core/log/tiles.ts';
import { type Hash, tileWidth } from '../../shared/core/log/tree.ts';
import { LogForkError, type LogStore } from '../../shared/ports/logStore.ts';

/**
 * Reads the tiles that these nodes are in, each once.
 * @param size of a tree that is built.
 */
export async function hashReader(
  nodes: readonly Node[],
  size: number,
  store: Pick<LogStore, 'read'>,
): Promise<(node: Node) => Hash> {
  const tiles = new Map<string, readonly Hash[]>();
  const shares = new Map(nodes.map(node => [nameOf(node), shareOf(node, size)]));
  const places = new Map([...shares.values()].map(share => [tilePath(share), share]));
  await Promise.all(
    [...places].map(async ([path, { width, ...place }]) => {
      // A partial tile may be gone once the full one is there.
      const bytes = (await store.read(path)) ?? (await store.read(tilePath({ ...place, width: tileWidth })));
      const hashes = bytes === undefined ? null : hashesOf(bytes.subarray(0, 32 * width), width);
      if (hashes === null) throw new LogForkError(`${path} is missing, or is no tile`);
      tiles.set(path, hashes);
    }),
  );
  return node => {
    const share = shares.get(nameOf(node));
    const hashes = share && tiles.get(tilePath(share));
    if (share === undefined || hashes === undefined) throw new RangeError('This hash was not asked for.');
    return hashIn(hashes, share);
  };
}

const nameOf = ({ level, index }: Node) => `${level}/${index}`;
