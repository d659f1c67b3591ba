/** The Merkle tree of the log: hashes, roots, and the right edge from which it grows (RFC 6962, section 2.1). */
import { createHash, hash as digest } from 'node:crypto';

/** 32 bytes of SHA-256. */
export type Hash = Uint8Array;

const sha256 = (bytes: Uint8Array): Hash => plain(digest('sha256', bytes, 'buffer'));

/** The same bytes, with no methods of Node's own: they compare equal to those from elsewhere. */
const plain = ({ buffer, byteOffset, byteLength }: Buffer) => new Uint8Array(buffer, byteOffset, byteLength);

/** Of the parts, one behind the other. */
export function sha256Bytes(...parts: readonly Uint8Array[]): Hash {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return plain(hash.digest());
}

/** The root of a tree without leaves. */
export const emptyRoot: Hash = sha256(new Uint8Array());

/** `SHA-256(00 || entry)` */
export function leafHash(entry: Uint8Array): Hash {
  const bytes = new Uint8Array(1 + entry.length);
  bytes.set(entry, 1);
  return sha256(bytes);
}

/** `SHA-256(01 || left || right)` */
export function nodeHash(left: Hash, right: Hash): Hash {
  const bytes = new Uint8Array(65);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 33);
  return sha256(bytes);
}

/** The hash over a full subtree, from those of its leaves or of its own subtrees: a power of two of them. */
export function fullHash(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1) row = pairs(row);
  const [top] = row;
  if (top === undefined) throw new RangeError('A subtree has at least one hash.');
  return top;
}

const pairs = (row: readonly Hash[]): Hash[] =>
  Array.from({ length: row.length / 2 }, (_, index) => nodeHash(at(row, 2 * index), at(row, 2 * index + 1)));

/** The hash over neighbouring full subtrees of falling size: the smallest ones are joined first. */
export function joined(hashes: readonly Hash[]): Hash {
  const last = hashes.at(-1);
  if (last === undefined) throw new RangeError('There is nothing to join.');
  return hashes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
}

function at(row: readonly Hash[], index: number): Hash {
  const hash = row[index];
  if (hash === undefined) throw new RangeError('A full subtree has a power of two of hashes.');
  return hash;
}

/** So many hashes make a tile, and a tile of the level above counts each full one as one hash (tlog-tiles). */
export const tileWidth = 256;

/**
 * All that a tree needs in order to grow: for each level of tiles, from the leaves up, the hashes of its partial tile. There are fewer
 * than 256 of each; the levels above the last one are empty.
 */
export type Edge = readonly (readonly Hash[])[];

export const emptyEdge: Edge = [];

/** The number of leaves. @throws {RangeError} there are more than can be counted exactly. */
export function sizeOf(edge: Edge): number {
  const size = edge.reduce((sum, hashes, level) => sum + hashes.length * tileWidth ** level, 0);
  if (!Number.isSafeInteger(size)) throw new RangeError('The tree is larger than it can be.');
  return size;
}

/** The root of the tree with that edge. */
export function rootOf(edge: Edge): Hash {
  const subtrees = edge.toReversed().flatMap(hashes => fullSubtrees(hashes));
  return subtrees.length === 0 ? emptyRoot : joined(subtrees);
}

/** The hashes of a row that is no power of two, joined to full subtrees of falling size. */
function fullSubtrees(hashes: readonly Hash[]): Hash[] {
  const subtrees: Hash[] = [];
  for (let from = 0; from < hashes.length; ) {
    const width = largestPower(hashes.length - from);
    subtrees.push(fullHash(hashes.slice(from, from + width)));
    from += width;
  }
  return subtrees;
}

/** The largest power of two that is no larger. Counted up: logarithms of large numbers are rounded. */
export function largestPower(count: number): number {
  let power = 1;
  while (power * 2 <= count) power *= 2;
  return power;
}

/** The place of a tile: its level, its number in the level, and how many hashes it has. */
export interface TilePlace {
  readonly level: number;
  readonly index: number;
  /** 256 of a full tile. */
  readonly width: number;
}

export interface Tile extends TilePlace {
  readonly hashes: readonly Hash[];
}

export interface Growth {
  readonly edge: Edge;
  /** Every tile that the larger tree has and the smaller one has not: those that became full, and the partial ones at its edge. */
  readonly tiles: readonly Tile[];
}

/** The tree with these leaves behind those that it has. */
export function grow(edge: Edge, leaves: readonly Hash[]): Growth {
  const tiles: Tile[] = [];
  const grown: (readonly Hash[])[] = [];
  const size = sizeOf(edge);
  let added = leaves;
  for (let level = 0; added.length > 0; level++) {
    const row = [...(edge[level] ?? []), ...added];
    const first = Math.floor(size / tileWidth ** (level + 1));
    const full = Math.floor(row.length / tileWidth);
    const above: Hash[] = [];
    for (let index = 0; index < full; index++) {
      const hashes = row.slice(index * tileWidth, (index + 1) * tileWidth);
      tiles.push({ level, index: first + index, width: tileWidth, hashes });
      above.push(fullHash(hashes));
    }
    const rest = row.slice(full * tileWidth);
    if (rest.length > 0) tiles.push({ level, index: first + full, width: rest.length, hashes: rest });
    grown.push(rest);
    added = above;
  }
  return { edge: [...grown, ...edge.slice(grown.length)], tiles };
}
