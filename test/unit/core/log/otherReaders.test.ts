// Readers that others wrote accept the log as it is: Go's sumdb/note and sumdb/tlog, and the fsck of Tessera.
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  checkpointText,
  cosignatureBytes,
  readCheckpoint,
  signedByLog,
  signedByWitness,
} from '../../../../shared/core/log/checkpoints.ts';
import { keyText, noteText, type SignatureType, verifierKey } from '../../../../shared/core/log/notes.ts';
import { proofFileText } from '../../../../shared/core/log/proofFiles.ts';
import { inclusionPlan, type Node, proofOf } from '../../../../shared/core/log/proofs.ts';
import { entryBytes } from '../../../../shared/core/log/seals.ts';
import { bundleBytes, bundlePath, hashIn, shareOf, tileBytes, tilePath } from '../../../../shared/core/log/tiles.ts';
import {
  type Edge,
  emptyEdge,
  grow,
  leafHash,
  rootOf,
  type Tile,
  tileWidth,
} from '../../../../shared/core/log/tree.ts';

/** `.ci/run` builds it from test/support/logReader. */
const reader = resolve(process.env.MINUTEBOOK_LOG_READER || 'node_modules/.cache/minutebook/logReader');
const missing =
  spawnSync(reader, ['-version']).status === 0 ? '' : ' (needs the reader in Go, see MINUTEBOOK_LOG_READER)';

const folder = mkdtempSync(join(tmpdir(), 'minutebook-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function signer(name: string, type: SignatureType) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  return { key: verifierKey(name, type, raw), privateKey };
}

const log = signer('book.example.org/log', 'ed25519');
const witness = signer('witness.example.net/w1', 'cosignature');

/** Writes a log of so many entries as it is served, with proof files for some of them. */
function writeLog(size: number): string {
  const own = join(folder, String(size));
  const put = (path: string, content: Uint8Array | string) => {
    mkdirSync(dirname(join(own, path)), { recursive: true });
    writeFileSync(join(own, path), content);
  };
  const at = '2026-11-22T10:00:00.000Z';
  const entries = Array.from({ length: size }, (_, index) =>
    entryBytes({ at, seal: leafHash(Buffer.from(String(index))) }),
  );
  const tiles = new Map<string, Tile>();
  let edge: Edge = emptyEdge;
  for (let from = 0; from < size; from += 1000) {
    const growth = grow(edge, entries.slice(from, from + 1000).map(leafHash));
    edge = growth.edge;
    for (const tile of growth.tiles) tiles.set(tilePath(tile), tile);
  }
  for (const [path, { hashes }] of tiles) put(path, tileBytes(hashes));
  for (let index = 0; index * tileWidth < size; index++) {
    const some = entries.slice(index * tileWidth, (index + 1) * tileWidth);
    put(bundlePath({ index, width: some.length }), bundleBytes(some));
  }
  const text = checkpointText({ origin: log.key.name, size, root: rootOf(edge), extensions: [] });
  const seconds = 1_700_000_000;
  const cosignature = cosignatureBytes(seconds, sign(null, signedByWitness(text, seconds), witness.privateKey));
  const note = noteText({
    text,
    signatures: [
      { ...log.key, bytes: sign(null, signedByLog(text), log.privateKey) },
      { ...witness.key, bytes: cosignature },
    ],
  });
  put('checkpoint', note);
  const signed = readCheckpoint(note);
  if (signed === null) throw new Error('The checkpoint is not read.');
  const hashOf = (node: Node) => {
    const share = shareOf(node, size);
    return hashIn(tiles.get(tilePath(share))?.hashes ?? [], share);
  };
  for (let index = 0; index < size; index += 997) {
    const hashes = proofOf(inclusionPlan(index, size), hashOf);
    put(`proofs/${index}.tlog-proof`, proofFileText({ extra: null, index, hashes, signed }));
  }
  return own;
}

const read = (own: string) => {
  const keys = ['-key', keyText(log.key), '-witness', keyText(witness.key)];
  return execFileSync(reader, ['-dir', own, '-proofs', join(own, 'proofs'), ...keys], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
};

describe.skipIf(missing !== '')(`a log, as others read it${missing}`, () => {
  it.each([1, 2, 255, 256, 257, 65_537, 70_000])('of %i entries is accepted whole, with its proof files', size => {
    expect(read(writeLog(size))).toBe(`${size} entries, ${Math.ceil(size / 997)} proof files\n`);
  });

  it.each([
    ['tile/0/000', 8191],
    ['tile/entries/001', 40],
    ['checkpoint', 30],
    ['proofs/0.tlog-proof', 50],
  ])('is refused with one wrong byte in %s', (path, place) => {
    const own = writeLog(600);
    const file = join(own, path);
    const bytes = readFileSync(file);
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(() => read(own)).toThrow();
  });
});
