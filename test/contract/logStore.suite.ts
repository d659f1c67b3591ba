/** What every LogStore keeps: nothing that is there is written over but the checkpoint, and that by whoever has read it. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LogForkError, type LogStore } from '../../shared/ports/logStore.ts';

export interface OpenLogStore {
  readonly store: LogStore;
  /** The same log, opened once more. */
  connect(): LogStore;
  /** An empty one. */
  fresh(): Promise<LogStore>;
  close(): void | Promise<void>;
}

let count = 0;
/** A path that nothing is at yet. */
const newPath = () => `tile/0/${String(count++).padStart(3, '0')}`;
const bytes = (length = 64) => new Uint8Array(randomBytes(length));

export function logStoreSuite(open: () => Promise<OpenLogStore>): void {
  let opened: OpenLogStore;
  let store: LogStore;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  afterAll(() => opened.close());

  describe('a tile', () => {
    it.each([
      ['tile/0/x001/x234/067', 8192],
      ['tile/0/x001/x234/067.p/1', 32],
      ['tile/63/000', 32],
      ['tile/entries/x999/999.p/255', 100_000],
      // The largest bundle that there can be.
      ['tile/entries/x999/998', 256 * 65_537],
    ])('is read as it was put, by whoever reads it: %s', async (path, length) => {
      const content = bytes(length);
      await store.putNew(path, content);
      expect(Buffer.compare((await store.read(path)) ?? bytes(), content)).toBe(0);
      expect(Buffer.compare((await opened.connect().read(path)) ?? bytes(), content)).toBe(0);
    });

    it('that is not there is undefined', async () => {
      expect(await store.read(newPath())).toBeUndefined();
      expect(await store.read(`${newPath()}.p/7`)).toBeUndefined();
    });

    it('may be put again, and is never written over', async () => {
      const [path, content] = [newPath(), bytes()];
      await store.putNew(path, content);
      await store.putNew(path, content);
      for (const other of [bytes(), content.subarray(1), new Uint8Array([...content, 0]), new Uint8Array()]) {
        await expect(store.putNew(path, other)).rejects.toThrow(LogForkError);
      }
      expect(Buffer.compare((await store.read(path)) ?? bytes(), content)).toBe(0);
    });

    it('that several put at once is that of one of them, and the others know', async () => {
      for (let round = 0; round < 5; round++) {
        const path = newPath();
        const stores = [store, opened.connect(), opened.connect(), store];
        const contents = [bytes(), bytes(), bytes()];
        contents.push(contents[0] ?? bytes());
        const ends = await Promise.allSettled(stores.map((one, place) => one.putNew(path, contents[place] ?? bytes())));
        const there = await store.read(path);
        for (const [place, end] of ends.entries()) {
          const isThere = Buffer.compare(there ?? bytes(), contents[place] ?? bytes()) === 0;
          expect(end.status).toBe(isThere ? 'fulfilled' : 'rejected');
          if (end.status === 'rejected') expect(end.reason).toBeInstanceOf(LogForkError);
        }
        expect(ends.some(({ status }) => status === 'fulfilled')).toBe(true);
      }
    });

    it.each([
      'checkpoint',
      '../checkpoint',
      'tile/0/../../checkpoint',
      '/tile/0/000',
      'tile/0/000/',
      'tile/0/000.p/256',
      'tile/0/000.p/0',
      'tile/0/1000',
      'tile/64/000',
      'tile/entries/000.p/',
      `tile/0/${'x000/'.repeat(400)}000`,
      `tile/0/${'x999/'.repeat(20)}999`,
      '',
    ])('has a path of the log; others are neither read nor put: %j', async path => {
      await expect((async () => store.putNew(path, bytes()))()).rejects.toThrow(RangeError);
      await expect((async () => store.read(path))()).rejects.toThrow(RangeError);
    });
  });

  describe('the checkpoint', () => {
    it('is missing at first, and then what was published', async () => {
      const own = await opened.fresh();
      expect(await own.readCheckpoint()).toBeUndefined();
      expect(await own.replaceCheckpoint('first — ä\n', undefined)).toBe(true);
      expect((await own.readCheckpoint())?.content).toBe('first — ä\n');
    });

    it('is replaced by whoever read it last, and by nobody else', async () => {
      const own = await opened.fresh();
      await own.replaceCheckpoint('first', undefined);
      const first = await own.readCheckpoint();
      expect(await own.replaceCheckpoint('another first', undefined)).toBe(false);
      expect(await own.replaceCheckpoint('second', first)).toBe(true);
      expect(await own.replaceCheckpoint('another second', first)).toBe(false);
      expect((await own.readCheckpoint())?.content).toBe('second');
      expect(await own.replaceCheckpoint('third', await own.readCheckpoint())).toBe(true);
    });

    it('does not come back when it is gone', async () => {
      const own = await opened.fresh();
      expect(await own.replaceCheckpoint('second', { content: 'first', tag: '"0123456789abcdef"' })).toBe(false);
      expect(await own.readCheckpoint()).toBeUndefined();
    });

    it('that several replace at once is that of the one who is told so', async () => {
      const own = await opened.fresh();
      for (let round = 0; round < 10; round++) {
        const read = await own.readCheckpoint();
        const wishes = [0, 1, 2, 3].map(place => `${round}/${place}`);
        const ends = await Promise.all(wishes.map(wish => own.replaceCheckpoint(wish, read)));
        const there = (await own.readCheckpoint())?.content;
        expect(wishes.filter((_, place) => ends[place])).toEqual([there]);
      }
    });
  });
}
