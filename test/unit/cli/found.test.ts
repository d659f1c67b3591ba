/** `npm run found` as a shell sees it: what it refuses, and that a refusal leaves nothing behind. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newFolder } from '../../support/book.ts';

const example = /```json\n(.*?)```/s.exec(readFileSync('docs/founding.md', 'utf8'))?.[1] ?? '';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));

function found(content: string, data = join(folder, 'data')) {
  const file = join(folder, 'founding.json');
  writeFileSync(file, content);
  const env = { ...process.env, MINUTEBOOK_DATA: data, RECORDS_TABLE: undefined };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/found.ts', file], { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

it('takes a file that begins with a byte order mark, and founds once', () => {
  expect(found(`\uFEFF${example}`)).toMatchObject({ status: 0, stderr: '' });
  expect(found(example)).toMatchObject({ status: 1, stderr: expect.stringContaining('holds a book already') });
});

it.each([
  ['[]', 'must hold one object'],
  ['null', 'must hold one object'],
  [example.replace(/"board": .*\n/, ''), '/board: Is missing.'],
  [example.replace(/"legalName": .*\n/, ''), '/organisation/legalName: Is missing.'],
  [example.replace('"Board of Directors"', '7'), '/board/name: '],
])('refuses %j and writes nothing', (content, message) => {
  const { status, stderr } = found(content);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('undefined');
  expect(existsSync(join(folder, 'data'))).toBe(false);
});

it('says in one sentence why the folder cannot be used', () => {
  writeFileSync(join(folder, 'taken'), '');
  const { status, stderr } = found(example, join(folder, 'taken'));
  expect(status).toBe(1);
  expect(stderr).toMatch(/taken is a file, and the book needs a folder[^\n]*\n$/);
});
