// PDFs: what they say, in which condition they are, and that none of them stops the service.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../shared/examination/limits.ts';
import { closeReader, readInProcess } from '../../../shared/examination/pdfReader.ts';
import { examineAs, refusedFor, sound } from '../../support/examined.ts';
import { endlessPdf, pdfOf, pdfOfObjects, pdfWithContent } from '../../support/pdfs.ts';

const pdf = 'application/pdf';
const small = Buffer.from('BT /F 9 Tf (word) Tj ET');

afterAll(closeReader);

describe('reads', () => {
  it('the title, the number of pages and the text of each, in their order', async () => {
    const bytes = await pdfOf(['first', 'second', '', 'fourth'], { info: { Title: ' Annual\r\nreport\u202e 2023 ' } });
    const text = 'first\fsecond\f\ffourth';
    expect(await examineAs(pdf, bytes)).toEqual({ ...sound, pages: 4, title: 'Annual report 2023', text });
  });

  it('many files at once, each its own', async () => {
    const words = Array.from({ length: 20 }, (_, index) => `text number ${index}`);
    const found = await Promise.all(words.map(async word => examineAs(pdf, await pdfOf([word]))));
    expect(found.map(one => 'text' in one && one.text)).toEqual(words);
  });

  it('no more text than is kept, and says so, cutting no character', async () => {
    const found = await examineAs(pdf, await pdfOf(['äöüß', 'second']), { maxTextBytes: 5 });
    const note = 'Only the first 5 bytes of its text are kept.';
    expect(found).toMatchObject({ condition: 'sound', note, pages: 2, text: 'äö\f' });
  });

  it('a PDF that anybody can open, but not change', async () => {
    const found = await examineAs(pdf, await pdfOf(['open'], { ownerPassword: 'secret' }));
    expect(found).toMatchObject({
      condition: 'sound',
      text: 'open',
      note: expect.stringMatching(/without a password/),
    });
  });

  it('and names what is attached', async () => {
    const attach = (file: PDFKit.PDFDocument) => file.file(Buffer.from('a,b\n'), { name: 'numbers.csv' });
    const found = await examineAs(pdf, await pdfOf(['page'], {}, attach));
    expect(found).toMatchObject({ condition: 'sound', note: 'Attached to it: numbers.csv.' });
  });
});

describe('tells the condition of', () => {
  it('one that needs a password', async () => {
    const found = await examineAs(pdf, await pdfOf(['secret'], { userPassword: 'secret' }));
    expect(found).toMatchObject({ refused: null, condition: 'encrypted', pages: null, title: null, text: null });
  });

  it('one of nothing but noise', async () => {
    const noise = Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * index * 7919) % 251));
    const found = await examineAs(pdf, Buffer.concat([Buffer.from('%PDF-1.7\n'), noise]));
    expect(found).toMatchObject({ condition: 'broken', text: null });
  });

  it('one that was cut off, with what is left of it', async () => {
    const whole = pdfWithContent('', small);
    expect(await examineAs(pdf, whole)).toMatchObject({ ...sound, text: 'word' });
    const found = await examineAs(pdf, whole.subarray(0, whole.indexOf('startxref')));
    expect(found).toMatchObject({ condition: 'broken', text: 'word', note: expect.stringMatching(/end is missing/) });
  });

  it.each([
    ['its own parent', ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [2 0 R] /Count 1 >>']],
    ['no pages', ['<< /Type /Catalog /Pages 9 0 R >>']],
    [
      'nested without end',
      [
        '<< /Type /Catalog /Pages 2 0 R >>',
        ...Array.from({ length: 20_000 }, (_, at) => `<< /Type /Pages /Kids [${at + 3} 0 R] /Count 1 >>`),
      ],
    ],
    ['nested arrays', [`<< /Type /Catalog /Pages ${'['.repeat(100_000)} >>`]],
  ])('one whose page tree is %s', async (_what, objects) => {
    const found = await examineAs(pdf, pdfOfObjects(objects), { timeoutSeconds: 5 });
    expect(found).toMatchObject({ refused: null, condition: expect.stringMatching(/broken|unread/) });
  });

  it('one with more pages than are read', async () => {
    const found = await examineAs(pdf, await pdfOf(['1', '2', '3']), { maxPages: 2 });
    expect(found).toMatchObject({ condition: 'unread', pages: 3, text: null, note: expect.stringMatching(/3 pages/) });
  });

  it('one that is too large to be read', async () => {
    const found = await examineAs(pdf, await pdfOf(['1']), { maxReadBytes: 100 });
    expect(found).toMatchObject({ condition: 'unread', text: null, note: expect.stringMatching(/too large/) });
  });
});

