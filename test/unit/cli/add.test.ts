/** `npm run add` as a person uses it: what is wrong is said in words, with exit code 1. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newFolder } from '../../support/book.ts';
import { type Client, clientFor } from '../../support/client.ts';
import { type Embedded, freePorts, launchEmbedded } from '../../support/embedded.ts';
import { secretaryToken } from '../../support/largeFile.ts';

let folder: string;
let server: Embedded;
let book: { MINUTEBOOK_ADDRESS: string; MINUTEBOOK_TOKEN: string };
let secretary: Client;
beforeAll(async () => {
  folder = newFolder();
  const ports = await freePorts();
  server = launchEmbedded({ MINUTEBOOK_DATA: join(folder, 'data'), ...ports });
  const address = await server.ready;
  book = { MINUTEBOOK_ADDRESS: address, MINUTEBOOK_TOKEN: await secretaryToken(ports.MINUTEBOOK_ISSUER_PORT) };
  secretary = clientFor(address, book.MINUTEBOOK_TOKEN);
  writeFileSync(join(folder, "the treasurer's notes.txt"), 'Notes.');
  writeFileSync(join(folder, 'large.txt'), 'Large. '.repeat(2_500_000));
  writeFileSync(join(folder, 'page.txt'), '<html><script>');
  for (const name of ['empty.txt', 'macros.docm', 'nothing', 'CON.txt']) writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, 'folder.txt'));
});
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true });
});

async function add(args: readonly string[], change: Record<string, string> = {}) {
  const env = { ...process.env, ...book, ...change };
  const child = spawn(process.execPath, [resolve('cli/add.ts'), ...args], { cwd: folder, env });
  const [stdout, stderr, [code]] = await Promise.all([
    child.stdout.toArray().then(chunks => Buffer.concat(chunks).toString()),
    child.stderr.toArray().then(chunks => Buffer.concat(chunks).toString()),
    once(child, 'exit'),
  ]);
  expect(stderr, 'a stack is for nobody').not.toMatch(/node:internal| at .*:\d+:\d+/);
  return { code, stdout, stderr };
}

const notes = "the treasurer's notes.txt";
const asNew = ['--title', 'Notes', '--kind', 'report'];
const someId = '01890a5d-ac96-774b-bcce-b302099a8070';

it('seals a file as a new document, and another as its next version', async () => {
  const first = await add([notes, ...asNew]);
  expect(first).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Sealed as version 1') });
  const id = /document ([0-9a-f-]+)/.exec(first.stdout)?.[1] ?? '';
  expect((await add([notes, '--document', id])).stdout).toContain(`Sealed as version 2 of document ${id}`);
});

it('goes on with an upload, and says the same when it is finished already', async () => {
  const { stdout } = await add(['large.txt', ...asNew]);
  const [, id = ''] = /npm run add -- large\.txt --upload ([0-9a-f-]+)/.exec(stdout) ?? [];
  const again = await add(['large.txt', '--upload', id]);
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('Sealed as version 1') });
  const other = await add([notes, '--upload', id]);
  expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('is not the file') });
});

it('shows why a file is refused, and how to send another one', async () => {
  const { code, stderr } = await add(['page.txt', ...asNew]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The file is an HTML page, not plain text\./);
  const [, id = ''] = /--document ([0-9a-f-]{36})/.exec(stderr) ?? [];
  expect((await add([notes, '--document', id])).stdout).toContain('Sealed as version 1');
});

it.each([
  ['nothing at all', [], 'Name one file.'],
  ['a file that is not there', ['none.txt', ...asNew], 'There is no file none.txt.'],
  ['a folder', ['folder.txt', ...asNew], 'Name a file, not a folder.'],
  ['two files', [notes, 'large.txt', ...asNew], 'Name one file.'],
  ['an empty file', ['empty.txt', ...asNew], 'empty.txt is empty.'],
  [
    'a type that the archive does not take',
    ['macros.docm', ...asNew],
    'takes no files that end in ".docm". It takes PDF',
  ],
  ['a file without a type', ['nothing', ...asNew], 'without an ending such as .pdf'],
  ['a name that would not last', ['CON.txt', ...asNew], 'CON.txt: '],
  ['no title', [notes, '--kind', 'report'], 'needs --title and --kind'],
  ['an unknown kind', [notes, '--title', 'a', '--kind', 'reprot'], 'kind: '],
  ['an unknown level', [notes, ...asNew, '--access', 'all'], 'access: '],
  ['half a period', [notes, ...asNew, '--period', '2023'], 'Write a period as'],
  ['an unknown option', [notes, ...asNew, '--kinds'], "Unknown option '--kinds'"],
  ['an unknown document', [notes, '--document', someId], 'The book knows no such document'],
  ['an unknown upload', [notes, '--upload', someId], 'The book knows no such document or upload'],
] as const)('says what is wrong with %s, and begins no document', async (_, args, message) => {
  const count = async () => (await secretary.listDocuments({ query: { kind: 'report' } })).body.items.length;
  const before = await count();
  const { code, stdout, stderr } = await add(args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(message);
  expect(await count()).toBe(before);
});

it('says what is wrong with the token and the address', async () => {
  const other = createServer((_, response) => response.end('Something else')).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  const said = async (change: Record<string, string>) => {
    const { code, stderr } = await add([notes, ...asNew], change);
    expect(code).toBe(1);
    return stderr;
  };
  expect(await said({ MINUTEBOOK_TOKEN: '' })).toContain('Set MINUTEBOOK_TOKEN');
  expect(await said({ MINUTEBOOK_TOKEN: 'two\nlines' })).toContain('something else than an access token');
  expect(await said({ MINUTEBOOK_TOKEN: 'wrong' })).toContain('Sign in again');
  expect(await said({ MINUTEBOOK_ADDRESS: 'localhost' })).toContain('MINUTEBOOK_ADDRESS must be an address');
  expect(await said({ MINUTEBOOK_ADDRESS: elsewhere })).toContain('is not the book');
  other.close();
  other.closeAllConnections();
  expect(await said({ MINUTEBOOK_ADDRESS: elsewhere })).toContain('The book does not answer');
});

it('tells how it is used', async () => {
  expect(await add(['--help'])).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('--kind') });
});
