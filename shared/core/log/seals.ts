/** Seals: what of an event is public for ever, and proves the event to whoever is shown it. */
import canonicalize from 'canonicalize';
import type { Instant } from '../calendar.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { sha256Bytes } from './tree.ts';

/** So many random bytes keep an event from being guessed from its seal. */
export const saltBytes = 32;

/** `SHA-256(salt || JCS(event))` (RFC 8785). @throws {RangeError} the salt has another length. */
export function sealOf(salt: Uint8Array, event: object): Uint8Array {
  if (salt.length !== saltBytes) throw new RangeError(`A salt has ${saltBytes} bytes.`);
  return sha256Bytes(salt, new TextEncoder().encode(canonical(event)));
}

/** The one text of a JSON value that everybody comes to. @throws {RangeError} it is no JSON. */
function canonical(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new RangeError('Only JSON can be sealed.');
  return text;
}

/** What an entry of the log says: when the event was, and its seal. */
export interface Entry {
  readonly at: Instant;
  readonly seal: Uint8Array;
}

export const entryBytes = ({ at, seal }: Entry): Uint8Array =>
  new TextEncoder().encode(canonical({ at, seal: toBase64(seal), v: 1 }));

/** Null for what is no entry, or another spelling of one. */
export function readEntry(bytes: Uint8Array): Entry | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const { at, seal: encoded, v, ...more } = JSON.parse(text) as Record<string, unknown>;
    const seal = typeof encoded === 'string' ? fromBase64(encoded) : null;
    if (typeof at !== 'string' || seal?.length !== 32 || v !== 1 || Object.keys(more).length > 0) return null;
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at) || Number.isNaN(Date.parse(at))) return null;
    return new TextDecoder().decode(entryBytes({ at, seal })) === text ? { at, seal } : null;
  } catch {
    return null;
  }
}
