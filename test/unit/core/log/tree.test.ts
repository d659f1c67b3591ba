// The tree against the published vectors of RFC 6962, and against a tree computed as the text of the RFC has it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyPlan,
  inclusionPlan,
  isConsistent,
  isIncluded,
  type Node,
  proofOf,
  treePlan,
} from '../../../../shared/core/log/proofs.ts';
import { hashIn, shareOf } from '../../../../shared/core/log/tiles.ts';
import {
  type Edge,
  emptyEdge,
  emptyRoot,
  grow,
  type Hash,
  joined,
  leafHash,
  nodeHash,
  rootOf,
  sizeOf,
  type Tile,
} from '../../../../shared/core/log/tree.ts';

const hex = (hash: Hash) => Buffer.from(hash).toString('hex');
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

/** The test tree of RFC 6962's reference implementation. */
const rfcLeaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const rfcRoots: Record<number, string> = {
  0: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  1: '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  2: 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  3: 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  8: '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
};

/** MTH as the text defines it, with no thought of speed. */
function mth(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return emptyRoot;
  if (leaves.length === 1) return leaves[0] as Hash;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

const leavesOf = (count: number) => Array.from({ length: count }, (_, index) => leafHash(Buffer.from(`leaf ${index}`)));

/** A log that keeps its tiles, as readers of it have them: of each place the widest. */
function logOf(portions: readonly (readonly Hash[])[]) {
  const tiles = new Map<string, Tile>();
  let edge: Edge = emptyEdge;
  for (const portion of portions) {
    const growth = grow(edge, portion);
    edge = growth.edge;
    for (const tile of growth.tiles) tiles.set(`${tile.level}/${tile.index}/${tile.width}`, tile);
  }
  const size = sizeOf(edge);
  const known = new Map<string, Hash>();
  const hashOf = (node: Node): Hash => {
    const name = `${node.level}/${node.index}`;
    const hash = known.get(name) ?? read(node);
    known.set(name, hash);
    return hash;
  };
  const read = (node: Node): Hash => {
    const share = shareOf(node, size);
    const tile = tiles.get(`${share.level}/${share.index}/${share.width}`);
    if (tile === undefined) throw new Error(`no tile ${JSON.stringify(share)}`);
    return hashIn(tile.hashes, share);
  };
  return { edge, size, root: rootOf(edge), hashOf };
}

describe('a tree', () => {
  it.each(Object.keys(rfcRoots))('of the first %s leaves of RFC 6962 has the published root', size => {
    const leaves = rfcLeaves.slice(0, Number(size)).map(leaf => leafHash(bytes(leaf)));
    expect(hex(rootOf(grow(emptyEdge, leaves).edge))).toBe(rfcRoots[Number(size)]);
  });

  it('has the same root and the same edge in whatever portions it grows', () => {
    const all = leavesOf(1500);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 6 }), widths => {
        const portions: Hash[][] = [];
        let from = 0;
        for (const width of widths) {
          portions.push(all.slice(from, from + width));
          from = Math.min(all.length, from + width);
        }
        const log = logOf(portions);
        expect(log.size).toBe(from);
        expect(hex(log.root)).toBe(hex(mth(all.slice(0, from))));
        expect(log.edge).toEqual(grow(emptyEdge, all.slice(0, from)).edge);
        if (from > 0) expect(hex(joined(treePlan(from).map(log.hashOf)))).toBe(hex(log.root));
      }),
      { numRuns: 60 },
    );
  });
});

describe('proofs', () => {
  const sizes = [...Array.from({ length: 301 }, (_, size) => size), 65_535, 65_536, 65_537, 65_792];
  const all = leavesOf(65_792);
  const logs = new Map(sizes.map(size => [size, logOf([all.slice(0, size)])]));
  const logAt = (size: number) => {
    const log = logs.get(size);
    if (log === undefined) throw new Error(`no log of ${size}`);
    return log;
  };

  it('of consistency hold between all sizes up to 300 and around 65,536, and no hash of them can be left out or changed', () => {
    let checked = 0;
    for (const from of sizes) {
      for (const to of sizes.filter(size => size >= from)) {
        const [before, after] = [logAt(from), logAt(to)];
        const proof = proofOf(consistencyPlan(from, to), after.hashOf);
        if (!isConsistent(before, after, proof)) throw new Error(`${from} to ${to}`);
        if (proof.length > 0) {
          const place = checked % proof.length;
          const wrong = proof.map((hash, index) => (index === place ? nodeHash(hash, hash) : hash));
          if (isConsistent(before, after, wrong)) throw new Error(`${from} to ${to} with a wrong hash`);
          if (isConsistent(before, after, proof.slice(1))) throw new Error(`${from} to ${to} with a hash less`);
        }
        if (isConsistent(before, after, [...proof, emptyRoot])) throw new Error(`${from} to ${to} with a hash more`);
        checked++;
      }
    }
    expect(checked).toBe((sizes.length * (sizes.length + 1)) / 2);
  });

  it('of inclusion hold for every leaf of every tree up to 300, for that leaf and place only', () => {
    for (const size of sizes.filter(one => one > 0 && one <= 300)) {
      const log = logAt(size);
      for (let index = 0; index < size; index++) {
        const proof = proofOf(inclusionPlan(index, size), log.hashOf);
        const leaf = all[index] as Hash;
        if (!isIncluded(leaf, index, size, proof, log.root)) throw new Error(`${index} of ${size}`);
        if (size > 1 && isIncluded(leaf, (index + 1) % size, size, proof, log.root))
          throw new Error(`${index} elsewhere`);
        if (isIncluded(emptyRoot, index, size, proof, log.root)) throw new Error(`another leaf at ${index} of ${size}`);
      }
    }
  });

  it('refuse what no tree has', () => {
    expect(() => inclusionPlan(3, 3)).toThrow(RangeError);
    expect(() => inclusionPlan(-1, 3)).toThrow(RangeError);
    expect(() => consistencyPlan(4, 3)).toThrow(RangeError);
    expect(isIncluded(emptyRoot, 0, 0, [], emptyRoot)).toBe(false);
    expect(isIncluded(emptyRoot, 0.5, 1, [], emptyRoot)).toBe(false);
  });
});
