/** Signed notes (C2SP signed-note): a text, a blank line, and a line for each signature. */
import { fromBase64, toBase64 } from './base64.ts';
import { sha256Bytes } from './tree.ts';

/** What kind of signature a key makes; it is part of the key's identifier. */
export const signatureTypes = { ed25519: 0x01, cosignature: 0x04 } as const;
export type SignatureType = keyof typeof signatureTypes;

/** A key that signatures are checked with. */
export interface VerifierKey {
  readonly name: string;
  /** Four bytes in hexadecimal. */
  readonly id: string;
  readonly type: SignatureType;
  /** 32 bytes of Ed25519. */
  readonly publicKey: Uint8Array;
}

export interface Signature {
  readonly name: string;
  readonly id: string;
  /** Without the identifier of the key. */
  readonly bytes: Uint8Array;
}

export interface Note {
  /** Up to and with the line end before the blank line. */
  readonly text: string;
  readonly signatures: readonly Signature[];
}

/** Spaces of Unicode and plus signs would be read as something else. */
export const isKeyName = (name: string) => name !== '' && !/[\s\p{White_Space}+]/u.test(name) && name.isWellFormed();

/** `SHA-256(name || LF || type || public key)[:4]` */
export function keyId(name: string, type: SignatureType, publicKey: Uint8Array): string {
  const head = new TextEncoder().encode(`${name}\n`);
  return toHex(sha256Bytes(head, Uint8Array.of(signatureTypes[type]), publicKey).subarray(0, 4));
}

/** @throws {RangeError} the name cannot name a key, or the key is none of Ed25519. */
export function verifierKey(name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new RangeError('A key has a name without spaces and plus signs.');
  if (publicKey.length !== 32) throw new RangeError('A key of Ed25519 has 32 bytes.');
  return { name, id: keyId(name, type, publicKey), type, publicKey };
}

/** `example.org/book+530d903a+AekyeRrm...` */
export const keyText = ({ name, id, type, publicKey }: VerifierKey) =>
  `${name}+${id}+${toBase64(Uint8Array.of(signatureTypes[type], ...publicKey))}`;

/** Null for what is no verifier key, or one whose identifier is not that of its name and bytes. */
export function readKey(text: string): VerifierKey | null {
  // Base64 has plus signs, too: only the first two part the text.
  const [, name = '', id, material = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(text) ?? [];
  const bytes = fromBase64(material);
  if (bytes?.length !== 33 || !isKeyName(name)) return null;
  const type = (Object.keys(signatureTypes) as SignatureType[]).find(one => signatureTypes[one] === bytes[0]);
  if (type === undefined) return null;
  const key = verifierKey(name, type, bytes.subarray(1));
  return key.id === id ? key : null;
}

/** More signatures than anybody should have to check. */
const mostSignatures = 64;
/** Longer notes are none of ours, nor of any log. */
const mostCharacters = 100_000;
/** No control character below U+0020 but the line end. */
const controls = /(?!\n)[^\P{Cc}\u007f-\u009f]/u;

/** Null for what is no signed note. */
export function readNote(content: string): Note | null {
  if (content.length > mostCharacters || !content.isWellFormed() || controls.test(content)) return null;
  const end = content.lastIndexOf('\n\n');
  if (end === -1 || !content.endsWith('\n')) return null;
  const lines = content.slice(end + 2, -1).split('\n');
  if (lines.length > mostSignatures) return null;
  const signatures = lines.map(readSignature);
  return signatures.every(one => one !== null) ? { text: content.slice(0, end + 1), signatures } : null;
}

function readSignature(line: string): Signature | null {
  const [, name = '', encoded = ''] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  if (bytes === null || bytes.length < 5 || !isKeyName(name)) return null;
  return { name, id: toHex(bytes.subarray(0, 4)), bytes: bytes.subarray(4) };
}

/** The line of a signature, with its end. */
export const signatureLine = ({ name, id, bytes }: Signature) =>
  `— ${name} ${toBase64(Uint8Array.of(...fromHex(id), ...bytes))}\n`;

export const noteText = ({ text, signatures }: Note) => `${text}\n${signatures.map(signatureLine).join('')}`;

const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const fromHex = (text: string) => Buffer.from(text, 'hex');
