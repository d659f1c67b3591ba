/** The tree of a whole log while it is read: its right edge, and the root that follows from it (RFC 6962, C2SP tlog-tiles). */
import { NotProven, sha256 } from './bytes.ts';
import { nodeHash } from './proof.ts';

/** So many hashes are in a full tile. */
export const tileWidth = 256;

/** For each level of tiles the hashes of its last tile, fewer than 256. */
export type Edge = Uint8Array[][];

/** The hash over a power of two of hashes. */
async function fullHash(hashes: readonly Uint8Array[]): Promise<Uint8Array> {
  let row = hashes;
  while (row.length > 1) {
    row = await Promise.all(
      Array.from({ length: row.length / 2 }, (_, place) =>
        nodeHash(row[2 * place] as Uint8Array, row[2 * place + 1] as Uint8Array),
      ),
    );
  }
  return row[0] as Uint8Array;
}

/**
 * Adds the leaves of one bundle, which do not reach beyond the last tile of level 0.
 * @param onFull is told each tile that becomes full, the lowest first.
 */
export async function addLeaves(
  edge: Edge,
  leaves: readonly Uint8Array[],
  onFull: (level: number, hashes: readonly Uint8Array[]) => Promise<void>,
): Promise<void> {
  let added = leaves;
  for (let level = 0; added.length > 0; level++) {
    const own = [...(edge[level] ?? []), ...added];
    if (own.length > tileWidth) throw new RangeError('These are the leaves of more than one tile.');
    if (own.length < tileWidth) {
      edge[level] = own;
      return;
    }
    await onFull(level, own);
    edge[level] = [];
    added = [await fullHash(own)];
  }
}

/** How many entries it is the edge of. */
export const sizeOf = (edge: Edge) => edge.reduce((sum, hashes, level) => sum + hashes.length * tileWidth ** level, 0);

export async function rootOf(edge: Edge): Promise<Uint8Array> {
  let right: Uint8Array | undefined;
  for (const hashes of edge) {
    for (let end = hashes.length; end > 0; ) {
      // The smallest full subtree at the right: as large as the lowest bit of the count.
      const count = end & -end;
      const left = await fullHash(hashes.slice(end - count, end));
      right = right === undefined ? left : await nodeHash(left, right);
      end -= count;
    }
  }
  return right ?? sha256();
}

/** The path of a tile or bundle: groups of three digits, all but the last with an x, and how wide it is when it is not full. */
export function pathOf(kind: number | 'entries', index: number, width: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const number = groups.map((group, place) => (place === groups.length - 1 ? group : `x${group}`)).join('/');
  return `tile/${kind}/${number}${width === tileWidth ? '' : `.p/${width}`}`;
}

/** The hashes of a tile. @throws {NotProven} there are fewer. */
export function hashesIn(bytes: Uint8Array, width: number, path: string): Uint8Array[] {
  if (bytes.length < 32 * width) throw new NotProven(`${path} has not the ${width} hashes that it should have.`);
  return Array.from({ length: width }, (_, place) => bytes.slice(32 * place, 32 * place + 32));
}

/** The first entries of a bundle, and where each of them ends. @throws {NotProven} there are fewer. */
export function entriesIn(bytes: Uint8Array, width: number, path: string) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Uint8Array[] = [];
  const ends: number[] = [];
  let at = 0;
  while (entries.length < width) {
    const length = at + 2 <= bytes.length ? view.getUint16(at) : 0;
    if (length === 0 || at + 2 + length > bytes.length) {
      throw new NotProven(`${path} has not the ${width} entries that it should have.`);
    }
    entries.push(bytes.slice(at + 2, at + 2 + length));
    at += 2 + length;
    ends.push(at);
  }
  return { entries, ends };
}
