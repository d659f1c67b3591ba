/** A log in files as the core makes it, with everything that a verifier is given: for tests that read it, and that do harm to it. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toBase64 } from '../../shared/core/log/base64.ts';
import {
  checkpointText,
  cosignatureBytes,
  readCheckpoint,
  signedByLog,
  signedByWitness,
} from '../../shared/core/log/checkpoints.ts';
import { keyText, noteText, type VerifierKey, verifierKey } from '../../shared/core/log/notes.ts';
import { proofFileText } from '../../shared/core/log/proofFiles.ts';
import { inclusionPlan, type Node, proofOf } from '../../shared/core/log/proofs.ts';
import { entryBytes, sealOf } from '../../shared/core/log/seals.ts';
import { bundleBytes, bundlePath, tileBytes, tilePath } from '../../shared/core/log/tiles.ts';
import {
  type Edge,
  emptyEdge,
  fullHash,
  grow,
  leafHash,
  rootOf,
  sizeOf,
  tileWidth,
} from '../../shared/core/log/tree.ts';

export interface TestSigner {
  readonly key: VerifierKey;
  readonly text: string;
  readonly privateKey: KeyObject;
}

export function newSigner(name: string, type: 'ed25519' | 'cosignature' = 'ed25519'): TestSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  const key = verifierKey(name, type, raw);
  return { key, text: keyText(key), privateKey };
}

interface Sealed {
  readonly at: string;
  readonly [field: string]: unknown;
}

export interface LogFiles {
  readonly log: TestSigner;
  readonly witness: TestSigner;
  /** One log, one witness, which is needed. */
  readonly policy: string;
  readonly size: () => number;
  /** Seals these, builds tiles, and publishes a checkpoint. @returns the index of the first. */
  add(sealed: readonly Sealed[]): number;
  /** The proven statement of that entry, as a book answers it. */
  provenOf(index: number): { sealed: Sealed; salt: string; index: number; proof: string };
  entryOf(index: number): Uint8Array;
  /** All of these sign from the next checkpoint on. */
  signWith(...signers: readonly TestSigner[]): void;
}

/** When the witness signed. */
export const witnessedAt = 1_795_000_000;

/** What the book says in public of some record. */
export const statementOf = (number: number) => ({
  at: new Date(Date.UTC(2026, 10, 20, 9, 0, number)).toISOString(),
  record: { kind: 'disclosure', id: `01990000-0000-7000-8000-${String(number).padStart(12, '0')}`, version: 2 },
  content: {
    title: `Report ${number}`,
    content: { pages: 12.5, about: 'Ünïcode "quoted"', notes: [] },
    edition: 1,
    withdrawal: null,
  },
});

/** The same record as a book shows it. */
export function recordOf(number: number, index: number) {
  const { record, content } = statementOf(number);
  const { kind, id, version } = record;
  return {
    id,
    version,
    ...content,
    proof: { index, url: `/v1/log/records/${kind}/${id}/versions/${version}` },
    links: ['/'],
  };
}

/** @param as the signers of another log: for one that shows two histories. */
export function logFiles(folder: string, as?: Pick<LogFiles, 'log' | 'witness'>): LogFiles {
  const log = as?.log ?? newSigner('book.example.org/log');
  const witness = as?.witness ?? newSigner('witness.example.net/w1', 'cosignature');
  const sealed: Sealed[] = [];
  const salts: Uint8Array[] = [];
  const entries: Uint8Array[] = [];
  let edge: Edge = emptyEdge;
  let signers: readonly TestSigner[] = [log];

  function write(path: string, content: Uint8Array | string): void {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    if (path === 'checkpoint' || !existsSync(file)) writeFileSync(file, content);
  }

  function checkpoint(): string {
    const text = checkpointText({ origin: log.key.name, size: sizeOf(edge), root: rootOf(edge), extensions: [] });
    const own = signers.map(({ key, privateKey }) => ({ ...key, bytes: sign(null, signedByLog(text), privateKey) }));
    const cosignature = sign(null, signedByWitness(text, witnessedAt), witness.privateKey);
    return noteText({
      text,
      signatures: [...own, { ...witness.key, bytes: cosignatureBytes(witnessedAt, cosignature) }],
    });
  }

  const hashOf = ({ level, index }: Node) =>
    fullHash(entries.slice(index * 2 ** level, (index + 1) * 2 ** level).map(leafHash));

  return {
    log,
    witness,
    policy: `log ${log.text}\nwitness W ${witness.text}\nquorum W\n`,
    size: () => entries.length,
    add(more) {
      const first = entries.length;
      for (const one of more) {
        const salt = randomBytes(32);
        sealed.push(one);
        salts.push(salt);
        entries.push(entryBytes({ at: one.at, seal: sealOf(salt, one) }));
      }
      const grown = grow(edge, entries.slice(first).map(leafHash));
      edge = grown.edge;
      for (const tile of grown.tiles) write(tilePath(tile), tileBytes(tile.hashes));
      for (let index = Math.floor(first / tileWidth); index * tileWidth < entries.length; index++) {
        const own = entries.slice(index * tileWidth, (index + 1) * tileWidth);
        write(bundlePath({ index, width: own.length }), bundleBytes(own));
      }
      write('checkpoint', checkpoint());
      return first;
    },
    provenOf(index) {
      const signed = readCheckpoint(checkpoint());
      if (signed === null) throw new Error('not read');
      const proof = proofFileText({
        extra: null,
        index,
        hashes: proofOf(inclusionPlan(index, entries.length), hashOf),
        signed,
      });
      return { sealed: sealed[index] as Sealed, salt: toBase64(salts[index] as Uint8Array), index, proof };
    },
    entryOf: index => entries[index] as Uint8Array,
    signWith(...others) {
      signers = others;
    },
  };
}
