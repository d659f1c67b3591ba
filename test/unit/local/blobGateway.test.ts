/** What the embedded server answers to those who have a grant or a link, beyond what every BlobStore guarantees. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { blobGateway } from '../../../local/blobGateway.ts';
import { type Listener, listen } from '../../../local/listener.ts';
import { type FileBlobStore, openFileBlobStore } from '../../../shared/adapters/fileBlobStore.ts';
import type { Delivery } from '../../../shared/ports/blobStore.ts';
import { bytesOf, delivery, mebibyte, newContent, validFor } from '../../support/blobs.ts';

let folder: string;
let store: FileBlobStore;
let listener: Listener;
const faults: unknown[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'minutebook-gateway-'));
  store = openFileBlobStore(folder);
  listener = await listen(0);
  const options = { patienceMilliseconds: 500, onFault: (error: unknown) => faults.push(error) };
  listener.answerWith(blobGateway(store, options), () => true);
});

afterAll(async () => {
  await listener.close();
  rmSync(folder, { recursive: true });
  expect(faults).toEqual([]);
});

const addressOf = async (content: Buffer, more: Partial<Delivery> = {}) => {
  const { sha256 } = await store.put(content);
  return new URL(await store.link(sha256, { ...delivery, ...more }, validFor()), listener.origin);
};

const grantFor = async (content: Buffer, upload = randomUUID()) =>
  new URL((await store.grantUpload(upload, bytesOf(content), validFor())).url, listener.origin);

/** Sends a request line by line and gives back all that comes until the connection is cut. */
async function converse(lines: string[], body = ''): Promise<string> {
  const socket = connect(listener.port, listener.host).on('error', () => {});
  const chunks: Buffer[] = [];
  socket.on('data', chunk => chunks.push(chunk));
  socket.write(`${lines.join('\r\n')}\r\nHost: local\r\n\r\n${body}`);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

it('gives no file any power over the book, or over who looks at it', async () => {
  const { headers } = await fetch(await addressOf(newContent(), { type: 'image/svg+xml' }));
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-type': 'image/svg+xml',
  });
});

it('names the version by its digest, to HEAD too', async () => {
  const content = newContent();
  const answer = await fetch(await addressOf(content), { method: 'HEAD' });
  expect([answer.status, answer.headers.get('etag'), answer.headers.get('content-length')]).toEqual([
    200,
    `"${bytesOf(content).sha256}"`,
    '1000',
  ]);
  expect((await answer.arrayBuffer()).byteLength).toBe(0);
});

it('gives the whole when several ranges are asked for, or one of another version', async () => {
  const url = await addressOf(newContent());
  for (const headers of [
    { range: 'bytes=0-1,5-6' },
    { range: 'bytes=5-1' },
    { range: 'lines=1-2' },
    { range: 'bytes=0-1', 'if-range': '"other"' },
  ]) {
    expect((await fetch(url, { headers } as RequestInit)).status).toBe(200);
  }
  const past = await fetch(url, { headers: { range: 'bytes=2000-' } });
  expect([past.status, past.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
});

it('refuses in words: other methods, other lengths, what is there already', async () => {
  const content = newContent();
  const grant = await grantFor(content);
  const refusal = async (url: URL, init: RequestInit) => {
    const answer = await fetch(url, init);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    const { code, status } = (await answer.json()) as { code: string; status: number };
    expect(status).toBe(answer.status);
    return code;
  };
  expect(await refusal(grant, { method: 'DELETE' })).toBe('method-not-allowed');
  expect(await refusal(grant, { method: 'POST', body: content })).toBe('method-not-allowed');
  expect(await refusal(await addressOf(content), { method: 'PUT', body: content })).toBe('method-not-allowed');
  expect(await refusal(grant, { method: 'PUT', body: newContent(1001) })).toBe('content-too-large');
  expect(await refusal(grant, { method: 'PUT', body: newContent(999) })).toBe('malformed-request');
  expect(await refusal(grant, { method: 'PUT', body: newContent() })).toBe('malformed-request');
  expect(await refusal(new URL('/archive/aa', listener.origin), {})).toBe('not-allowed');
  expect((await fetch(grant, { method: 'PUT', body: content })).status).toBe(200);
  expect(await refusal(grant, { method: 'PUT', body: content })).toBe('precondition-failed');
  const unknown = new URL(await store.link(bytesOf(newContent()).sha256, delivery, validFor()), listener.origin);
  expect(await refusal(unknown, {})).toBe('not-found');
});

it('tells the sender of a large upload that it is there already, and keeps the connection', async () => {
  const content = newContent(20 * mebibyte);
  const grant = await grantFor(content);
  const statuses: number[] = [];
  for (const _ of [1, 2, 3]) statuses.push((await fetch(grant, { method: 'PUT', body: content })).status);
  expect(statuses).toEqual([200, 412, 412]);
});

it('cuts an upload that stalls, and leaves nothing of it', async () => {
  const upload = randomUUID();
  const { pathname, search } = await grantFor(newContent(), upload);
  const started = Date.now();
  expect(await converse([`PUT ${pathname}${search} HTTP/1.1`, 'Content-Length: 1000'], 'half')).toBe('');
  expect(Date.now() - started).toBeLessThan(5000);
  expect(await store.sizeOfUpload(upload)).toBeUndefined();
  await expect.poll(() => readdirSync(join(folder, 'quarantine')).filter(name => name.startsWith('.tmp'))).toEqual([]);
});

it('takes a slow upload that never stalls', async () => {
  const content = newContent(10);
  const upload = randomUUID();
  const { pathname, search } = await grantFor(content, upload);
  const socket = connect(listener.port, listener.host);
  const head = ['Host: local', 'Connection: close', 'Content-Length: 10'].join('\r\n');
  socket.write(`PUT ${pathname}${search} HTTP/1.1\r\n${head}\r\n\r\n`);
  for (const byte of content) {
    await new Promise(resolve => setTimeout(resolve, 100));
    socket.write(Buffer.from([byte]));
  }
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
  expect(await store.sizeOfUpload(upload)).toBe(10);
});

it('cuts a download that nobody reads', async () => {
  const { pathname, search } = await addressOf(newContent(20 * mebibyte));
  const socket = connect(listener.port, listener.host).on('error', () => {});
  socket.pause();
  socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: local\r\n\r\n`);
  await new Promise(resolve => setTimeout(resolve, 1500));
  const received: number[] = [];
  socket.on('data', chunk => received.push(chunk.length)).resume();
  await once(socket, 'close');
  expect(received.reduce((sum, length) => sum + length, 0)).toBeLessThan(20 * mebibyte);
});
