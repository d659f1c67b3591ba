/** A log that asks witnesses: built in a folder as the sequencer does it, whole or forked, with keys of its own. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { openFileLogStore } from '../../shared/adapters/fileLogStore.ts';
import { toBase64 } from '../../shared/core/log/base64.ts';
import { checkpointText, signedByLog } from '../../shared/core/log/checkpoints.ts';
import { noteText, type SignatureType, type VerifierKey, verifierKey } from '../../shared/core/log/notes.ts';
import { consistencyPlan, type Head, proofOf } from '../../shared/core/log/proofs.ts';
import { entryBytes } from '../../shared/core/log/seals.ts';
import { bundleBytes, bundlePath, tileBytes, tilePath } from '../../shared/core/log/tiles.ts';
import { emptyEdge, fullHash, grow, type Hash, leafHash, rootOf, tileWidth } from '../../shared/core/log/tree.ts';
import type { LogStore } from '../../shared/ports/logStore.ts';

export interface KeyPair {
  readonly key: VerifierKey;
  readonly privateKey: KeyObject;
}

export function newKeyPair(name: string, type: SignatureType): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  return { key: verifierKey(name, type, raw), privateKey };
}

/** A history of a log; two of them that share their first entries are a fork. */
export interface History {
  headAt(size: number): Head;
  /** The checkpoint of that size, signed by the log. */
  noteAt(size: number, by?: KeyPair): string;
  /** The proof that one size continues the other. */
  proof(from: number, to: number): Hash[];
  /** A request to a witness. */
  request(old: number, size: number): string;
  /** Its tiles and bundles as they are with that size, and without its checkpoint. */
  write(store: LogStore, size: number): Promise<void>;
}

/** @param fork tells the entries behind the first `shared` from those of other histories. */
export function historyOf(log: KeyPair, entries: number, fork = '', shared = 0): History {
  const contents = Array.from({ length: entries }, (_, index) => {
    const seal = leafHash(Buffer.from(`${index < shared ? '' : fork}/${index}`));
    return entryBytes({ at: '2026-01-01T00:00:00.000Z', seal });
  });
  const leaves = contents.map(leafHash);
  const headAt = remembering(size => ({ size, root: rootOf(grow(emptyEdge, leaves.slice(0, size)).edge) }));
  const signedBy = (size: number, { key, privateKey }: KeyPair) => {
    const text = checkpointText({ origin: log.key.name, ...headAt(size), extensions: [] });
    return noteText({ text, signatures: [{ ...key, bytes: sign(null, signedByLog(text), privateKey) }] });
  };
  const own = remembering(size => signedBy(size, log));
  const noteAt = (size: number, by?: KeyPair) => (by === undefined ? own(size) : signedBy(size, by));
  const proof = (from: number, to: number) =>
    proofOf(consistencyPlan(from, to), ({ level, index }) =>
      fullHash(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)),
    );
  return {
    headAt,
    noteAt,
    proof,
    request: (old, size) => {
      const lines = proof(Math.min(old, size), size).map(hash => `${toBase64(hash)}\n`);
      return `old ${old}\n${lines.join('')}\n${noteAt(size)}`;
    },
    async write(store, size) {
      const { tiles } = grow(emptyEdge, leaves.slice(0, size));
      for (const tile of tiles) await store.putNew(tilePath(tile), tileBytes(tile.hashes));
      for (let index = 0; index * tileWidth < size; index++) {
        const own = contents.slice(index * tileWidth, Math.min(size, (index + 1) * tileWidth));
        await store.putNew(bundlePath({ index, width: own.length }), bundleBytes(own));
      }
    },
  };
}

/** Works out once what it is asked for again and again. */
function remembering<Result>(work: (size: number) => Result): (size: number) => Result {
  const known = new Map<number, Result>();
  return size => {
    const result = known.get(size) ?? work(size);
    known.set(size, result);
    return result;
  };
}

/** The history, in files. */
export async function writtenLog(folder: string, history: History, size: number): Promise<LogStore> {
  const store = openFileLogStore(folder);
  await history.write(store, size);
  return store;
}
