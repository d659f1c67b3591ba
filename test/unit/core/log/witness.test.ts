// What a witness answers, status by status as C2SP tlog-witness has them; and that a log which forks is never cosigned twice.
import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../../../../shared/core/log/base64.ts';
import { checkpointText, readCheckpoint, signedByLog, verdictOn } from '../../../../shared/core/log/checkpoints.ts';
import { noteText, readNote, verifierKey } from '../../../../shared/core/log/notes.ts';
import { consistencyPlan, type Head, type Node, proofOf } from '../../../../shared/core/log/proofs.ts';
import { emptyEdge, emptyRoot, fullHash, grow, type Hash, leafHash, rootOf } from '../../../../shared/core/log/tree.ts';
import { answerTo, readRequest, witnessed } from '../../../../shared/core/log/witness.ts';

function signer(name: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  return { key: verifierKey(name, 'ed25519', raw), privateKey };
}

const log = signer('book.example.org/log');
const stranger = signer('book.example.org/log');

/** Two logs of one name that are the same up to 20 entries. */
const leavesOf = (fork: string) =>
  Array.from({ length: 60 }, (_, index) => leafHash(Buffer.from(`${index < 20 ? '' : fork}${index}`)));
const honest = leavesOf('');
const forked = leavesOf('fork');

const headOf = (leaves: readonly Hash[], size: number): Head => ({
  size,
  root: rootOf(grow(emptyEdge, leaves.slice(0, size)).edge),
});
const hashesIn = (leaves: readonly Hash[]) => (node: Node) =>
  fullHash(leaves.slice(node.index * 2 ** node.level, (node.index + 1) * 2 ** node.level));
const proofIn = (leaves: readonly Hash[], from: number, to: number) =>
  proofOf(consistencyPlan(from, to), hashesIn(leaves));

function noteOf({ size, root }: Head, by = log): string {
  const text = checkpointText({ origin: log.key.name, size, root, extensions: [] });
  return noteText({ text, signatures: [{ ...by.key, bytes: sign(null, signedByLog(text), by.privateKey) }] });
}

function requestOf(old: number, proof: readonly Hash[], note: string): string {
  return `old ${old}\n${proof.map(hash => `${toBase64(hash)}\n`).join('')}\n${note}`;
}

function ask(old: number, proof: readonly Hash[], note: string, last: Head | undefined, keys = [log.key]) {
  const request = readRequest(requestOf(old, proof, note));
  return request === null ? { status: 400 } : answerTo(request, keys, last);
}

