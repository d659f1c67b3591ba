/** The log's key of the embedded server: a file that only its owner reads. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Signer } from '../ports/signer.ts';
import { isMissing, publishOnce, syncFolderSync, writeAside } from './fileBlobFiles.ts';

/** Makes a key where there is none. @throws {Error} the file holds something else. */
export async function openFileSigner(file: string): Promise<Signer> {
  const privateKey = createPrivateKey((await readKey(file)) ?? (await makeKey(file)));
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`${file} holds no Ed25519 key.`);
  const raw = new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32));
  return {
    publicKey: async () => raw,
    sign: async message => new Uint8Array(sign(null, message, privateKey)),
  };
}

async function readKey(file: string): Promise<string | undefined> {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whoever is first makes the key; the others take it. */
async function makeKey(file: string): Promise<string> {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
  await writeAside(dirname(file), [Buffer.from(pem)], ({ temporary }) => publishOnce(temporary, file));
  syncFolderSync(dirname(file));
  return readFileSync(file, 'utf8');
}
