/** Seals ballots: anybody can with the public key of a vote, and only whoever holds its private key can read them (RFC 7516). */
import { CompactEncrypt, compactDecrypt, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { JsonObject } from '../ports/recordStore.ts';

/** The key is agreed upon anew for each ballot, so equal votes look different. */
const header = { alg: 'ECDH-ES', enc: 'A256GCM' } as const;

/** A pair for one vote, as JWKs. */
export async function newSealingKeys(): Promise<{ readonly sealKey: JsonObject; readonly privateKey: JsonObject }> {
  const pair = await generateKeyPair(header.alg, { crv: 'P-256', extractable: true });
  const [sealKey, privateKey] = await Promise.all([exportJWK(pair.publicKey), exportJWK(pair.privateKey)]);
  return { sealKey: sealKey as JsonObject, privateKey: privateKey as JsonObject };
}

type Imported = Awaited<ReturnType<typeof importJWK>>;

/** While a vote is open all ballots are sealed with the same key. */
let last: { readonly of: string; readonly key: Imported } | undefined;

/** Of the same length for texts of the same length. */
export async function seal(text: string, sealKey: JsonObject): Promise<string> {
  const of = JSON.stringify(sealKey);
  const key = last?.of === of ? last.key : await importJWK(sealKey as JWK, header.alg);
  last = { of, key };
  return new CompactEncrypt(Buffer.from(text)).setProtectedHeader(header).encrypt(key);
}

/** @throws {errors.JOSEError} it was not sealed for that key, or was changed. */
export async function unsealer(privateKey: JsonObject): Promise<(sealed: string) => Promise<string>> {
  const key = await importJWK(privateKey as JWK, header.alg);
  const allowed = { keyManagementAlgorithms: [header.alg], contentEncryptionAlgorithms: [header.enc] };
  return async sealed => Buffer.from((await compactDecrypt(sealed, key, allowed)).plaintext).toString();
}
