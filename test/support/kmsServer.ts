/** What KMS answers for keys of Ed25519, on a port of this machine. */
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface KmsServer {
  readonly endpoint: string;
  /** Of the first. */
  readonly keyId: string;
  readonly keyIds: readonly string[];
  close(): void;
}

/** As KMS does, it refuses messages of more than 4,096 bytes, and every other way to sign. */
export async function startKmsServer(names: readonly [string, ...string[]] = ['witness']): Promise<KmsServer> {
  const arnOf = (name: string) => `arn:aws:kms:us-east-1:000000000000:key/${name}`;
  const keys = new Map(names.map(name => [arnOf(name), generateKeyPairSync('ed25519').privateKey]));
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, string>;
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    const refuse = (type: string) => answer(400, { __type: type, message: type });
    const message = Buffer.from(asked.Message ?? '', 'base64');
    const { KeyId: keyId = '' } = asked;
    const privateKey = keys.get(keyId);
    if (privateKey === undefined) return refuse('NotFoundException');
    switch (request.headers['x-amz-target']) {
      case 'TrentService.GetPublicKey': {
        const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
        return answer(200, { KeyId: keyId, KeySpec: 'ECC_NIST_EDWARDS25519', PublicKey: der.toString('base64') });
      }
      case 'TrentService.Sign': {
        const isRight = asked.MessageType === 'RAW' && asked.SigningAlgorithm === 'ED25519_SHA_512';
        if (!isRight || message.length > 4096) return refuse('ValidationException');
        return answer(200, { KeyId: keyId, Signature: sign(null, message, privateKey).toString('base64') });
      }
      default:
        return refuse('UnknownOperationException');
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keyId: arnOf(names[0]),
    keyIds: [...keys.keys()],
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
