/**
 * Checks what a book says against its transparency log: in a browser, in Node, on another site, without anything but itself.
 *
 * It shares no code with what writes the log. Hashes and signatures are those of WebCrypto.
 */
import {
  type Bytes,
  encodeText,
  fromBase64,
  isSame,
  NotContinued,
  NotProven,
  readCount,
  sha256,
  toBase64,
  toHex,
} from './bytes.ts';
import { canonical } from './json.ts';

/** A key that checkpoints are verified with, from its text `name+id+base64`. */
export interface Key {
  readonly name: string;
  readonly id: string;
  /** 1: a log. 4: a witness. */
  readonly type: number;
  readonly bytes: Bytes;
}

/** So many entries, under that root. */
export interface Head {
  readonly size: number;
  readonly root: Uint8Array;
}

export interface Checkpoint extends Head {
  readonly origin: string;
  /** What is signed. */
  readonly text: string;
  /** The whole of it, with its signatures. */
  readonly content: string;
  readonly signatures: readonly { readonly name: string; readonly id: string; readonly bytes: Bytes }[];
}

const isName = (name: string) => name !== '' && !/[\s\p{White_Space}+]/u.test(name) && name.isWellFormed();

/** @throws {NotProven} it is no key, or its identifier is not its own. */
export async function readKey(text: string): Promise<Key> {
  const [, name = '', id = '', material = ''] = /^([^+]+)\+([0-9a-f]{8})\+([\w+/=]+)$/.exec(text.trim()) ?? [];
  // A name that no policy file could hold is none.
  const bytes = isName(name) && !/[^\P{Cc}\u0080-\u009f]|\ufffd/u.test(name) ? fromBase64(material) : new Uint8Array();
  const type = bytes[0] ?? 0;
  if (bytes.length !== 33 || (type !== 1 && type !== 4)) {
    throw new NotProven(`"${text.trim().slice(0, 80)}" is no key of a log or a witness (Ed25519).`);
  }
  const own = toHex((await sha256(encodeText(`${name}\n`), bytes)).subarray(0, 4));
  if (own !== id) throw new NotProven(`The key says ${id} of itself, and is ${own}.`);
  return { name, id, type, bytes: bytes.slice(1) };
}

export const keyText = ({ name, id, type, bytes }: Key) => `${name}+${id}+${toBase64(Uint8Array.of(type, ...bytes))}`;

/** More signatures than anybody should have to check, and longer notes than any log's. */
const mostSignatures = 64;
export const mostCheckpointBytes = 100_000;
/** No control character below U+0020 but the line end. */
const controls = /(?!\n)[^\P{Cc}\u007f-\u009f]/u;

/** Reads a checkpoint. Its signatures are not verified by that. @throws {NotProven} it is none. */
export function readCheckpoint(content: string): Checkpoint {
  const end = content.lastIndexOf('\n\n');
  const isNote = content.length <= mostCheckpointBytes && content.isWellFormed() && !controls.test(content);
  const text = content.slice(0, end + 1);
  const [origin = '', digits = '', encoded = '', ...more] = text.split('\n');
  if (!isNote || end === -1 || !content.endsWith('\n') || origin === '' || more.slice(0, -1).includes('')) {
    throw new NotProven('This is no checkpoint.');
  }
  const lines = content.slice(end + 2, -1).split('\n');
  if (lines.length > mostSignatures) throw new NotProven('The checkpoint has too many signatures.');
  const signatures = lines.map(line => {
    const [, name = '', signature = ''] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
    const bytes = isName(name) ? fromBase64(signature) : new Uint8Array();
    if (bytes.length < 5) throw new NotProven('A signature of the checkpoint cannot be read.');
    return { name, id: toHex(bytes.subarray(0, 4)), bytes: bytes.slice(4) };
  });
  const root = fromBase64(encoded);
  if (root.length !== 32) throw new NotProven('The checkpoint has no root.');
  return { origin, size: readCount(digits), root, text, content, signatures };
}

/** The last second of the year 9999: no clock shows more. */
const latestSecond = 253_402_300_799n;

/**
 * Verifies every signature of a key under a checkpoint.
 * @returns for each the time of a witness, in seconds of Unix time, or null of a log, which tells none. Empty when there is none.
 * @throws {NotProven} one of them is not good.
 */
export async function signaturesOf(checkpoint: Checkpoint, key: Key): Promise<(number | null)[]> {
  const own = checkpoint.signatures.filter(({ name, id }) => name === key.name && id === key.id);
  const times: (number | null)[] = [];
  const wrong = () => new NotProven(`The signature of ${key.name} is not good: the checkpoint is not what was signed.`);
  for (const { bytes } of own) {
    const isTimed = key.type === 4;
    if (bytes.length !== (isTimed ? 72 : 64)) throw wrong();
    const seconds = isTimed ? new DataView(bytes.buffer).getBigUint64(0) : 0n;
    const message = isTimed ? `cosignature/v1\ntime ${seconds}\n${checkpoint.text}` : checkpoint.text;
    const imported = await importKey(key);
    const signature = isTimed ? bytes.slice(8) : bytes;
    const isGood = await crypto.subtle.verify('Ed25519', imported, signature, encodeText(message));
    if (!isGood || seconds > latestSecond) throw wrong();
    times.push(isTimed ? Number(seconds) : null);
  }
  return times;
}

async function importKey({ name, bytes }: Key) {
  try {
    return await crypto.subtle.importKey('raw', bytes, 'Ed25519', false, ['verify']);
  } catch (error) {
    throw new NotProven(`The key of ${name} cannot be used here: ${error instanceof Error ? error.message : error}`);
  }
}

