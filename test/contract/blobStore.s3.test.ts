/** The BlobStore contract on a real S3 server, and what only S3 can do: locks, versions, a scanner's tag, another origin. */
import { randomUUID } from 'node:crypto';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutObjectCommand, PutObjectTaggingCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { s3BlobStore } from '../../shared/adapters/s3BlobStore.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import { bytesOf, contentOf, delivery, mebibyte, newContent, send, uploaded, validFor } from '../support/blobs.ts';
import {
  createBuckets,
  type S3Buckets,
  type S3Server,
  s3Client,
  s3ServerMissing,
  sharedS3Server,
  startS3Server,
} from '../support/s3Server.ts';
import { blobStoreSuite } from './blobStore.suite.ts';

const missing = s3ServerMissing();

describe.skipIf(missing)(`BlobStore on S3${missing ? ` (left out: ${missing})` : ''}`, () => {
  blobStoreSuite(async () => {
    const endpoint = await sharedS3Server();
    const buckets = await createBuckets(endpoint);
    const clients = [buckets.client];
    return {
      store: s3BlobStore({ ...buckets, scanned: false }),
      origin: endpoint,
      connect() {
        const client = s3Client(endpoint);
        clients.push(client);
        return s3BlobStore({ ...buckets, client, scanned: false });
      },
      async close() {
        for (const each of clients) each.destroy();
      },
    };
  });

  describe('alone', () => {
    let endpoint: string;
    let buckets: S3Buckets;
    let store: BlobStore;

    beforeAll(async () => {
      endpoint = await sharedS3Server();
      buckets = await createBuckets(endpoint);
      store = s3BlobStore({ ...buckets, scanned: true });
    });

    afterAll(() => buckets?.client.destroy());

    const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
    const refusal = { name: 'AccessDenied' };

    it('removes nothing while a hold is on, and all versions once it is released', async () => {
      const content = newContent();
      const { sha256 } = await store.put(content);
      await store.protect(sha256, { retainUntil: null, hold: true });
      await expect(store.remove(sha256)).rejects.toMatchObject(refusal);
      await store.protect(sha256, { retainUntil: inSeconds(1), hold: true });
      await expect(store.remove(sha256)).rejects.toMatchObject(refusal);
      expect(await contentOf(await store.read(sha256))).toEqual(content);
      await store.protect(sha256, { retainUntil: null, hold: false });
      await expect.poll(() => store.remove(sha256).then(() => 'removed'), { timeout: 5000 }).toBe('removed');
      expect(await store.sizeOf(sha256)).toBeUndefined();
    });

    it('removes nothing until the time is over, which no protection after it moves to an earlier one', async () => {
      const { sha256 } = await store.put(newContent());
      await store.protect(sha256, { retainUntil: inSeconds(4), hold: false });
      await store.protect(sha256, { retainUntil: inSeconds(1), hold: false });
      await store.protect(sha256, { retainUntil: null, hold: false });
      await new Promise(resolve => setTimeout(resolve, 2000));
      await expect(store.remove(sha256)).rejects.toMatchObject(refusal);
      await expect.poll(() => store.remove(sha256).then(() => 'removed'), { timeout: 8000 }).toBe('removed');
    });

    it('seals in place of other bytes that a seal left under the name', async () => {
      const content = newContent();
      const { sha256 } = bytesOf(content);
      const upload = await uploaded({ store, origin: endpoint, connect: () => store, close: async () => {} }, content);
      const { client, archive } = buckets;
      for (const Body of [newContent(), newContent(10)]) {
        const checked = { ChecksumAlgorithm: 'SHA256' } as const;
        await client.send(new PutObjectCommand({ Bucket: archive, Key: `archive/${sha256}`, Body, ...checked }));
      }
      await store.seal(upload, bytesOf(content));
      expect(await contentOf(await store.read(sha256))).toEqual(content);
    });

    it('carries nothing of what the sender said about the bytes into the archive', async () => {
      const content = newContent();
      const upload = randomUUID();
      const grant = await store.grantUpload(upload, bytesOf(content), validFor());
      const headers = { ...grant.headers, 'content-type': 'text/html', 'content-encoding': 'gzip' };
      expect(await send(endpoint, { ...grant, headers }, content)).toBe(200);
      await store.seal(upload, bytesOf(content));
      const answer = await fetch(await store.link(bytesOf(content).sha256, delivery, validFor()));
      expect([answer.headers.get('content-encoding'), answer.headers.get('content-type')]).toEqual([
        null,
        delivery.type,
      ]);
    });

    it.each([
      ['NO_THREATS_FOUND', 'clean'],
      ['THREATS_FOUND', 'infected'],
      ['UNSUPPORTED', 'pending'],
      ['ACCESS_DENIED', 'pending'],
      ['FAILED', 'pending'],
      ['', 'pending'],
    ])('reads the scanner’s tag %s as %s', async (Value, verdict) => {
      const content = newContent();
      const upload = randomUUID();
      expect(await store.scan(upload)).toBe('pending');
      expect(await send(endpoint, await store.grantUpload(upload, bytesOf(content), validFor()), content)).toBe(200);
      expect(await store.scan(upload)).toBe('pending');
      const TagSet = [{ Key: 'GuardDutyMalwareScanStatus', Value }];
      const object = { Bucket: buckets.quarantine, Key: upload };
      await buckets.client.send(new PutObjectTaggingCommand({ ...object, Tagging: { TagSet } }));
      expect(await store.scan(upload)).toBe(verdict);
    });

    it('leads to another origin, which asks the bucket with the same path and query', async () => {
      const cdn = createServer((incoming, outgoing) => {
        const headers = { ...incoming.headers, host: new URL(endpoint).host };
        request(`${endpoint}${incoming.url}`, { headers }, answer => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        }).end();
      }).listen(0, '127.0.0.1');
      await new Promise(resolve => cdn.once('listening', resolve));
      const readAt = `http://127.0.0.1:${(cdn.address() as AddressInfo).port}`;
      const content = newContent();
      const { sha256 } = await store.put(content);
      const url = await s3BlobStore({ ...buckets, scanned: true, readAt }).link(sha256, delivery, validFor());
      expect(url.startsWith(`${readAt}/`)).toBe(true);
      const answer = await fetch(url);
      expect([answer.status, Buffer.from(await answer.arrayBuffer())]).toEqual([200, content]);
      cdn.close();
      cdn.closeAllConnections();
    });

    it('signs no checksum of the SDK’s own choice into a grant', async () => {
      const { url } = await store.grantUpload(randomUUID(), bytesOf(newContent()), validFor());
      expect(url).not.toMatch(/crc|sdk-checksum/i);
      expect(new URL(url).searchParams.get('X-Amz-SignedHeaders')).toBe(
        'content-length;host;if-none-match;x-amz-checksum-sha256',
      );
    });
  });

  describe('on a server that stops', () => {
    let server: S3Server;
    let buckets: S3Buckets;

    beforeAll(async () => {
      server = await startS3Server();
      buckets = await createBuckets(server.endpoint);
    });

    afterAll(async () => {
      buckets?.client.destroy();
      await server?.stop();
    });

    it('bears an interruption shorter than its patience, and keeps what it was told is there', async () => {
      const client = s3Client(server.endpoint, { maxAttempts: 12 });
      const store = s3BlobStore({ ...buckets, client, scanned: false });
      const before = newContent(mebibyte);
      const { sha256 } = await store.put(before);
      const resume = await server.interrupt();
      const during = newContent(mebibyte);
      const putting = store.put(during);
      await resume();
      expect(await putting).toEqual(bytesOf(during));
      expect(await contentOf(await store.read(sha256))).toEqual(before);
      expect(await contentOf(await store.read(bytesOf(during).sha256))).toEqual(during);
      client.destroy();
    });

    it('lets a lasting interruption pass through, and does what it was asked when asked again', async () => {
      const client = s3Client(server.endpoint, { maxAttempts: 2 });
      const store = s3BlobStore({ ...buckets, client, scanned: false });
      const resume = await server.interrupt();
      const content = newContent();
      await expect(store.put(content)).rejects.toThrow(/ECONNREFUSED/);
      await expect(store.sizeOf(bytesOf(content).sha256)).rejects.toThrow(/ECONNREFUSED/);
      await resume();
      await store.put(content);
      expect(await store.sizeOf(bytesOf(content).sha256)).toBe(1000);
      client.destroy();
    });
  });
});