describe('a witness', () => {
  it('cosigns the first checkpoint that it sees, and each that continues it', () => {
    const first = ask(0, [], noteOf(headOf(honest, 7)), undefined);
    expect(first).toMatchObject({ status: 200, keep: headOf(honest, 7) });
    const next = ask(7, proofIn(honest, 7, 40), noteOf(headOf(honest, 40)), headOf(honest, 7));
    expect(next).toMatchObject({ status: 200, keep: headOf(honest, 40) });
    expect(ask(40, [], noteOf(headOf(honest, 40)), headOf(honest, 40))).toMatchObject({ status: 200 });
  });

  it('tells which size it has cosigned to whoever believes in another: 409', () => {
    expect(ask(0, [], noteOf(headOf(honest, 40)), headOf(honest, 7))).toEqual({ status: 409, size: 7 });
    expect(ask(5, [], noteOf(headOf(honest, 5)), headOf(honest, 7))).toEqual({ status: 409, size: 7 });
  });

  it('knows only the logs that it was given: 404', () => {
    const request = readRequest(requestOf(0, [], noteOf(headOf(honest, 7))));
    expect(request && answerTo(request, undefined, undefined)).toEqual({ status: 404 });
  });

  it('believes no signature of another key, nor a wrong one beside: 403', () => {
    expect(ask(0, [], noteOf(headOf(honest, 7), stranger), undefined)).toEqual({ status: 403 });
    const changed = noteOf(headOf(honest, 7)).replace('\n7\n', '\n8\n');
    expect(ask(0, [], changed, undefined)).toEqual({ status: 403 });
  });

  it('takes no checkpoint smaller than the size that is named with it: 400', () => {
    expect(ask(8, [], noteOf(headOf(honest, 7)), headOf(honest, 8))).toEqual({ status: 400 });
  });

  it.each([
    ['a tree that does not continue the last', 25, proofIn(forked, 25, 40), noteOf(headOf(forked, 40))],
    ['another root of the same size', 25, [], noteOf(headOf(forked, 25))],
    ['a proof of something else', 25, proofIn(honest, 24, 40), noteOf(headOf(honest, 40))],
    ['no proof', 25, [], noteOf(headOf(honest, 40))],
  ])('does not cosign %s: 422', (_, old, proof, note) => {
    expect(ask(old, proof, note, headOf(honest, 25))).toEqual({ status: 422 });
  });

  it('wants no proof from nothing, and nothing but the empty tree without entries: 422', () => {
    expect(ask(0, [emptyRoot], noteOf(headOf(honest, 7)), undefined)).toEqual({ status: 422 });
    expect(ask(0, [], noteOf({ size: 0, root: leafHash(Buffer.from('x')) }), undefined)).toEqual({ status: 422 });
    expect(ask(0, [], noteOf({ size: 0, root: emptyRoot }), undefined)).toMatchObject({ status: 200 });
  });

  it.each([
    ['no size', (text: string) => text.replace(/^old \d+\n/, '')],
    ['a leading zero', (text: string) => text.replace(/^old 7/, 'old 07')],
    ['a sign', (text: string) => text.replace(/^old 7/, 'old +7')],
    ['a short hash', (text: string) => text.replace(/^old 7\n/, 'old 7\nAAAA\n')],
    ['64 hashes', (text: string) => text.replace(/^old 7\n/, `old 7\n${`${toBase64(emptyRoot)}\n`.repeat(64)}`)],
    ['no checkpoint', (text: string) => text.slice(0, text.indexOf('\n\n') + 2)],
    ['no end', (text: string) => text.slice(0, -1)],
  ])('reads no request with %s', (_, change) => {
    const text = requestOf(7, [], noteOf(headOf(honest, 7)));
    expect(readRequest(text)).not.toBeNull();
    expect(readRequest(change(text))).toBeNull();
  });

  it('never cosigns two checkpoints of which neither continues the other, whatever it is asked', () => {
    const step = fc.record({
      fork: fc.boolean(),
      old: fc.nat(59),
      size: fc.nat(59),
      tellsTruth: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), steps => {
        let last: Head | undefined;
        const cosigned: Head[] = [];
        for (const { fork, old, size, tellsTruth } of steps) {
          const leaves = fork ? forked : honest;
          const from = Math.min(tellsTruth ? (last?.size ?? 0) : old, size);
          const answer = ask(from, proofIn(leaves, from, size), noteOf(headOf(leaves, size)), last);
          if (answer.status !== 200 || !('keep' in answer)) continue;
          last = answer.keep;
          cosigned.push(answer.keep);
        }
        const sides = [honest, forked].map(leaves =>
          cosigned.every(({ size, root }) => Buffer.compare(headOf(leaves, size).root, root) === 0),
        );
        expect(cosigned.length === 0 || sides.includes(true)).toBe(true);
        expect(cosigned.every(({ size }, place) => place === 0 || size >= (cosigned[place - 1]?.size ?? 0))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('serves the checkpoint with the signatures that it verified, and its own', () => {
    const own = signer('witness.example.net/w1');
    const content = noteOf(headOf(honest, 7));
    const note = readNote(content);
    if (note === null) throw new Error('not read');
    const unknown = { ...stranger.key, bytes: new Uint8Array(64) };
    const bytes = sign(null, Buffer.from(note.text), own.privateKey);
    const served = witnessed({ ...note, signatures: [...note.signatures, unknown] }, [log.key], { ...own.key, bytes });
    const signed = readCheckpoint(served);
    expect(signed?.note.signatures.map(({ name }) => name)).toEqual([log.key.name, own.key.name]);
    expect(signed && verdictOn(signed.note, log.key).is).toBe('good');
  });
});
