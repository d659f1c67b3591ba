// What holds for every file: it is the one that was announced, costs the same memory, and leaves nothing behind.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { examine } from '../../../shared/examination/examine.ts';
import { closeReader } from '../../../shared/examination/pdfReader.ts';
import { chunksOf, examineAs, refusedFor, sha256Of, sound, word } from '../../support/examined.ts';
import { pdfOf } from '../../support/pdfs.ts';
import { docxOf } from '../../support/zips.ts';

// Others that run beside this have their spools elsewhere.
const { TMPDIR } = process.env;
const temporary = mkdtempSync(join(tmpdir(), 'minutebook-temporary-'));
beforeAll(() => {
  process.env.TMPDIR = temporary;
});
afterAll(async () => {
  await closeReader();
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
  rmSync(temporary, { recursive: true });
});

const text = Buffer.from('Minutes of the meeting');
const announced = { name: 'minutes.txt', type: 'text/plain', size: text.length, sha256: sha256Of(text) };
const whole = async () => Readable.from(chunksOf(text, 5));

it('accepts the bytes that were announced, however they are cut', async () => {
  expect(await examine(whole, announced)).toMatchObject(sound);
  expect(await examine(async () => Readable.from(chunksOf(text, 1)), announced)).toMatchObject(sound);
});

it.each([
  ['other bytes', { sha256: sha256Of(Buffer.from('other')) }],
  ['fewer bytes', { size: text.length + 1 }],
  ['more bytes', { size: text.length - 1 }],
])('refuses %s than were announced', async (_what, change) => {
  expect(await examine(whole, { ...announced, ...change })).toEqual(refusedFor(/arrived damaged/));
});

it('stops reading once there are more bytes than were announced', async () => {
  let sent = 0;
  const endless = Readable.from(
    (function* () {
      for (;;) {
        sent += 1000;
        yield Buffer.alloc(1000, 'a');
      }
    })(),
  );
  expect(await examine(async () => endless, announced)).toEqual(refusedFor(/arrived damaged/));
  expect(endless.destroyed).toBe(true);
  expect(sent).toBeLessThan(1_000_000);
});

it.each([
  ['a type that is not archived', { name: 'a.zip', type: 'application/zip' }, /application\/zip cannot be archived/],
  ['a type that objects inherit', { name: 'a.txt', type: 'constructor' }, /cannot be archived/],
  ['a name of another type', { name: 'minutes.pdf' }, /ends in \.txt or \.md/],
  ['no bytes', { size: 0, sha256: sha256Of(Buffer.alloc(0)) }, /empty/],
])('refuses %s without opening the file', async (_what, change, reason) => {
  const open = () => Promise.reject(new Error('opened'));
  expect(await examine(open, { ...announced, ...change })).toEqual(refusedFor(reason));
});

it.each([
  ['application/pdf', async () => pdfOf(['page'])],
  [word, async () => docxOf()],
] as const)('leaves no copy behind of %s: examined, damaged, or never arrived', async (type, make) => {
  const bytes = await make();
  expect(await examineAs(type, bytes)).toMatchObject(sound);
  const name = type === word ? 'a.docx' : 'a.pdf';
  const declared = { name, type, size: bytes.length, sha256: sha256Of(bytes) };
  let copies = 0;
  const failing = Readable.from(
    (function* () {
      yield bytes.subarray(0, 10);
      copies = readdirSync(temporary).length;
      throw new Error('the store is gone');
    })(),
  );
  await expect(examine(async () => failing, declared)).rejects.toThrow('the store is gone');
  expect(copies).toBe(1);
  await expect(examine(() => Promise.reject(new Error('no store')), declared)).rejects.toThrow('no store');
  const wrong = { ...declared, sha256: sha256Of(text) };
  expect(await examine(async () => Readable.from(chunksOf(bytes)), wrong)).toEqual(refusedFor(/damaged/));
  expect(readdirSync(temporary)).toEqual([]);
});

it('examines 300 MB with the memory of a small file', async () => {
  const chunk = Buffer.alloc(65_536, 'Minutes of the meeting. ');
  const count = 4800;
  const hash = createHash('sha256');
  for (let index = 0; index < count; index++) hash.update(chunk);
  const declared = { name: 'a.txt', type: 'text/plain', size: chunk.length * count, sha256: hash.digest('hex') };
  const start = process.memoryUsage().rss;
  let most = 0;
  const stream = Readable.from(
    (function* () {
      for (let index = 0; index < count; index++) {
        most = Math.max(most, process.memoryUsage().rss);
        // As a network gives them: every chunk is new.
        yield Buffer.from(chunk);
      }
    })(),
  );
  expect(await examine(async () => stream, declared)).toMatchObject(sound);
  expect(most - start).toBeLessThan(150_000_000);
});