describe('refuses', () => {
  it.each([
    ['an HTML page', '<!DOCTYPE html><p>%PDF-1.4', /an HTML page, not PDF/],
    ['a text', 'Minutes of the meeting', /something else, not PDF/],
    ['a program', 'MZ\x90\0%PDF-1.4', /a Windows program, not PDF/],
    ['something before the beginning', '\n%PDF-1.4\n', /not PDF/],
    ['a byte order mark before the beginning', '\ufeff%PDF-1.4\n', /not PDF/],
    ['an archive', 'PK\x03\x04%PDF-1.4', /not PDF/],
  ])('%s under the name of a PDF', async (_what, content, reason) => {
    expect(await examineAs(pdf, content)).toEqual(refusedFor(reason));
  });

  const packed = (action: string) =>
    pdfOfObjects([
      '<< /Type /Catalog /Pages 2 0 R /OpenAction 8 0 R >>',
      '<< /Type /Pages /Kids [] /Count 0 >>',
      ['/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', deflateSync(`8 0 ${action}`)],
    ]);
  it.each([
    [
      'a script when it is opened',
      pdfWithContent('', small, '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>'),
    ],
    [
      'a script whose name is written in numbers',
      pdfWithContent('', small, '/OpenAction << /#53/J#61vaScr#69pt /JS (x) >>'),
    ],
    ['a script after a comment', pdfWithContent('', small, '/OpenAction << /S %\n/JavaScript /JS (x) >>')],
    ['a script in a packed object', packed('<< /S /JavaScript /JS (x) >>')],
    [
      'a script that is told elsewhere',
      pdfWithContent('', small, '/OpenAction << /S 6 0 R /JS (x) >>', ['/JavaScript']),
    ],
  ])('%s', async (_what, bytes) => {
    expect(await examineAs(pdf, bytes)).toEqual(refusedFor(/JavaScript.+Print it/));
  });

  it.each([
    ['the start of a program', pdfWithContent('', small, '/OpenAction << /S /Launch /F (cmd.exe) >>')],
    ['the start of a program in a packed object', packed('<< /Type /Action /S/Launch /F (cmd.exe) >>')],
  ])('%s', async (_what, bytes) => {
    expect(await examineAs(pdf, bytes)).toEqual(refusedFor(/start other programs/));
  });

  it('an attached program, under whatever name', async () => {
    const attach = (file: PDFKit.PDFDocument) => file.file(Buffer.from('MZ\x90\0', 'latin1'), { name: 'numbers.csv' });
    expect(await examineAs(pdf, await pdfOf(['page'], {}, attach))).toEqual(refusedFor(/program attached/));
  });
});

