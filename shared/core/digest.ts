/** Digests that name things: the same text, the same name; nobody can go back from the name to the text. */
import { createHash } from 'node:crypto';

/** In hexadecimal, 64 characters. */
export const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

/** The beginning of the digest, in as many URL-safe characters: to tell texts apart, not to prove anything. */
export const shortDigest = (text: string | Uint8Array, characters: number) =>
  createHash('sha256').update(text).digest('base64url').slice(0, characters);
