/** Proofs that a leaf is in a tree, and that a larger tree continues a smaller one: what they are made of, and how they are checked. */
import { type Hash, joined, largestPower, nodeHash } from './tree.ts';

/** A full subtree: `2 ** level` leaves, the first of which is `index * 2 ** level`. */
export interface Node {
  readonly level: number;
  readonly index: number;
}

/** Leaves from the first up to, and without, the last. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** For each hash of a proof the full subtrees that it is joined of, from left to right. */
export type ProofPlan = readonly (readonly Node[])[];

/**
 * What the proof is made of that a leaf is in a tree (RFC 6962, section 2.1.1), from the leaf's sibling up.
 * @throws {RangeError} the tree has no such leaf.
 */
export function inclusionPlan(index: number, size: number): ProofPlan {
  if (!isCount(index) || !isCount(size) || index >= size) throw new RangeError('The tree has no such leaf.');
  return inclusionRanges(index, { from: 0, to: size }).map(subtreesOf);
}

function inclusionRanges(index: number, { from, to }: Range): Range[] {
  if (to - from === 1) return [];
  const middle = from + split(to - from);
  return index < middle
    ? [...inclusionRanges(index, { from, to: middle }), { from: middle, to }]
    : [...inclusionRanges(index, { from: middle, to }), { from, to: middle }];
}

/**
 * What the proof is made of that a tree continues a smaller one (RFC 6962, section 2.1.2). Empty from nothing and to the same size.
 * @throws {RangeError} the second tree is the smaller one.
 */
export function consistencyPlan(from: number, to: number): ProofPlan {
  if (!isCount(from) || !isCount(to) || from > to) throw new RangeError('A tree does not become smaller.');
  if (from === 0 || from === to) return [];
  return consistencyRanges(from, { from: 0, to }, true).map(subtreesOf);
}

function consistencyRanges(size: number, { from, to }: Range, isKnown: boolean): Range[] {
  if (size === to) return isKnown ? [] : [{ from, to }];
  const middle = from + split(to - from);
  return size <= middle
    ? [...consistencyRanges(size, { from, to: middle }, isKnown), { from: middle, to }]
    : [...consistencyRanges(size, { from: middle, to }, false), { from, to: middle }];
}

/** The largest power of two below a number of leaves. */
const split = (count: number) => largestPower(count - 1);

/** A range as full subtrees of falling size; it begins where a subtree of its size would. */
function subtreesOf({ from, to }: Range): Node[] {
  const nodes: Node[] = [];
  for (let first = from; first < to; ) {
    const width = largestPower(to - first);
    nodes.push({ level: Math.log2(width), index: first / width });
    first += width;
  }
  return nodes;
}

/** The full subtrees that together are the tree. */
export const treePlan = (size: number): readonly Node[] => subtreesOf({ from: 0, to: size });

/** The hashes of a proof, from those of its subtrees. */
export const proofOf = (plan: ProofPlan, hashOf: (node: Node) => Hash): Hash[] =>
  plan.map(nodes => joined(nodes.map(hashOf)));

/** No proof is longer. */
export const mostProofHashes = 63;

/** True when the proof shows that the leaf has that index in the tree with that root (RFC 9162, section 2.1.3.2). */
export function isIncluded(leaf: Hash, index: number, size: number, proof: readonly Hash[], root: Hash): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  if (![leaf, root, ...proof].every(isHash)) return false;
  const sides = inclusionRanges(index, { from: 0, to: size }).map(({ from }) => (from > index ? 'right' : 'left'));
  if (sides.length !== proof.length) return false;
  const top = proof.reduce(
    (hash, other, step) => (sides[step] === 'right' ? nodeHash(hash, other) : nodeHash(other, hash)),
    leaf,
  );
  return isSame(top, root);
}

/** A tree head: the number of leaves and the root over them. */
export interface Head {
  readonly size: number;
  readonly root: Hash;
}

/** True when the proof shows that the second tree continues the first (RFC 9162, section 2.1.4.2). */
export function isConsistent(before: Head, after: Head, proof: readonly Hash[]): boolean {
  if (!isCount(before.size) || !isCount(after.size) || before.size > after.size) return false;
  if (![before.root, after.root, ...proof].every(isHash)) return false;
  if (before.size === after.size) return proof.length === 0 && isSame(before.root, after.root);
  if (before.size === 0) return proof.length === 0;
  // Where the smaller tree is one full subtree of the larger one its root is not sent again.
  const isWhole = largestPower(before.size) === before.size;
  const [first, ...rest] = isWhole ? [before.root, ...proof] : proof;
  const ranges = consistencyRanges(before.size, { from: 0, to: after.size }, true).slice(isWhole ? 0 : 1);
  if (first === undefined || ranges.length !== rest.length) return false;
  let [was, is] = [first, first];
  for (const [step, hash] of rest.entries()) {
    const isBehind = (ranges[step]?.from ?? 0) >= before.size;
    if (!isBehind) was = nodeHash(hash, was);
    is = isBehind ? nodeHash(is, hash) : nodeHash(hash, is);
  }
  return isSame(was, before.root) && isSame(is, after.root);
}

const isHash = (bytes: Uint8Array) => bytes.length === 32;

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;

export const isSame = (a: Hash, b: Hash) => a.length === b.length && a.every((byte, index) => byte === b[index]);
