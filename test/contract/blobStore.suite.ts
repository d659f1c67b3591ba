/** What every BlobStore guarantees about the archive: names, sealing, reading, links, protection, removal. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BlobDamagedError, BlobMissingError, type BlobStore } from '../../shared/ports/blobStore.ts';
import {
  type BlobStoreUnderTest,
  bytesOf,
  contentOf,
  delivery,
  mebibyte,
  newContent,
  peakOf,
  sendFile,
  tampered,
  uploaded,
  validFor,
} from '../support/blobs.ts';
import { blobStoreUploads } from './blobStoreUploads.suite.ts';

export function blobStoreSuite(open: () => Promise<BlobStoreUnderTest>): void {
  let opened: BlobStoreUnderTest;
  let store: BlobStore;
  let origin: string;

  beforeAll(async () => {
    opened = await open();
    ({ store, origin } = opened);
  });

  afterAll(async () => {
    await opened?.close();
  });

  const nothing = () => bytesOf(newContent()).sha256;
  const follow = (url: string, headers: Record<string, string> = {}) => fetch(new URL(url, origin), { headers });

  describe('put', () => {
    it('archives bytes under their digest, for this connection and every other', async () => {
      const content = newContent();
      expect(await store.put(content)).toEqual(bytesOf(content));
      const { sha256, size } = bytesOf(content);
      for (const reader of [store, opened.connect()]) {
        expect(await reader.sizeOf(sha256)).toBe(size);
        expect(await contentOf(await reader.read(sha256))).toEqual(content);
      }
    });

    it('archives the same bytes once, however often and by however many they are put', async () => {
      const content = newContent();
      const stores = [store, opened.connect(), store, opened.connect()];
      const names = await Promise.all(stores.map(each => each.put(content)));
      names.push(await store.put(content));
      expect(names).toEqual(names.map(() => bytesOf(content)));
      await store.remove(bytesOf(content).sha256);
      expect(await store.sizeOf(bytesOf(content).sha256)).toBeUndefined();
    });

    it('archives nothing at all as the empty file', async () => {
      const { sha256, size } = await store.put(new Uint8Array());
      expect([size, await store.sizeOf(sha256)]).toEqual([0, 0]);
      expect(await contentOf(await store.read(sha256))).toEqual(Buffer.alloc(0));
      const answer = await follow(await store.link(sha256, delivery, validFor()));
      expect([answer.status, await answer.text()]).toEqual([200, '']);
    });
  });

  describe('seal', () => {
    it('archives an upload under its digest and leaves the upload where it is', async () => {
      const content = newContent();
      const upload = await uploaded(opened, content);
      await store.seal(upload, bytesOf(content));
      expect(await contentOf(await store.read(bytesOf(content).sha256))).toEqual(content);
      expect(await store.sizeOfUpload(upload)).toBe(content.length);
      await store.seal(upload, bytesOf(content));
      await store.discardUpload(upload, null);
      expect(await contentOf(await store.read(bytesOf(content).sha256))).toEqual(content);
    });

    it('refuses a digest or a size that is not that of the upload, and archives nothing', async () => {
      const content = newContent();
      const upload = await uploaded(opened, content);
      const right = bytesOf(content);
      const wrong = { ...right, sha256: nothing() };
      await expect(store.seal(upload, wrong)).rejects.toBeInstanceOf(BlobDamagedError);
      await expect(store.seal(upload, { ...right, size: right.size + 1 })).rejects.toBeInstanceOf(BlobDamagedError);
      for (const { sha256 } of [wrong, right]) {
        expect(await store.sizeOf(sha256)).toBeUndefined();
        await expect(store.read(sha256)).rejects.toBeInstanceOf(BlobMissingError);
      }
    });

    it('has nothing to archive when there is no upload, unless the bytes are there already', async () => {
      const content = newContent();
      await expect(store.seal(randomUUID(), bytesOf(content))).rejects.toBeInstanceOf(BlobMissingError);
      await store.put(content);
      await store.seal(randomUUID(), bytesOf(content));
    });

    it('archives the same bytes once when several uploads of them are sealed at once', async () => {
      const content = newContent(mebibyte);
      const uploads = await Promise.all([1, 2, 3].map(() => uploaded(opened, content)));
      const other = opened.connect();
      await Promise.all(uploads.flatMap(upload => [store, other].map(each => each.seal(upload, bytesOf(content)))));
      const { sha256 } = bytesOf(content);
      expect(bytesOf(await contentOf(await store.read(sha256)))).toEqual(bytesOf(content));
      await store.remove(sha256);
      expect(await store.sizeOf(sha256)).toBeUndefined();
    });
  });

  describe('read', () => {
    it('gives ranges, both ends included, cut at the end', async () => {
      const content = newContent(100);
      const { sha256 } = await store.put(content);
      const range = async (first: number, last: number) => contentOf(await store.read(sha256, { first, last }));
      expect(await range(0, 0)).toEqual(content.subarray(0, 1));
      expect(await range(10, 19)).toEqual(content.subarray(10, 20));
      expect(await range(90, 1000)).toEqual(content.subarray(90));
      await expect(range(100, 101)).rejects.toBeInstanceOf(RangeError);
      await expect(range(2, 1)).rejects.toBeInstanceOf(RangeError);
    });

    it('has no size and no bytes of what is not archived', async () => {
      expect(await store.sizeOf(nothing())).toBeUndefined();
      await expect(store.read(nothing())).rejects.toBeInstanceOf(BlobMissingError);
      await expect(store.read(nothing(), { first: 0, last: 1 })).rejects.toBeInstanceOf(BlobMissingError);
    });

    it.each(['', '../link.key', 'A'.repeat(64), 'a'.repeat(63), `${'a'.repeat(64)}\n`])(
      'takes %j for no digest',
      async sha256 => {
        const refused = [
          store.sizeOf(sha256),
          store.read(sha256),
          store.link(sha256, delivery, validFor()),
          store.remove(sha256),
          store.seal(randomUUID(), { size: 1, sha256 }),
          store.protect(sha256, { retainUntil: null, hold: false }),
        ];
        for (const each of refused) await expect(each).rejects.toBeInstanceOf(TypeError);
      },
    );

    it('carries 128 MiB in, over and out without holding them', { timeout: 120_000 }, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'minutebook-large-'));
      const file = join(folder, 'large');
      const hash = createHash('sha256');
      const chunks = Array.from({ length: 128 }, () => newContent(mebibyte).fill(7, 100));
      for (const chunk of chunks) hash.update(chunk);
      await writeFile(file, chunks);
      chunks.length = 0;
      const bytes = { size: 128 * mebibyte, sha256: hash.digest('hex') };
      const upload = randomUUID();
      const grant = await store.grantUpload(upload, bytes, validFor());
      const arrived = createHash('sha256');
      const fetched = createHash('sha256');
      const peak = await peakOf(async () => {
        expect(await sendFile(origin, grant, file)).toBe(200);
        await store.seal(upload, bytes);
        for await (const chunk of await store.read(bytes.sha256)) arrived.update(chunk as Buffer);
        const answer = await follow(await store.link(bytes.sha256, delivery, validFor()));
        for await (const chunk of answer.body ?? []) fetched.update(chunk);
      });
      expect([arrived.digest('hex'), fetched.digest('hex')]).toEqual([bytes.sha256, bytes.sha256]);
      expect(peak).toBeLessThan(96 * mebibyte);
      await rm(folder, { recursive: true });
    });
  });

  describe('link', () => {
    it('leads anybody to the bytes, with the headers that were told', async () => {
      const content = newContent();
      const { sha256 } = await store.put(content);
      const answer = await follow(await store.link(sha256, delivery, validFor()));
      expect(answer.status).toBe(200);
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(content);
      const names = ['content-type', 'content-disposition', 'cache-control', 'content-length', 'accept-ranges'];
      expect(names.map(name => answer.headers.get(name))).toEqual([
        delivery.type,
        delivery.disposition,
        delivery.cacheControl,
        '1000',
        'bytes',
      ]);
    });

    it('leads to ranges, and to nothing new for who has the bytes', async () => {
      const content = newContent(100);
      const { sha256 } = await store.put(content);
      const url = await store.link(sha256, delivery, validFor());
      const etag = (await follow(url)).headers.get('etag') ?? '';
      for (const [range, expected, where] of [
        ['bytes=0-9', content.subarray(0, 10), 'bytes 0-9/100'],
        ['bytes=95-', content.subarray(95), 'bytes 95-99/100'],
        ['bytes=-3', content.subarray(97), 'bytes 97-99/100'],
        ['bytes=50-500', content.subarray(50), 'bytes 50-99/100'],
      ] as const) {
        const answer = await follow(url, { range });
        expect([answer.status, answer.headers.get('content-range')]).toEqual([206, where]);
        expect(Buffer.from(await answer.arrayBuffer())).toEqual(expected);
      }
      expect((await follow(url, { range: 'bytes=100-' })).status).toBe(416);
      expect((await follow(url, { 'if-none-match': etag })).status).toBe(304);
      expect((await follow(url, { 'if-none-match': '"other"' })).status).toBe(200);
    });

    it('is the same for the same arguments, on every connection', async () => {
      const { sha256 } = await store.put(newContent());
      const validity = validFor();
      const url = await store.link(sha256, delivery, validity);
      await pause(1100);
      expect(await store.link(sha256, delivery, validity)).toBe(url);
      expect(await opened.connect().link(sha256, delivery, validity)).toBe(url);
      expect(await store.link(sha256, { ...delivery, type: 'text/html' }, validity)).not.toBe(url);
    });

    it('ends when its time is over', async () => {
      const { sha256 } = await store.put(newContent());
      const past = await store.link(sha256, delivery, validFor(-5, 60));
      expect((await follow(past)).status).toBe(403);
      const short = await store.link(sha256, delivery, validFor(2, 0));
      expect((await follow(short)).status).toBe(200);
      await pause(3100);
      expect((await follow(short)).status).toBe(403);
    });

    it('leads nowhere when anything in it was changed', async () => {
      const [one, other] = [await store.put(newContent()), await store.put(newContent())];
      const url = await store.link(one.sha256, delivery, validFor());
      for (const [name, changed] of tampered(url, origin)) {
        expect([400, 403], name).toContain((await follow(changed)).status);
      }
      expect((await follow(url.replace(one.sha256, other.sha256))).status).toBe(403);
      expect((await follow(url.split('?')[0] ?? '')).status).toBe(403);
      expect((await fetch(new URL(url, origin), { method: 'PUT', body: 'x' })).status).toBeGreaterThanOrEqual(400);
      expect(await contentOf(await store.read(one.sha256))).toHaveLength(1000);
    });

    it('leads to nothing once the bytes are removed', async () => {
      const { sha256 } = await store.put(newContent());
      const url = await store.link(sha256, delivery, validFor());
      await store.remove(sha256);
      expect((await follow(url)).status).toBe(404);
    });

    it.each([0, 604_801, 1.5])('cannot be valid for %d seconds', async seconds => {
      const link = store.link(nothing(), delivery, { at: new Date().toISOString(), seconds });
      await expect(link).rejects.toBeInstanceOf(RangeError);
    });
  });

  describe('protect and remove', () => {
    it('protects only what is there', async () => {
      const protection = { retainUntil: '2999-01-01T00:00:00Z', hold: true };
      await expect(store.protect(nothing(), protection)).rejects.toBeInstanceOf(BlobMissingError);
    });

    it('protects again, less or more, without complaint', async () => {
      const { sha256 } = await store.put(newContent());
      const [soon, later] = [60, 120].map(seconds => new Date(Date.now() + seconds * 1000).toISOString());
      for (const retainUntil of [later ?? null, soon ?? null, null]) {
        for (const hold of [true, true, false]) await store.protect(sha256, { retainUntil, hold });
      }
      expect(await contentOf(await store.read(sha256))).toHaveLength(1000);
    });

    it('removes bytes for good, and again does nothing; the same bytes may come back', async () => {
      const content = newContent();
      const { sha256 } = await store.put(content);
      await store.remove(sha256);
      await store.remove(sha256);
      expect(await opened.connect().sizeOf(sha256)).toBeUndefined();
      await store.put(content);
      expect(await contentOf(await store.read(sha256))).toEqual(content);
    });
  });

  blobStoreUploads(() => opened);
}
