/** The log's key on AWS: KMS signs, and the key never leaves it. */
import { createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { Signer } from '../ports/signer.ts';

/** @param keyId of a key of the kind `ECC_NIST_EDWARDS25519`. */
export function kmsSigner(client: KMSClient, keyId: string): Signer {
  let known: Promise<Uint8Array> | undefined;
  async function ask(): Promise<Uint8Array> {
    const { PublicKey, KeySpec } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
    if (PublicKey === undefined || KeySpec !== 'ECC_NIST_EDWARDS25519') {
      throw new Error(`KMS has no Ed25519 key ${keyId}`);
    }
    // DER of a SubjectPublicKeyInfo (RFC 8410): 12 bytes that say what it is, and the key.
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`KMS has another kind of key as ${keyId}`);
    return new Uint8Array(key.export({ format: 'der', type: 'spki' }).subarray(-32));
  }
  return {
    publicKey() {
      known ??= ask().catch(error => {
        known = undefined;
        throw error;
      });
      return known;
    },
    async sign(message) {
      const how = { MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' } as const;
      const { Signature } = await client.send(new SignCommand({ KeyId: keyId, Message: message, ...how }));
      if (Signature === undefined) throw new Error('KMS answered without a signature');
      return Signature;
    },
  };
}
