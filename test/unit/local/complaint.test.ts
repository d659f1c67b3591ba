/** Operators get a sentence that names the place; faults of the program keep their stack. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { complaintAbout } from '../../../local/complaint.ts';
import { listen } from '../../../local/listener.ts';
import { openSqliteRecordStore } from '../../../shared/adapters/sqliteRecordStore.ts';
import { newFolder } from '../../support/book.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));

function failureOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

it('says what stands where the folder or the file should be', () => {
  const file = join(folder, 'file');
  writeFileSync(file, 'no database '.repeat(100));
  const makeFolder = (path: string) => failureOf(() => mkdirSync(path, { recursive: true }));
  expect(complaintAbout(makeFolder(file))).toContain(`${file} is a file, and the book needs a folder`);
  expect(complaintAbout(makeFolder(join(file, 'x')))).toContain('lies below a file');
  expect(complaintAbout(failureOf(() => openSqliteRecordStore(file)))).toContain('is not a book of Minutebook');
  expect(complaintAbout(failureOf(() => openSqliteRecordStore(folder)))).toContain('is a folder');
});

it.each(['EACCES', 'EPERM', 'EROFS', 'ENOSPC'])('names the path of %s', code => {
  const error = Object.assign(new Error(code), { code, path: '/srv/book' });
  expect(complaintAbout(error)).toMatch(/^\/srv\/book [^\n]+\.$/);
});

it('names the port that is taken', async () => {
  const { port, close } = await listen(0);
  const error = await listen(port).catch(caught => caught);
  expect(complaintAbout(error)).toMatch(new RegExp(`^Port ${port} is in use`));
  await close();
});

it('leaves other faults alone', () => {
  expect(complaintAbout(new TypeError('x is not a function'))).toBeUndefined();
  expect(complaintAbout('text')).toBeUndefined();
});
