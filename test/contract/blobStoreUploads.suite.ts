/** What every BlobStore guarantees about uploads: exactly the bytes that were granted, once, in one piece or in parts. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { minPartBytes } from '../../shared/adapters/blobLimits.ts';
import { BlobDamagedError, BlobMissingError, type BlobStore } from '../../shared/ports/blobStore.ts';
import {
  type BlobStoreUnderTest,
  bytesOf,
  contentOf,
  newContent,
  partOf,
  send,
  tampered,
  uploaded,
  validFor,
} from '../support/blobs.ts';

export function blobStoreUploads(underTest: () => BlobStoreUnderTest): void {
  let store: BlobStore;
  let origin: string;

  beforeAll(() => {
    ({ store, origin } = underTest());
  });

  describe('a grant for an upload', () => {
    it('takes exactly its bytes', async () => {
      const content = newContent();
      const upload = randomUUID();
      const grant = await store.grantUpload(upload, bytesOf(content), validFor());
      expect(await store.sizeOfUpload(upload)).toBeUndefined();
      await expect(store.readUpload(upload)).rejects.toBeInstanceOf(BlobMissingError);
      expect(await send(origin, grant, content)).toBe(200);
      expect(await underTest().connect().sizeOfUpload(upload)).toBe(1000);
      expect(await contentOf(await store.readUpload(upload))).toEqual(content);
      expect(['none', 'pending']).toContain(await store.scan(upload));
    });

    it('takes nothing else: other bytes, fewer, more, none', async () => {
      const content = newContent();
      const upload = randomUUID();
      const grant = await store.grantUpload(upload, bytesOf(content), validFor());
      expect(await send(origin, grant, newContent())).toBe(400);
      for (const size of [999, 1001, 100_000, 0]) {
        expect([400, 403, 413]).toContain(await send(origin, grant, Buffer.concat([content], size)));
      }
      expect(await store.sizeOfUpload(upload)).toBeUndefined();
      expect(await send(origin, grant, content)).toBe(200);
    });

    it('takes no bytes of unknown length', async () => {
      const content = newContent();
      const upload = randomUUID();
      const { method, url, headers } = await store.grantUpload(upload, bytesOf(content), validFor());
      const body = new Blob([content]).stream();
      const answer = await fetch(new URL(url, origin), { method, headers, body, duplex: 'half' } as RequestInit);
      expect(answer.ok).toBe(false);
      expect(await store.sizeOfUpload(upload)).toBeUndefined();
    });

    it('takes its bytes once', async () => {
      const content = newContent();
      const upload = randomUUID();
      const grant = await store.grantUpload(upload, bytesOf(content), validFor());
      const statuses = await Promise.all([1, 2, 3, 4].map(() => send(origin, grant, content)));
      expect(statuses.sort()).toEqual([200, 412, 412, 412]);
      expect(await send(origin, grant, content)).toBe(412);
      const others = newContent();
      const again = await store.grantUpload(upload, bytesOf(others), validFor());
      expect(await send(origin, again, others)).toBe(412);
      expect(await contentOf(await store.readUpload(upload))).toEqual(content);
    });

    it('takes nothing after its time', async () => {
      const content = newContent();
      const upload = randomUUID();
      const past = await store.grantUpload(upload, bytesOf(content), validFor(-5, 60));
      expect(await send(origin, past, content)).toBe(403);
      expect(await store.sizeOfUpload(upload)).toBeUndefined();
    });

    it('takes nothing when anything in its address or its headers was changed', async () => {
      const content = newContent();
      const upload = randomUUID();
      const grant = await store.grantUpload(upload, bytesOf(content), validFor());
      const refused = async (change: object, what: string) =>
        expect([400, 403], what).toContain(await send(origin, { ...grant, ...change }, content));
      for (const [name, url] of tampered(grant.url, origin)) await refused({ url }, name);
      for (const name of Object.keys(grant.headers)) {
        const { [name]: value, ...without } = grant.headers;
        await refused({ headers: without }, `without ${name}`);
        await refused({ headers: { ...without, [name]: bytesOf(content).sha256 } }, `other ${name}`);
        expect(value).toBeDefined();
      }
      await refused({ url: grant.url.replace(upload, randomUUID()) }, 'upload');
      await refused({ url: grant.url.split('?')[0] ?? '' }, 'no signature');
      expect(await store.sizeOfUpload(upload)).toBeUndefined();
      expect(await send(origin, grant, content)).toBe(200);
    });

    it.each(['', '..', '../archive/aa', 'a/b', `${randomUUID()}/`, randomUUID().toUpperCase()])(
      'is not for %j, which is no UUID',
      async upload => {
        const bytes = bytesOf(newContent());
        const refused = [
          store.grantUpload(upload, bytes, validFor()),
          store.beginParts(upload),
          store.grantPart(upload, randomUUID(), { number: 1, ...bytes }, validFor()),
          store.sizeOfUpload(upload),
          store.readUpload(upload),
          store.scan(upload),
          store.discardUpload(upload, null),
          store.seal(upload, bytes),
        ];
        for (const each of refused) await expect(each).rejects.toBeInstanceOf(TypeError);
      },
    );
  });

  describe('an upload in parts', () => {
    const parts = [newContent(minPartBytes), newContent(minPartBytes + 1), newContent(10)];
    const whole = Buffer.concat(parts);
    const listed = parts.map((content, index) => partOf(index + 1, content));
    let upload: string;
    let session: string;

    const begin = async () => {
      upload = randomUUID();
      session = await store.beginParts(upload);
    };
    const sendPart = async (number: number, content: Buffer<ArrayBuffer>, body = content) =>
      send(origin, await store.grantPart(upload, session, partOf(number, content), validFor()), body);
    const sendAll = async () => {
      for (const [index, content] of parts.entries()) expect(await sendPart(index + 1, content)).toBe(200);
    };

    it('arrives out of order, is resumed by another connection, and is joined in order', async () => {
      await begin();
      expect(await store.listParts(upload, session)).toEqual([]);
      for (const number of [3, 1]) expect(await sendPart(number, parts[number - 1] ?? newContent())).toBe(200);
      const other = underTest().connect();
      expect(await other.listParts(upload, session)).toEqual([listed[0], listed[2]]);
      expect(await store.sizeOfUpload(upload)).toBeUndefined();
      expect(await sendPart(2, parts[1] ?? newContent())).toBe(200);
      expect(await other.listParts(upload, session)).toEqual(listed);
      await other.joinParts(upload, session, listed);
      expect(await store.sizeOfUpload(upload)).toBe(whole.length);
      expect(bytesOf(await contentOf(await store.readUpload(upload)))).toEqual(bytesOf(whole));
    });

    it('is joined once: again does nothing, and no part comes after', async () => {
      await begin();
      await sendAll();
      await Promise.all([1, 2].map(() => store.joinParts(upload, session, listed).catch(() => {})));
      await store.joinParts(upload, session, listed);
      expect(await store.listParts(upload, session)).toEqual([]);
      expect(await sendPart(1, newContent())).toBe(404);
      expect(bytesOf(await contentOf(await store.readUpload(upload)))).toEqual(bytesOf(whole));
    });

    it('takes a part again, the same bytes or others, until it is joined', async () => {
      await begin();
      expect(await sendPart(1, newContent())).toBe(200);
      for (const _ of [1, 2]) expect(await sendPart(1, parts[2] ?? newContent())).toBe(200);
      const part = partOf(1, parts[2] ?? newContent());
      expect(await store.listParts(upload, session)).toEqual([part]);
      await store.joinParts(upload, session, [part]);
      expect(await contentOf(await store.readUpload(upload))).toEqual(parts[2]);
    });

    it('takes no part with other bytes, another size, or an address that was changed', async () => {
      await begin();
      const content = newContent();
      expect(await sendPart(1, content, newContent())).toBe(400);
      expect([400, 403]).toContain(await sendPart(1, content, newContent(999)));
      expect([403, 413]).toContain(await sendPart(1, content, newContent(1001)));
      const grant = await store.grantPart(upload, session, partOf(1, content), validFor());
      for (const [name, url] of tampered(grant.url, origin)) {
        expect([400, 403], name).toContain(await send(origin, { ...grant, url }, content));
      }
      const past = await store.grantPart(upload, session, partOf(1, content), validFor(-5, 60));
      expect(await send(origin, past, content)).toBe(403);
      expect(await store.listParts(upload, session)).toEqual([]);
    });

    it('is not joined while a part is missing or differs', async () => {
      await begin();
      expect(await sendPart(1, parts[0] ?? newContent())).toBe(200);
      for (const last of [partOf(2, newContent()), partOf(1, newContent(minPartBytes))]) {
        const claimed = last.number === 2 ? listed.slice(0, 1).concat(last) : [last];
        await expect(store.joinParts(upload, session, claimed)).rejects.toBeInstanceOf(BlobMissingError);
      }
      expect(await store.sizeOfUpload(upload)).toBeUndefined();
      expect(await store.listParts(upload, session)).toEqual(listed.slice(0, 1));
    });

    it('has parts of 5 MiB but for the last, numbered from 1 on', async () => {
      const small = [partOf(1, newContent()), partOf(2, newContent())];
      await expect(store.joinParts(randomUUID(), randomUUID(), small)).rejects.toBeInstanceOf(RangeError);
      for (const wrong of [[], [listed[1]], [listed[1], listed[0]], [listed[0], listed[0]]]) {
        const join = store.joinParts(
          randomUUID(),
          randomUUID(),
          wrong.flatMap(part => part ?? []),
        );
        await expect(join).rejects.toBeInstanceOf(RangeError);
      }
    });

    it('is sealed under the digest of the whole, and under no other', async () => {
      await begin();
      await sendAll();
      await store.joinParts(upload, session, listed);
      const wrong = bytesOf(newContent(whole.length));
      await expect(store.seal(upload, wrong)).rejects.toBeInstanceOf(BlobDamagedError);
      expect(await store.sizeOf(wrong.sha256)).toBeUndefined();
      await store.seal(upload, bytesOf(whole));
      expect(bytesOf(await contentOf(await store.read(bytesOf(whole).sha256)))).toEqual(bytesOf(whole));
    });

    it('is discarded in the middle: its session has ended, and nothing of it comes back', async () => {
      await begin();
      expect(await sendPart(1, parts[0] ?? newContent())).toBe(200);
      for (const _ of [1, 2]) await store.discardUpload(upload, session);
      expect(await store.listParts(upload, session)).toEqual([]);
      expect(await sendPart(2, newContent())).toBe(404);
      await expect(store.joinParts(upload, session, listed.slice(0, 1))).rejects.toBeInstanceOf(BlobMissingError);
      expect(await store.sizeOfUpload(upload)).toBeUndefined();
    });
  });

  describe('discarding an upload', () => {
    it('removes what came in one piece or in parts, and again does nothing', async () => {
      const one = await uploaded(underTest(), newContent());
      const other = randomUUID();
      const session = await store.beginParts(other);
      const content = newContent();
      const part = partOf(1, content);
      expect(await send(origin, await store.grantPart(other, session, part, validFor()), content)).toBe(200);
      await store.joinParts(other, session, [part]);
      for (const [upload, of] of [
        [one, null],
        [other, session],
        [randomUUID(), null],
      ] as const) {
        for (const _ of [1, 2]) await store.discardUpload(upload, of);
        expect(await store.sizeOfUpload(upload)).toBeUndefined();
        await expect(store.readUpload(upload)).rejects.toBeInstanceOf(BlobMissingError);
      }
    });
  });
}
