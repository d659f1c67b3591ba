/** The LogStore contract in a folder, and what only files can do: leave something behind. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openFileLogStore } from '../../shared/adapters/fileLogStore.ts';
import { logStoreSuite } from './logStore.suite.ts';

const root = mkdtempSync(join(tmpdir(), 'minutebook-log-store-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const newFolder = () => mkdtempSync(join(root, 'log-'));

describe('LogStore in a folder', () => {
  logStoreSuite(async () => {
    const folder = newFolder();
    return {
      store: openFileLogStore(folder),
      connect: () => openFileLogStore(folder),
      fresh: async () => openFileLogStore(newFolder()),
      close: () => {},
    };
  });

  it('leaves nothing behind but the log, and removes what a crash left', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, '.workshop'));
    // No process has this number.
    writeFileSync(join(folder, '.workshop', '.tmp-999999999-abcdef-0123'), 'half a tile');
    const store = openFileLogStore(folder);
    await store.putNew('tile/0/000.p/1', new Uint8Array(32));
    await store.putNew('tile/0/000.p/1', new Uint8Array(32));
    await expect(store.putNew('tile/0/000.p/1', new Uint8Array(31))).rejects.toThrow();
    await store.replaceCheckpoint('first', undefined);
    await store.replaceCheckpoint('second', undefined);
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual([
      ...['.workshop', 'checkpoint', 'tile', 'tile/0', 'tile/0/000.p', 'tile/0/000.p/1'],
    ]);
    expect(statSync(join(folder, 'tile/0/000.p/1')).mode & 0o777).toBe(0o400);
  });
});
