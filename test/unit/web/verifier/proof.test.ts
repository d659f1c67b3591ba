// The verifier, which shares no code with the log, and the log agree: on everything that is right, and on nothing that is wrong.
import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../../../../shared/core/log/base64.ts';
import {
  checkpointText,
  cosignatureBytes,
  readCheckpoint as readOwn,
  signedByLog,
  signedByWitness,
} from '../../../../shared/core/log/checkpoints.ts';
import { keyText, noteText, verifierKey } from '../../../../shared/core/log/notes.ts';
import { proofFileText } from '../../../../shared/core/log/proofFiles.ts';
import {
  consistencyPlan,
  inclusionPlan,
  isConsistent,
  type Node,
  proofOf,
} from '../../../../shared/core/log/proofs.ts';
import { entryBytes, sealOf } from '../../../../shared/core/log/seals.ts';
import { emptyEdge, fullHash, grow, type Hash, leafHash, rootOf } from '../../../../shared/core/log/tree.ts';
import { NotProven } from '../../../../web/verifier/bytes.ts';
import { canonical } from '../../../../web/verifier/json.ts';
import {
  readCheckpoint,
  readKey,
  verifyConsistency,
  verifyEvent,
  verifySignature,
} from '../../../../web/verifier/proof.ts';

function signer(name: string, type: 'ed25519' | 'cosignature') {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  return { key: verifierKey(name, type, raw), privateKey };
}

const log = signer('book.example.org/log', 'ed25519');
const witness = signer('witness.example.net/w1', 'cosignature');

const events = Array.from({ length: 70 }, (_, index) => ({
  id: `event ${index}`,
  at: '2026-11-22T10:00:00.000Z',
  changes: [{ field: 'title', from: null, to: `Ünïcode ${index}` }],
}));
const salt = new Uint8Array(32).fill(5);
const leaves = events.map(event => leafHash(entryBytes({ at: event.at, seal: sealOf(salt, event) })));
const hashOf = ({ level, index }: Node): Hash => fullHash(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
const headOf = (size: number) => ({ size, root: rootOf(grow(emptyEdge, leaves.slice(0, size)).edge) });

function checkpointOf(size: number): string {
  const text = checkpointText({ origin: log.key.name, ...headOf(size), extensions: [] });
  const own = { ...log.key, bytes: sign(null, signedByLog(text), log.privateKey) };
  const seconds = 1_700_000_000;
  const bytes = cosignatureBytes(seconds, sign(null, signedByWitness(text, seconds), witness.privateKey));
  return noteText({ text, signatures: [own, { ...witness.key, bytes }] });
}

function proofFileOf(index: number, size: number): string {
  const signed = readOwn(checkpointOf(size));
  if (signed === null) throw new Error('not read');
  return proofFileText({ extra: null, index, hashes: proofOf(inclusionPlan(index, size), hashOf), signed });
}

describe('the verifier', () => {
  it('proves every event of every tree', async () => {
    const key = await readKey(keyText(log.key));
    for (const size of [1, 2, 3, 7, 8, 9, 64, 70]) {
      for (let index = 0; index < size; index++) {
        const event = events[index] as (typeof events)[number];
        const proven = await verifyEvent(event, toBase64(salt), proofFileOf(index, size), key);
        expect(proven).toMatchObject({ index, size });
      }
    }
  });

  it('proves nothing once any character of the proof file is another', async () => {
    const key = await readKey(keyText(log.key));
    const other = await readKey(keyText(witness.key));
    const file = proofFileOf(5, 13);
    const event = events[5] as (typeof events)[number];
    const believed: number[] = [];
    for (let place = 0; place < file.length; place++) {
      const changed = file.slice(0, place) + (file[place] === 'B' ? 'C' : 'B') + file.slice(place + 1);
      const isProven = await verifyEvent(event, toBase64(salt), changed, key)
        .then(({ checkpoint }) => verifySignature(checkpoint, other))
        .then(() => true)
        .catch(error => {
          if (!(error instanceof NotProven)) throw error;
          return false;
        });
      if (isProven) believed.push(place);
    }
    expect(believed).toEqual([]);
  });

  it('proves no other event, and none with another salt', async () => {
    const key = await readKey(keyText(log.key));
    const event = events[5] as (typeof events)[number];
    const changed = { ...event, changes: [{ field: 'title', from: null, to: 'Another' }] };
    await expect(verifyEvent(changed, toBase64(salt), proofFileOf(5, 13), key)).rejects.toThrow(NotProven);
    const wrong = toBase64(new Uint8Array(32).fill(6));
    await expect(verifyEvent(event, wrong, proofFileOf(5, 13), key)).rejects.toThrow(NotProven);
  });

  it('tells when a witness signed', async () => {
    const checkpoint = readCheckpoint(checkpointOf(9));
    expect(await verifySignature(checkpoint, await readKey(keyText(witness.key)))).toBe(1_700_000_000);
  });

  it('judges whether one tree continues another as the log does, right or wrong', async () => {
    const sizes = fc.integer({ min: 0, max: 70 });
    await fc.assert(
      fc.asyncProperty(sizes, sizes, fc.nat(12), fc.nat(3), async (a, b, place, harm) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const proof = proofOf(consistencyPlan(from, to), hashOf);
        const before = headOf(from);
        const after = headOf(to);
        const harmed = [
          proof,
          proof.map((hash, index) => (index === place ? after.root : hash)),
          proof.slice(1),
          [...proof, before.root],
        ][harm] as Hash[];
        const isGood = await verifyConsistency(before, after, harmed).then(
          () => true,
          () => false,
        );
        expect(isGood).toBe(isConsistent(before, after, harmed));
        if (harm === 0) expect(isGood).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('writes JSON as everybody does', async () => {
    const { default: canonicalize } = await import('canonicalize');
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(canonical(value)).toBe(canonicalize(value));
      }),
    );
  });
});
