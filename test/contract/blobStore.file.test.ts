/** The BlobStore contract in a folder, and what only files can do: permissions, keys, damage, a full disk, a kill. */
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { blobGateway } from '../../local/blobGateway.ts';
import { type Listener, listen } from '../../local/listener.ts';
import { type FileBlobStore, openFileBlobStore } from '../../shared/adapters/fileBlobStore.ts';
import { BookFileError } from '../../shared/adapters/sqliteFile.ts';
import { UnavailableError } from '../../shared/errors.ts';
import { BlobDamagedError } from '../../shared/ports/blobStore.ts';
import {
  bytesOf,
  contentOf,
  delivery,
  mebibyte,
  newContent,
  partOf,
  send,
  uploaded,
  validFor,
} from '../support/blobs.ts';
import { blobStoreSuite } from './blobStore.suite.ts';

let folder: string;
let folders = 0;
const newFolder = () => join(folder, `blobs-${folders++}`);
const closing: (() => unknown)[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minutebook-blobs-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** @param faults what the gateway notes */
async function served(store: FileBlobStore, faults: unknown[] = []): Promise<Listener> {
  const listener = await listen(0);
  listener.answerWith(blobGateway(store, { onFault: error => faults.push(error) }), () => true);
  return listener;
}

/** Every file below a folder but the key, by its path. */
const filesIn = (place: string) =>
  readdirSync(place, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name !== 'link.key')
    .map(entry => join(entry.parentPath, entry.name));

describe('BlobStore in a folder', () => {
  blobStoreSuite(async () => {
    const place = newFolder();
    const store = openFileBlobStore(place);
    const { origin, close } = await served(store);
    return { store, origin, connect: () => openFileBlobStore(place), close };
  });
});

describe('a folder of blobs', () => {
  let place: string;
  let store: FileBlobStore;

  beforeEach(() => {
    place = newFolder();
    store = openFileBlobStore(place);
  });

  const fileOf = (sha256: string) => join(place, 'archive', sha256.slice(0, 2), sha256);

  /** Flips one bit of an archived file, from its beginning or (below zero) its end. */
  function damage(sha256: string, at: number): void {
    const bytes = readFileSync(fileOf(sha256));
    const index = (at + bytes.length) % bytes.length;
    bytes[index] = (bytes[index] ?? 0) ^ 1;
    chmodSync(fileOf(sha256), 0o600);
    writeFileSync(fileOf(sha256), bytes);
  }

  it('is for its owner only, and its files are read-only', async () => {
    await store.put(newContent());
    const listener = await served(store);
    closing.push(listener.close);
    await uploaded({ store, origin: listener.origin, connect: () => store, close: listener.close }, newContent());
    const session = await store.beginParts(randomUUID());
    expect(session).toBeTruthy();
    const modes = readdirSync(place, { recursive: true, encoding: 'utf8' }).map(name => {
      const { mode } = statSync(join(place, name));
      return [name, (mode & 0o777).toString(8)];
    });
    expect(modes.length).toBeGreaterThan(7);
    for (const [name = '', mode] of modes) {
      const isFolder = statSync(join(place, name)).isDirectory();
      expect(mode, name).toBe(isFolder ? '700' : name === 'link.key' ? '600' : '400');
    }
  });

  it('signs with a key of its own, which all who open it share, and which ends its addresses when it goes', async () => {
    expect(readFileSync(join(place, 'link.key'))).toHaveLength(32);
    const { sha256 } = await store.put(newContent());
    const url = await store.link(sha256, delivery, validFor());
    expect(openFileBlobStore(place).permissionOf(url)).toEqual({ fetch: sha256, delivery });
    expect(openFileBlobStore(newFolder()).permissionOf(url)).toBeUndefined();
    rmSync(join(place, 'link.key'));
    expect(openFileBlobStore(place).permissionOf(url)).toBeUndefined();
    writeFileSync(join(place, 'link.key'), 'short');
    expect(() => openFileBlobStore(place)).toThrow(BookFileError);
    expect(() => openFileBlobStore(place)).toThrow(/link\.key is damaged\. Delete it to get a new key/);
  });

  it('lets nobody use an address before its time', async () => {
    const { sha256 } = await store.put(newContent());
    expect(store.permissionOf(await store.link(sha256, delivery, validFor(60, -5)))).toBeUndefined();
  });

  it.each([
    ['in its first byte', 300_000, 0],
    ['in its last byte', 300_000, -1],
    ['in a file of one byte', 1, 0],
    ['in a large file', 20 * mebibyte, 5 * mebibyte],
  ])('never serves a file whole in which one bit was flipped, %s', async (_, size, at) => {
    const { sha256 } = await store.put(newContent(size));
    const faults: unknown[] = [];
    const listener = await served(store, faults);
    closing.push(listener.close);
    const url = new URL(await store.link(sha256, delivery, validFor()), listener.origin);
    expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(size);
    damage(sha256, at);
    const answer = await fetch(url)
      .then(
        async response => (response.ok ? response.arrayBuffer() : response.status),
        () => 'broken off',
      )
      .catch(() => 'broken off');
    expect(['broken off', 500]).toContain(answer);
    await expect.poll(() => faults).toEqual([expect.any(BlobDamagedError)]);
    // A reader of the store gets the bytes as they are, and checks them itself.
    expect(bytesOf(await contentOf(await store.read(sha256))).sha256).not.toBe(sha256);
  });

  it('never serves or seals over a file that was cut', async () => {
    const content = newContent(300_000);
    const { sha256 } = await store.put(content);
    const listener = await served(store);
    closing.push(listener.close);
    chmodSync(fileOf(sha256), 0o600);
    writeFileSync(fileOf(sha256), content.subarray(0, 200_000));
    const url = new URL(await store.link(sha256, delivery, validFor()), listener.origin);
    await expect(fetch(url).then(response => response.arrayBuffer())).rejects.toThrow();
    await expect(store.put(content)).rejects.toBeInstanceOf(BlobDamagedError);
    writeFileSync(fileOf(sha256), '');
    expect((await fetch(url)).status).toBe(500);
  });

  it('seals no upload that was changed on the disk', async () => {
    const content = newContent();
    const listener = await served(store);
    closing.push(listener.close);
    const upload = await uploaded(
      { store, origin: listener.origin, connect: () => store, close: listener.close },
      content,
    );
    chmodSync(join(place, 'quarantine', upload), 0o600);
    writeFileSync(join(place, 'quarantine', upload), newContent());
    await expect(store.seal(upload, bytesOf(content))).rejects.toBeInstanceOf(BlobDamagedError);
    expect(filesIn(join(place, 'archive'))).toEqual([]);
  });

  it('leaves nothing of an upload that breaks off', async () => {
    async function* broken() {
      yield newContent(100_000);
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    }
    const [upload, other] = [randomUUID(), randomUUID()];
    const { size, sha256 } = bytesOf(newContent(200_000));
    const session = await store.beginParts(other);
    await expect(store.receive({ upload, send: { size, sha256 } }, broken())).rejects.toThrow('aborted');
    const part = { session, number: 1 };
    await expect(store.receive({ upload: other, send: { size, sha256 }, part }, broken())).rejects.toThrow('aborted');
    expect(filesIn(place)).toEqual([]);
  });

  it('leaves alone what another process is writing, and removes what a dead one left', async () => {
    const living = spawn('sleep', ['60']);
    closing.push(() => living.kill());
    const dead = spawnSync('true').pid;
    mkdirSync(join(place, 'archive', 'ab'));
    const temporary = (pid: unknown, mark = 'abc') => join(place, 'archive', 'ab', `.tmp-${pid}-${mark}-1`);
    for (const pid of [living.pid, dead, process.pid]) writeFileSync(temporary(pid), 'half');
    openFileBlobStore(place);
    expect(filesIn(place)).toEqual([temporary(living.pid)]);
  });
});

describe('kill -9', () => {
  const writer = fileURLToPath(new URL('../support/blobWriter.ts', import.meta.url));

  it('leaves nothing half under a name, loses nothing acknowledged, and the next opening cleans up', {
    timeout: 120_000,
  }, async () => {
    const place = newFolder();
    const acknowledged: string[] = [];
    let leftovers = 0;
    for (let round = 0; round < 15; round++) {
      const child = spawn(process.execPath, [writer, place], { stdio: ['ignore', 'pipe', 'inherit'] });
      let output = '';
      child.stdout.on('data', chunk => {
        output += chunk;
      });
      const closed = new Promise(resolve => child.once('close', resolve));
      await Promise.race([new Promise(resolve => child.stdout.once('data', resolve)), closed]);
      await pause(Math.random() * 150);
      child.kill('SIGKILL');
      await closed;
      acknowledged.push(...output.split('\n').slice(0, -1));
      leftovers += filesIn(place).filter(file => basename(file).startsWith('.tmp-')).length;
    }
    const store = openFileBlobStore(place);
    const found = filesIn(join(place, 'archive'));
    for (const file of found) expect(bytesOf(readFileSync(file)).sha256).toBe(basename(file));
    for (const sha256 of acknowledged) expect(await store.sizeOf(sha256)).toBeGreaterThan(0);
    for (const file of filesIn(join(place, 'quarantine'))) expect(basename(file)).not.toMatch(/^\.tmp/);
    expect(acknowledged.length).toBeGreaterThan(15);
    expect(leftovers).toBeGreaterThan(0);
  });
});

/** Whether this process may mount a small disk to fill. */
function mountMissing(): string {
  const place = mkdtempSync(join(tmpdir(), 'minutebook-mount-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place]);
  if (status === 0) spawnSync('umount', [place]);
  rmSync(place, { recursive: true });
  return status === 0 ? '' : ' (left out: needs the right to mount a small disk)';
}

const noMount = mountMissing();

describe.skipIf(noMount !== '')(`a full disk${noMount}`, () => {
  let place: string;

  beforeAll(() => {
    place = newFolder();
    mkdirSync(place);
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', place]);
  });

  afterAll(() => {
    spawnSync('umount', [place]);
  });

  it('takes nothing half, says so, and takes everything once there is room', async () => {
    const store = openFileBlobStore(join(place, 'blobs'));
    const faults: unknown[] = [];
    const { origin, close } = await served(store, faults);
    closing.push(close);
    const content = newContent(5 * mebibyte);
    const full = { internal: expect.stringMatching(/^The disk of .* is full$/) };
    const upload = await uploaded({ store, origin, connect: () => store, close }, content);
    const before = filesIn(place);

    await expect(store.seal(upload, bytesOf(content))).rejects.toMatchObject(full);
    await expect(store.put(content)).rejects.toBeInstanceOf(UnavailableError);
    const other = randomUUID();
    const grant = await store.grantUpload(other, bytesOf(content), validFor());
    const answer = await fetch(new URL(grant.url, origin), { method: 'PUT', body: content });
    expect([answer.status, await answer.json()]).toEqual([
      503,
      expect.objectContaining({ code: 'temporarily-unavailable' }),
    ]);
    const session = await store.beginParts(other);
    const part = await store.grantPart(other, session, partOf(1, content), validFor());
    expect(await send(origin, part, content)).toBe(503);
    expect(faults).toEqual([expect.objectContaining(full), expect.objectContaining(full)]);
    expect(filesIn(place)).toEqual(before);

    await store.discardUpload(upload, null);
    expect(await send(origin, grant, content)).toBe(200);
    expect(await contentOf(await store.readUpload(other))).toEqual(content);
  });
});
