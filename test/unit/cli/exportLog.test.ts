// A log that is taken away whole: every reader of tlog-tiles finds there what it needs, and nothing is taken that is not true.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyCommand } from '../../../cli/verify.ts';
import { sequence } from '../../../functions/sequence/sequence.ts';
import { openFileLogStore } from '../../../shared/adapters/fileLogStore.ts';
import { sealingRecordStore } from '../../../shared/adapters/sealingRecordStore.ts';
import { keyText } from '../../../shared/core/log/notes.ts';
import { checkLog } from '../../support/logCheck.ts';
import { copyOf, Keeper, newKey, openOnFiles, removeFolder, servicesOf } from '../../support/sequenced.ts';

const key = newKey();
const folders: string[] = [];
let data: string;

beforeAll(async () => {
  const place = openOnFiles();
  data = place.folder;
  folders.push(data);
  const keeper = new Keeper(sealingRecordStore(place.records));
  // The last part fills no tile of the second level: its partial one is older than the checkpoint.
  for (const many of [600, 3]) {
    await Promise.all(Array.from({ length: many }, () => keeper.enter('person')));
    await sequence(servicesOf(place, [key]));
  }
  place.close();
});

afterAll(() => {
  for (const folder of folders) removeFolder(folder);
});

async function run(env: NodeJS.ProcessEnv, ...args: readonly string[]) {
  const child = spawn(process.execPath, ['cli/exportLog.ts', ...args], { env: { ...process.env, ...env } });
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (child.exitCode === null) await once(child, 'exit');
  return { code: child.exitCode, output, complaint };
}

async function checkExport(folder: string): Promise<void> {
  const { size } = await checkLog(openFileLogStore(folder), key.key);
  expect(size).toBe(605);
  expect(readFileSync(join(folder, 'keys.txt'), 'utf8')).toBe(`${keyText(key.key)}\n`);
  const said: string[] = [];
  const output = { say: (line: string) => said.push(line), complain: (line: string) => said.push(line) };
  const code = await verifyCommand([folder, '--policy', join(folder, 'policy-told-by-the-log.txt')], output);
  expect([code, said.join('\n')]).toEqual([0, expect.stringContaining('605')]);
}

describe('export-log', () => {
  it('copies the log of the book on this machine, so that verify accepts it', { timeout: 60_000 }, async () => {
    const folder = join(data, 'export');
    const { code, output, complaint } = await run({ MINUTEBOOK_DATA: data }, folder);
    expect([code, complaint]).toEqual([0, '']);
    expect(output).toContain('The log book.example.org/log with 605 entries');
    // What the log says of itself is no ground to believe it.
    expect(output).toContain(`npm run verify -- ${folder} --key KEY`);
    expect(output).not.toContain('--policy');
    await checkExport(folder);
    // Nothing is written over.
    const again = await run({ MINUTEBOOK_DATA: data }, folder);
    expect([again.code, again.complaint]).toEqual([1, expect.stringContaining('is not empty')]);
  });

  it('copies a log from its address', { timeout: 60_000 }, async () => {
    const policy = `log ${keyText(key.key)}\nquorum none\n`;
    const server = createServer(({ url = '' }, response) => {
      const file = join(data, url);
      if (url === '/log/policy') response.end(policy);
      else if (existsSync(file)) response.end(readFileSync(file));
      else response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log/`;
    const folder = join(data, 'fetched');
    const { code, complaint } = await run({}, folder, address);
    server.close();
    expect([code, complaint]).toEqual([0, '']);
    await checkExport(folder);
  });

  it.each([
    ['tile/0/001', 'other hashes than its entries'],
    ['tile/1/000.p/2', 'other hashes than its entries'],
    ['tile/entries/001', 'other hashes than its entries'],
  ])('takes nothing for a log in which %s was changed', { timeout: 60_000 }, async (path, why) => {
    const copy = copyOf(data);
    folders.push(copy);
    const file = join(copy, 'log', path);
    const content = readFileSync(file);
    content[40] = (content[40] ?? 0) ^ 1;
    chmodSync(file, 0o600);
    writeFileSync(file, content);
    rmSync(join(copy, 'export'), { recursive: true, force: true });
    const { code, complaint } = await run({ MINUTEBOOK_DATA: copy }, join(copy, 'export'));
    expect([code, complaint]).toEqual([1, expect.stringContaining(why)]);
    expect(existsSync(join(copy, 'export', 'checkpoint'))).toBe(false);
  });

  it.each([
    [['http://book.example.org/log'], 'Name the address of a log'],
    [['https://book.example.org/log?x'], 'Name the address of a log'],
  ])('refuses addresses that nobody may read from: %o', async (args, why) => {
    const { code, complaint } = await run({}, join(data, 'nowhere'), ...args);
    expect([code, complaint]).toEqual([1, expect.stringContaining(why)]);
  });

  it('says where it looked when there is no book', async () => {
    const empty = join(data, 'empty');
    mkdirSync(empty);
    const { code, complaint } = await run({ MINUTEBOOK_DATA: empty }, join(data, 'nothing'));
    expect([code, complaint]).toEqual([1, expect.stringContaining('There is no book in')]);
    writeFileSync(join(empty, 'demonstration.sqlite'), '');
    const example = await run({ MINUTEBOOK_DATA: empty }, join(data, 'nothing'));
    expect([example.code, example.complaint]).toEqual([1, expect.stringContaining('holds only the example')]);
  });
});
