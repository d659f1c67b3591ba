/** Both signers: a file, and the real client of KMS against a server that answers as KMS does. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openFileSigner } from '../../shared/adapters/fileSigner.ts';
import { kmsSigner } from '../../shared/adapters/kmsSigner.ts';
import { signedByLog, verdictOn } from '../../shared/core/log/checkpoints.ts';
import { verifierKey } from '../../shared/core/log/notes.ts';
import type { Signer } from '../../shared/ports/signer.ts';

/** The private key of RFC 8032, section 7.1, test 1, and its public key. */
const secret = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const known = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
const privateKey = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${secret}`, 'hex'),
  format: 'der',
  type: 'pkcs8',
});

const folder = mkdtempSync(join(tmpdir(), 'minutebook-signer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function expectSigner(signer: Signer): Promise<void> {
  const raw = await signer.publicKey();
  expect(Buffer.from(raw).toString('hex')).toBe(known);
  const key = verifierKey('book.example.org/log', 'ed25519', raw);
  for (const message of ['book.example.org/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n', 'x'.repeat(4096)]) {
    const bytes = await signer.sign(signedByLog(message));
    expect(bytes).toHaveLength(64);
    expect(verdictOn({ text: message, signatures: [{ ...key, bytes }] }, key).is).toBe('good');
    expect(await signer.sign(signedByLog(message))).toEqual(bytes);
  }
}

describe('the signer in a file', () => {
  it('signs with the key that is there', async () => {
    const file = join(folder, 'known.pem');
    writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
    await expectSigner(await openFileSigner(file));
  });

  it('makes a key once, for its owner only, whoever asks at the same time', async () => {
    const file = join(folder, 'new.pem');
    const signers = await Promise.all(Array.from({ length: 5 }, () => openFileSigner(file)));
    const keys = await Promise.all(signers.map(async signer => Buffer.from(await signer.publicKey()).toString('hex')));
    expect(new Set(keys).size).toBe(1);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readFileSync(file, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(readdirSync(folder).filter(name => name.startsWith('.tmp'))).toEqual([]);
  });

  it('refuses a file with something else, and leaves it', async () => {
    const file = join(folder, 'other.pem');
    const { privateKey: other } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    for (const content of [String(other.export({ format: 'pem', type: 'pkcs8' })), 'no key', '']) {
      writeFileSync(file, content);
      await expect(openFileSigner(file)).rejects.toThrow();
      expect(readFileSync(file, 'utf8')).toBe(content);
    }
  });
});

describe('the signer of KMS', () => {
  let server: Server;
  let client: KMSClient;
  let asked: { readonly target: string; readonly body: Record<string, string> }[] = [];
  let held: KeyObject = privateKey;
  let spec = 'ECC_NIST_EDWARDS25519';
  let isDown = false;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const target = String(request.headers['x-amz-target']);
      const body = JSON.parse(await text(request)) as Record<string, string>;
      asked.push({ target, body });
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      if (isDown) {
        response.writeHead(400).end(JSON.stringify({ __type: 'KMSInvalidStateException', message: 'Disabled' }));
      } else if (target === 'TrentService.GetPublicKey') {
        const der = createPublicKey(held).export({ format: 'der', type: 'spki' }).toString('base64');
        response.end(JSON.stringify({ KeyId: body.KeyId, KeySpec: spec, PublicKey: der }));
      } else {
        const Signature = sign(null, Buffer.from(body.Message ?? '', 'base64'), held).toString('base64');
        response.end(JSON.stringify({ KeyId: body.KeyId, Signature }));
      }
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    client = new KMSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  });
  beforeEach(() => {
    asked = [];
    [held, spec, isDown] = [privateKey, 'ECC_NIST_EDWARDS25519', false];
  });
  afterAll(() => {
    client.destroy();
    server.close();
  });

  it('signs the message itself, and asks for the public key once', async () => {
    await expectSigner(kmsSigner(client, 'the-key'));
    expect(asked.filter(({ target }) => target === 'TrentService.GetPublicKey')).toHaveLength(1);
    for (const { target, body } of asked) {
      expect(body.KeyId).toBe('the-key');
      if (target !== 'TrentService.GetPublicKey') {
        expect(body).toMatchObject({ MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' });
      }
    }
  });

  it('asks for the public key again after it could not be told', async () => {
    const signer = kmsSigner(client, 'the-key');
    isDown = true;
    await expect(signer.publicKey()).rejects.toThrow();
    isDown = false;
    expect(Buffer.from(await signer.publicKey()).toString('hex')).toBe(known);
  });

  it('refuses keys of another kind', async () => {
    spec = 'ECC_NIST_P256';
    await expect(kmsSigner(client, 'the-key').publicKey()).rejects.toThrow('no Ed25519 key');
    spec = 'ECC_NIST_EDWARDS25519';
    held = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    await expect(kmsSigner(client, 'the-key').publicKey()).rejects.toThrow('another kind of key');
  });
});
