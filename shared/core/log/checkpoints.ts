/** Checkpoints of a log and what is signed in them (C2SP tlog-checkpoint, tlog-cosignature). */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { fromBase64, toBase64 } from './base64.ts';
import { type Note, readNote, type Signature, type VerifierKey } from './notes.ts';
import type { Head } from './proofs.ts';

export interface Checkpoint extends Head {
  /** Whose log it is, such as `book.example.org/log`. */
  readonly origin: string;
  /** Lines that a log may add, without their ends. Ours adds none. */
  readonly extensions: readonly string[];
}

export const checkpointText = ({ origin, size, root, extensions }: Checkpoint) =>
  [origin, String(size), toBase64(root), ...extensions].map(line => `${line}\n`).join('');

/** Null for a text that is no checkpoint. */
export function readCheckpointText(text: string): Checkpoint | null {
  const [origin, digits, encoded, ...more] = text.split('\n');
  const extensions = more.slice(0, -1);
  if (more.at(-1) !== '' || !origin || extensions.includes('')) return null;
  const root = fromBase64(encoded ?? '');
  const size = readSize(digits ?? '');
  return root?.length === 32 && size !== null ? { origin, size, root, extensions } : null;
}

/** A number of leaves in decimal digits; null for other spellings, and for more than can be counted exactly. */
export function readSize(digits: string): number | null {
  if (!/^(0|[1-9]\d{0,15})$/.test(digits)) return null;
  const size = Number(digits);
  return Number.isSafeInteger(size) ? size : null;
}

/** A checkpoint with its signatures, as they are served and stored. */
export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly note: Note;
}

/** Null for what is no signed checkpoint. No signature is checked by that. */
export function readCheckpoint(content: string): SignedCheckpoint | null {
  const note = readNote(content);
  const checkpoint = note === null ? null : readCheckpointText(note.text);
  return note === null || checkpoint === null ? null : { checkpoint, note };
}

/** What the key of a log signs: the text. What a witness signs says besides when, in seconds of Unix time. */
export const signedByLog = (text: string) => new TextEncoder().encode(text);
export const signedByWitness = (text: string, seconds: bigint | number) =>
  new TextEncoder().encode(`cosignature/v1\ntime ${seconds}\n${text}`);

/** The bytes of a cosignature: when, in eight bytes, and the signature. */
export function cosignatureBytes(seconds: number, signature: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + signature.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(seconds));
  bytes.set(signature, 8);
  return bytes;
}

/** What was found of a key among the signatures of a note. `time`: of a cosignature, in seconds of Unix time. */
export type Verdict =
  | { readonly is: 'good'; readonly time: number | null }
  /** There is none of that name and identifier. */
  | { readonly is: 'absent' }
  /** There is one, and it is not by that key: the note is not to be trusted. */
  | { readonly is: 'wrong' };

/** Whether that key signed the note. All signatures of that name and identifier have to be good. */
export function verdictOn({ text, signatures }: Note, key: VerifierKey): Verdict {
  const own = signatures.filter(({ name, id }) => name === key.name && id === key.id);
  const times = own.map(signature => timeIfGood(text, signature, key));
  if (times.includes(undefined)) return { is: 'wrong' };
  const [time] = times;
  return time === undefined ? { is: 'absent' } : { is: 'good', time };
}

/** Undefined when it is not good; null for a signature that says no time. */
function timeIfGood(text: string, { bytes }: Signature, key: VerifierKey): number | null | undefined {
  if (key.type === 'ed25519') return isSigned(signedByLog(text), bytes, key) ? null : undefined;
  if (bytes.length !== 72) return undefined;
  const seconds = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  if (seconds > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return isSigned(signedByWitness(text, seconds), bytes.subarray(8), key) ? Number(seconds) : undefined;
}

const isSigned = (message: Uint8Array, signature: Uint8Array, { publicKey }: VerifierKey) =>
  signature.length === 64 && verify(null, message, keyObject(publicKey), signature);

/** DER of a SubjectPublicKeyInfo of Ed25519, before the 32 bytes of the key (RFC 8410). */
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');

export const keyObject = (publicKey: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([spkiHead, publicKey]), format: 'der', type: 'spki' });