/** As `signaturesOf`, of a key that has to have signed: the earliest of its times. @throws {NotProven} */
export async function verifySignature(checkpoint: Checkpoint, key: Key): Promise<number | null> {
  const [first, ...more] = await signaturesOf(checkpoint, key);
  if (first === undefined) throw new NotProven(`${key.name} has not signed the checkpoint.`);
  return first === null ? null : Math.min(first, ...more.map(Number));
}

export const leafHash = (entry: Uint8Array) => sha256(Uint8Array.of(0), entry);
export const nodeHash = (left: Uint8Array, right: Uint8Array) => sha256(Uint8Array.of(1), left, right);

/** Follows RFC 9162, section 2.1.3.2. @throws {NotProven} */
export async function verifyInclusion(
  entry: Uint8Array,
  index: number,
  proof: readonly Uint8Array[],
  { size, root }: Head,
): Promise<void> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new NotProven(`The log has ${size} entries, and none with the number ${index}.`);
  }
  let [node, last] = [BigInt(index), BigInt(size) - 1n];
  let hash = await leafHash(entry);
  for (const other of proof) {
    if (last === 0n || other.length !== 32) throw new NotProven('The proof has too many hashes, or wrong ones.');
    if ((node & 1n) === 1n || node === last) {
      hash = await nodeHash(other, hash);
      while ((node & 1n) === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      hash = await nodeHash(hash, other);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  if (last !== 0n || !isSame(hash, root)) throw new NotProven('The proof does not lead to the root of the checkpoint.');
}

/** Follows RFC 9162, section 2.1.4.2. @throws {NotProven} the second tree does not continue the first. */
export async function verifyConsistency(before: Head, after: Head, proof: readonly Uint8Array[]): Promise<void> {
  const forked = () =>
    new NotContinued(`The log with ${after.size} entries does not continue the one with ${before.size}.`);
  if (before.size > after.size || proof.some(hash => hash.length !== 32)) throw forked();
  if (before.size === after.size) {
    if (proof.length > 0 || !isSame(before.root, after.root)) throw forked();
    return;
  }
  if (before.size === 0) {
    if (proof.length > 0 || !isSame(before.root, await sha256())) throw forked();
    return;
  }
  let [node, last] = [BigInt(before.size) - 1n, BigInt(after.size) - 1n];
  while ((node & 1n) === 1n) [node, last] = [node >> 1n, last >> 1n];
  const hashes = node === 0n ? [before.root, ...proof] : [...proof];
  const first = hashes.shift();
  if (first === undefined) throw forked();
  let [was, is] = [first, first];
  for (const hash of hashes) {
    if (last === 0n) throw forked();
    if ((node & 1n) === 1n || node === last) {
      was = await nodeHash(hash, was);
      is = await nodeHash(hash, is);
      while ((node & 1n) === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      is = await nodeHash(is, hash);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  if (last !== 0n || !isSame(was, before.root) || !isSame(is, after.root)) throw forked();
}

const isMoment = (text: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text));

/** The entry of the log that an event or statement leads to, with the salt that was given with it. @throws {NotProven} */
export async function entryOf(sealed: { readonly at: string }, salt: string): Promise<Bytes> {
  const bytes = fromBase64(salt);
  if (bytes.length !== 32) throw new NotProven('The salt has not 32 bytes.');
  if (typeof sealed.at !== 'string' || !isMoment(sealed.at)) throw new NotProven('What was sealed says no time.');
  const seal = await sha256(bytes, encodeText(canonical(sealed)));
  return encodeText(canonical({ at: sealed.at, seal: toBase64(seal), v: 1 }));
}

/** When an entry of the log says that it was. @throws {NotProven} it is no entry, or another spelling of one. */
export function readEntry(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  const [, at = '', seal = ''] = /^\{"at":"([^"]+)","seal":"([\w+/]{43}=)","v":1\}$/.exec(text) ?? [];
  if (!isMoment(at) || !isSame(encodeText(text), bytes)) throw new NotProven('It is no entry of a book.');
  fromBase64(seal);
  return at;
}

/** A proof of more would be of more entries than can be counted. */
const mostProofHashes = 63;

/** A proof file: where an entry stands, the way to the root, the checkpoint. @throws {NotProven} it is none. */
export function readProofFile(content: string) {
  const end = content.indexOf('\n\n');
  const [first, ...lines] = content.slice(0, Math.max(0, end)).split('\n');
  if (first !== 'c2sp.org/tlog-proof@v1') throw new NotProven('This is no proof file.');
  const hasExtra = lines[0]?.startsWith('extra ') === true;
  if (hasExtra) fromBase64(String(lines[0]).slice('extra '.length));
  const [indexLine = '', ...hashes] = hasExtra ? lines.slice(1) : lines;
  if (!indexLine.startsWith('index ')) throw new NotProven('The proof file names no entry.');
  if (hashes.length > mostProofHashes) throw new NotProven('The proof has too many hashes, or wrong ones.');
  return {
    index: readCount(indexLine.slice('index '.length)),
    proof: hashes.map(fromBase64),
    checkpoint: readCheckpoint(content.slice(end + 2)),
  };
}

/** All of it for one event: seal, entry, inclusion, signature. @returns what was proven. @throws {NotProven} what was not. */
export async function verifyEvent(event: { readonly at: string }, salt: string, proofFile: string, key: Key) {
  const { index, proof, checkpoint } = readProofFile(proofFile);
  if (checkpoint.origin !== key.name || key.type !== 1) {
    throw new NotProven(`The checkpoint is of ${checkpoint.origin}, not of ${key.name}.`);
  }
  await verifySignature(checkpoint, key);
  await verifyInclusion(await entryOf(event, salt), index, proof, checkpoint);
  return { index, size: checkpoint.size, key: key.id, checkpoint };
}
