/** kill -9 at any moment: every acknowledged commit is there, none is half there. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSqliteRecordStore } from '../../shared/adapters/sqliteRecordStore.ts';
import { allOf, minute } from '../support/minutes.ts';

const writer = fileURLToPath(new URL('../support/minuteWriter.ts', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minutebook-crash-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Writes until killed: some time after the first acknowledgement, or after the start. */
async function writeUntilKilled(
  file: string,
  from: 'acknowledgement' | 'start',
  milliseconds: number,
): Promise<number[]> {
  const child = spawn(process.execPath, [writer, file, 'Infinity'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const closed = new Promise(resolve => child.once('close', resolve));
  const first = new Promise(resolve => child.stdout.once('data', resolve));
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  if (from === 'acknowledgement') await Promise.race([first, closed]);
  await pause(milliseconds);
  expect(child.exitCode).toBeNull();
  child.kill('SIGKILL');
  await closed;
  return output.split('\n').slice(0, -1).map(Number);
}

async function verify(file: string, acknowledged: readonly number[]): Promise<number> {
  const store = openSqliteRecordStore(file);
  const version = (await store.get(minute))?.version ?? 0;
  const events = await allOf(store, 'minute-events');
  store.close();
  // Record and event stand or fall together, so the events are exactly the record's versions.
  expect(events.map(event => event.data.version)).toEqual(Array.from({ length: version }, (_, index) => index + 1));
  expect(version).toBeGreaterThanOrEqual(Math.max(0, ...acknowledged));
  const db = new DatabaseSync(file);
  expect(db.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  db.close();
  return version;
}

it('keeps every acknowledged commit, whole, through 30 kills of the process that writes', {
  timeout: 120_000,
}, async () => {
  const file = join(folder, 'book.sqlite');
  const acknowledged: number[] = [];
  for (let round = 0; round < 30; round++) {
    acknowledged.push(...(await writeUntilKilled(file, 'acknowledgement', Math.random() * 120)));
    if (round % 10 === 9) await verify(file, acknowledged);
  }
  expect(acknowledged.length).toBeGreaterThan(100);
  // Each version was acknowledged once at most; those that are missing were killed between commit and acknowledgement.
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  const version = await verify(file, acknowledged);
  expect(version - acknowledged.length).toBeLessThanOrEqual(30);
});

it('opens a file whose creation was killed', { timeout: 60_000 }, async () => {
  for (let round = 0; round < 12; round++) {
    const file = join(folder, `new-${round}.sqlite`);
    const acknowledged = await writeUntilKilled(file, 'start', 25 + Math.random() * 60);
    await verify(file, acknowledged);
  }
});