describe('cuts off', () => {
  const good = async () => examineAs(pdf, await pdfOf(['good']));
  const endless = endlessPdf();

  it('a file that takes too long, and reads the next', async () => {
    const began = performance.now();
    const found = await examineAs(pdf, endless, { timeoutSeconds: 1, maxReaderBytes: 4e9 });
    expect(found).toMatchObject({ condition: 'unread', note: 'Reading it was stopped after 1 seconds.', text: null });
    expect(performance.now() - began).toBeLessThan(5000);
    expect(await good()).toMatchObject({ ...sound, text: 'good' });
  });

  it('a file that makes the reader grow, and reads the next', async () => {
    const found = await examineAs(pdf, endless, { maxReaderBytes: 250_000_000 });
    expect(found).toMatchObject({ condition: 'unread', note: expect.stringMatching(/too much memory/), text: null });
    expect(await good()).toMatchObject({ ...sound, text: 'good' });
  });

  it('a file without keeping this process from anything else', async () => {
    const reading = examineAs(pdf, endless, { timeoutSeconds: 1, maxReaderBytes: 4e9 });
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 20);
    await reading;
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(20);
  });

  it('a file on which the reader fails, and reads the next', async () => {
    await closeReader();
    const broken = new URL('../../support/noSuchReader.ts', import.meta.url).pathname;
    const found = await examineAs(pdf, await pdfOf(['good']), { readerEntry: broken });
    expect(found).toMatchObject({ condition: 'unread', note: 'The reader failed on it.' });
    expect(await good()).toMatchObject({ ...sound, text: 'good' });
  });
});

it('lets the reader read nothing but what it was given', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'minutebook-secret-'));
  const secret = join(folder, 'secret.pdf');
  writeFileSync(secret, await pdfOf(['secret']));
  const found = await readInProcess(secret, defaultLimits);
  rmSync(folder, { recursive: true });
  expect(found).toMatchObject({ condition: 'unread', note: 'The reader failed on it.', text: null });
});

const noProc = process.platform !== 'linux';
describe.skipIf(noProc)('the process of the reader (left out where there is no /proc)', () => {
  const program = new URL('../../support/readOnePdf.ts', import.meta.url).pathname;
  // Who is killed leaves its copy behind.
  const temporary = mkdtempSync(join(tmpdir(), 'minutebook-temporary-'));
  afterAll(() => rmSync(temporary, { recursive: true }));
  const isAlive = (pid: number) => existsSync(`/proc/${pid}`);

  async function run(which: 'good' | 'endless') {
    const env = { ...process.env, TMPDIR: temporary };
    const parent = spawn(process.execPath, [program, which], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(parent, 'exit');
    const [line] = await once(parent.stdout, 'data');
    return { parent, ended, told: JSON.parse(String(line)) };
  }

  async function vanished(pid: number) {
    for (let tries = 0; tries < 50 && isAlive(pid); tries++) await pause(100);
    expect(isAlive(pid)).toBe(false);
  }

  it('knows no environment, keeps nobody from ending, and ends with them', async () => {
    const { ended, told } = await run('good');
    expect(told).toMatchObject({ variables: [], finding: { condition: 'sound', text: 'good' } });
    await ended;
    await vanished(told.pid);
  });

  it('ends even while a file keeps it busy, when the one that asked was killed', async () => {
    const { parent, ended, told } = await run('endless');
    await pause(1000);
    expect(isAlive(told.pid)).toBe(true);
    parent.kill('SIGKILL');
    await ended;
    await vanished(told.pid);
  });
});

const collection = new URL('../../../../shared/data/pdf/', import.meta.url);
const samples = existsSync(collection) ? readdirSync(collection).filter(name => name.endsWith('.pdf')) : [];

describe.skipIf(samples.length === 0)('real PDFs (left out where ../shared/data/pdf is not)', () => {
  const { data } = JSON.parse(
    samples.length === 0 ? '{"data":[]}' : readFileSync(new URL('files.json', collection), 'utf8'),
  );
  const told = new Map<string, { pages?: number; encrypted: boolean }>(
    data.map((one: { path: string }) => [one.path.split('/').at(-1), one]),
  );

  it.each(samples)('%s has the pages that it is known to have', async name => {
    const found = await examineAs(pdf, readFileSync(new URL(name, collection)));
    const known = told.get(name);
    expect(found).toMatchObject({ refused: null, condition: known?.encrypted ? 'encrypted' : 'sound' });
    if (!known?.encrypted && known?.pages !== undefined) expect(found).toMatchObject({ pages: known.pages });
  });
});
