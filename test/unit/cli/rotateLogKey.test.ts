// The next key of a log: made beside the one that signs, and introduced by the server before it signs anything.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sequence } from '../../../functions/sequence/sequence.ts';
import { openLog } from '../../../local/openLog.ts';
import { logFolder, logKeysFolder, SettingError } from '../../../local/settings.ts';
import { readCheckpoint } from '../../../shared/core/log/checkpoints.ts';
import { openOnFiles, removeFolder, servicesOf } from '../../support/sequenced.ts';

let place: ReturnType<typeof openOnFiles>;

beforeEach(() => {
  place = openOnFiles();
});

afterEach(() => {
  place.close();
  removeFolder(place.folder);
});

async function rotate() {
  const env = { ...process.env, MINUTEBOOK_DATA: place.folder };
  const child = spawn(process.execPath, ['cli/rotateLogKey.ts'], { env });
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (child.exitCode === null) await once(child, 'exit');
  return { code: child.exitCode, output, complaint };
}

/** What the server does at its start. */
async function serve(): Promise<string[]> {
  const where = {
    folder: logFolder(place.folder),
    keys: logKeysFolder(place.folder),
    address: 'https://book.example.org',
  };
  const log = await openLog(place.records, where);
  await sequence({ ...servicesOf(place, []), ...log });
  const signed = readCheckpoint((await log.store.readCheckpoint())?.content ?? '');
  return signed?.note.signatures.map(({ id }) => id) ?? [];
}

const keys = () => readdirSync(logKeysFolder(place.folder));

it('makes the next key, with which the server signs beside the old one, until that is moved away', {
  timeout: 60_000,
}, async () => {
  const [old] = await serve();
  const { code, output, complaint } = await rotate();
  expect([code, complaint]).toEqual([0, '']);
  expect(keys()).toEqual(['0001.pem', '0002.pem']);
  expect(statSync(join(logKeysFolder(place.folder), '0002.pem')).mode & 0o077).toBe(0);
  const both = await serve();
  expect(both).toEqual([expect.any(String), old]);
  expect(output).toContain(`book.example.org/log+${both[0]}+`);
  rmSync(join(logKeysFolder(place.folder), '0001.pem'));
  expect(await serve()).toEqual(both);
  // The next after that.
  expect((await rotate()).code).toBe(0);
  expect(keys()).toEqual(['0002.pem', '0003.pem']);
});

it('makes no key while the one before has not signed', { timeout: 60_000 }, async () => {
  await serve();
  await rotate();
  const { code, complaint } = await rotate();
  expect([code, complaint]).toEqual([1, expect.stringContaining('has not signed anything yet')]);
  expect(keys()).toEqual(['0001.pem', '0002.pem']);
});

it('makes no key where there is no book, or no log', { timeout: 60_000 }, async () => {
  expect((await rotate()).complaint).toContain('has no key in');
  place.close();
  removeFolder(place.folder);
  mkdirSync(place.folder);
  const { code, complaint } = await rotate();
  expect([code, complaint]).toEqual([1, expect.stringContaining('There is no book in')]);
  expect(readdirSync(place.folder)).toEqual([]);
  writeFileSync(join(place.folder, 'demonstration.sqlite'), '');
  expect((await rotate()).complaint).toContain('holds only the example');
  place = openOnFiles(place.folder);
});

it('lets no server start whose keys are gone: it would sign with another', async () => {
  await serve();
  rmSync(join(logKeysFolder(place.folder), '0001.pem'));
  await expect(serve()).rejects.toThrow(SettingError);
  expect(keys()).toEqual([]);
});

it('makes another key for a log whose keys are lost, and the log goes on', { timeout: 60_000 }, async () => {
  await serve();
  rmSync(join(logKeysFolder(place.folder), '0001.pem'));
  const { code, output } = await rotate();
  expect([code, output]).toEqual([0, expect.stringContaining('No checkpoint proves that the old key agreed')]);
  expect(keys()).toEqual(['0002.pem']);
  expect(await serve()).toHaveLength(1);
});
