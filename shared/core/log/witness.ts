/** What a witness answers to a log that asks it to cosign (C2SP tlog-witness): all of it but the keeping and the signing. */
import { fromBase64 } from './base64.ts';
import { readCheckpoint, readSize, type SignedCheckpoint, verdictOn } from './checkpoints.ts';
import { type Note, noteText, type Signature, type VerifierKey } from './notes.ts';
import { type Head, isConsistent, isSame, mostProofHashes } from './proofs.ts';
import { emptyRoot, type Hash } from './tree.ts';

export interface WitnessRequest {
  /** The size that the log believes was cosigned last. */
  readonly old: number;
  readonly proof: readonly Hash[];
  readonly signed: SignedCheckpoint;
}

/** Requests are small: 63 hashes, and a checkpoint with its signatures. */
export const mostRequestBytes = 100_000;

/** Null for what is no request. */
export function readRequest(body: string): WitnessRequest | null {
  const end = body.indexOf('\n\n');
  if (end === -1) return null;
  const [first = '', ...lines] = body.slice(0, end).split('\n');
  const old = first.startsWith('old ') ? readSize(first.slice('old '.length)) : null;
  const proof = lines.map(fromBase64);
  const signed = readCheckpoint(body.slice(end + 2));
  if (old === null || signed === null || proof.length > mostProofHashes) return null;
  if (!proof.every((hash): hash is Hash => hash?.length === 32)) return null;
  return { old, proof, signed };
}

/** What a witness answers; `cosign`: once the head is kept in the place of the one that was known. */
export type WitnessAnswer =
  | { readonly status: 400 | 403 | 404 | 422 }
  | { readonly status: 409; readonly size: number }
  | { readonly status: 200; readonly keep: Head; readonly cosign: string };

/**
 * @param keys that this witness trusts for the origin of the checkpoint; undefined for an origin that it does not know.
 * @param last what it cosigned last for that origin.
 */
export function answerTo(
  { old, proof, signed }: WitnessRequest,
  keys: readonly VerifierKey[] | undefined,
  last: Head | undefined,
): WitnessAnswer {
  const { checkpoint, note } = signed;
  if (keys === undefined || keys.length === 0) return { status: 404 };
  if (!isSignedByOne(note, keys)) return { status: 403 };
  if (old > checkpoint.size) return { status: 400 };
  const known: Head = last ?? { size: 0, root: emptyRoot };
  if (old !== known.size) return { status: 409, size: known.size };
  if (checkpoint.size === 0 && !isSame(checkpoint.root, emptyRoot)) return { status: 422 };
  if (!isConsistent(known, checkpoint, proof)) return { status: 422 };
  return { status: 200, keep: { size: checkpoint.size, root: checkpoint.root }, cosign: note.text };
}

/** By one of them at least, and none of theirs is wrong. */
function isSignedByOne(note: Note, keys: readonly VerifierKey[]): boolean {
  const verdicts = keys.map(key => verdictOn(note, key).is);
  return verdicts.includes('good') && !verdicts.includes('wrong');
}

/** The checkpoint that a witness serves: with the signatures of the log that it verified, and its own. */
export function witnessed({ text, signatures }: Note, keys: readonly VerifierKey[], own: Signature): string {
  const ofLog = signatures.filter(({ name, id }) => keys.some(key => key.name === name && key.id === id));
  return noteText({ text, signatures: [...ofLog, own] });
}
