/** How the log lies in files: tiles of hashes and bundles of entries (C2SP tlog-tiles). */
import type { Node } from './proofs.ts';
import { fullHash, type Hash, type TilePlace, tileWidth } from './tree.ts';

/** Eight levels of the tree make one level of tiles. */
const tileHeight = 8;

/** `tile/0/x001/067`, `tile/1/000.p/4`. */
export const tilePath = ({ level, index, width }: TilePlace) => `tile/${level}/${numberPath(index)}${partial(width)}`;

/** `tile/entries/x001/067.p/112`. */
export const bundlePath = ({ index, width }: Omit<TilePlace, 'level'>) =>
  `tile/entries/${numberPath(index)}${partial(width)}`;

const partial = (width: number) => (width === tileWidth ? '' : `.p/${width}`);

/** Groups of three digits, all but the last with an x. */
function numberPath(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  return groups.map((group, place) => (place === groups.length - 1 ? group : `x${group}`)).join('/');
}

const number = String.raw`((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?`;
const tilePattern = new RegExp(`^tile/(0|[1-9]|[1-5]\\d|6[0-3])/${number}$`);
const bundlePattern = new RegExp(`^tile/entries/${number}$`);

/** The place that a path names; null for what is no path of a tile or bundle, or another spelling of one. */
export function placeOf(path: string): (TilePlace & { readonly holds: 'hashes' | 'entries' }) | null {
  const [, level, ...tile] = tilePattern.exec(path) ?? [];
  const [, ...bundle] = bundlePattern.exec(path) ?? [];
  const [digits, width] = level === undefined ? bundle : tile;
  if (digits === undefined) return null;
  const place = {
    level: Number(level ?? 0),
    index: Number(digits.replaceAll(/[x/]/g, '')),
    width: Number(width ?? tileWidth),
    holds: level === undefined ? ('entries' as const) : ('hashes' as const),
  };
  const written = level === undefined ? bundlePath(place) : tilePath(place);
  return written === path && Number.isSafeInteger(place.index) && (width === undefined || place.width < tileWidth)
    ? place
    : null;
}

/** How many hashes a tile of a tree has; 0 where the tree has no such tile. */
export function widthIn(size: number, level: number, index: number): number {
  const hashes = Math.floor(size / tileWidth ** level) - index * tileWidth;
  return Math.max(0, Math.min(tileWidth, hashes));
}

/** Which hashes of which tile of a tree make the hash of a full subtree. */
export interface Share extends TilePlace {
  readonly from: number;
  readonly count: number;
}

/** @throws {RangeError} the tree has no such subtree. */
export function shareOf({ level, index }: Node, size: number): Share {
  const tileLevel = Math.floor(level / tileHeight);
  const count = 2 ** (level - tileLevel * tileHeight);
  const first = index * count;
  const tileIndex = Math.floor(first / tileWidth);
  const width = widthIn(size, tileLevel, tileIndex);
  const from = first % tileWidth;
  if (from + count > width) throw new RangeError('The tree has no such subtree.');
  return { level: tileLevel, index: tileIndex, width, from, count };
}

export const hashIn = (hashes: readonly Hash[], { from, count }: Share): Hash =>
  fullHash(hashes.slice(from, from + count));

/** The bytes of a tile: its hashes, one behind the other. */
export function tileBytes(hashes: readonly Hash[]): Uint8Array {
  const bytes = new Uint8Array(32 * hashes.length);
  for (const [index, hash] of hashes.entries()) bytes.set(hash, 32 * index);
  return bytes;
}

/** The hashes of a tile; null when there are not exactly as many as its place says. */
export function hashesOf(bytes: Uint8Array, width: number): Hash[] | null {
  if (bytes.length !== 32 * width) return null;
  return Array.from({ length: width }, (_, index) => bytes.slice(32 * index, 32 * index + 32));
}

/** An entry is no longer: its length is written in two bytes. */
export const mostEntryBytes = 65_535;

/** The bytes of a bundle: each entry behind its length, in two bytes, the higher one first. */
export function bundleBytes(entries: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const entry of entries) {
    if (entry.length > mostEntryBytes) throw new RangeError('An entry is too long.');
    view.setUint16(at, entry.length);
    bytes.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bytes;
}

/** The entries of a bundle; null when they are not exactly as many as its place says. */
export function entriesOf(bytes: Uint8Array, width: number): Uint8Array[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const length = view.getUint16(at);
    if (at + 2 + length > bytes.length) return null;
    entries.push(bytes.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return at === bytes.length && entries.length === width ? entries : null;
}
