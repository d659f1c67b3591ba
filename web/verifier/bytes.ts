/** Bytes as the verifier compares them: their hashes, and their one spelling in text. */

/** Why something is not proven, in words. */
export class NotProven extends Error {}

/** What a log shows now does not go on from what it showed before, or is not what it signed: two histories of one log. */
export class NotContinued extends NotProven {}

export type Bytes = Uint8Array<ArrayBuffer>;

export const encodeText = (text: string) => new TextEncoder().encode(text) as Bytes;

/** @throws {NotProven} it is no text in UTF-8. */
export function decodeText(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new NotProven(`${what} is no text in UTF-8.`);
  }
}

export function joined(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const sha256 = async (...parts: readonly Uint8Array[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)));

export const isSame = (a: Uint8Array, b: Uint8Array) =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

export function toBase64(bytes: Uint8Array): string {
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters);
}

/** @throws {NotProven} it is not the one spelling of some bytes. */
export function fromBase64(text: string): Bytes {
  let bytes: Bytes;
  try {
    bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  } catch {
    throw new NotProven(`"${text.slice(0, 60)}" is not base64.`);
  }
  if (toBase64(bytes) !== text) throw new NotProven('The base64 is spelled in an unusual way.');
  return bytes;
}

export const toHex = (bytes: Uint8Array) => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');

/** A number of entries in decimal digits. @throws {NotProven} another spelling, or more than can be counted exactly. */
export function readCount(digits: string): number {
  const value = /^(0|[1-9]\d{0,15})$/.test(digits) ? Number(digits) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new NotProven(`"${digits.slice(0, 30)}" is no number of entries.`);
  return value;
}
