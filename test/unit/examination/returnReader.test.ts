// Returns are read in a thread of their own: whatever is sent, nobody else waits for it, and the next return is read.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { mostReturnBytes } from '../../../shared/core/returns/returns.ts';
import { errorCodes } from '../../../shared/errors.ts';
import {
  closeReturnReader,
  openReturn,
  ReaderBusyError,
  type ReturnLimits,
  returnLimits,
} from '../../../shared/examination/returnReader.ts';
import { sample, sampleXml } from '../../support/sampleReturns.ts';

const folder = mkdtempSync(join(tmpdir(), 'minutebook-return-reader-'));
const good = Buffer.from(sampleXml(sample('990', '2022v5.0')));

afterEach(closeReturnReader);
afterAll(() => rmSync(folder, { recursive: true }));

const open = (bytes: Uint8Array, limits: Partial<ReturnLimits> = {}) =>
  openReturn(async () => Readable.from([bytes]), bytes.length, { ...returnLimits, ...limits });

const isGood = { content: expect.objectContaining({ ein: '012345678' }), copy: expect.anything() };
const stopped = (why: RegExp) => ({ problems: [{ field: '/', message: expect.stringMatching(why) }] });

/** A program for the thread that does something else than to read. */
function program(name: string, code: string): Partial<ReturnLimits> {
  const threadEntry = join(folder, `${name}.cjs`);
  writeFileSync(threadEntry, `const { parentPort } = require('node:worker_threads');\n${code}`);
  return { threadEntry };
}

/** A return as large as that, with everything that a return has. */
function large(megabytes: number): Buffer {
  const row =
    '<SupplementalInformationDetail><ExplanationTxt>It is so.</ExplanationTxt></SupplementalInformationDetail>\n';
  const rows = row.repeat(Math.floor((megabytes * 1e6) / row.length));
  return Buffer.from(good.toString().replace('</IRS990ScheduleO>', `${rows}</IRS990ScheduleO>`));
}

describe('reads', () => {
  it('what a return says, and makes its public copy', async () => {
    const read = await open(good);
    expect(read).toMatchObject({
      content: { name: 'RIVER & HILL LIBRARY FRIENDS', figures: { totalRevenue: { value: 112 } } },
    });
    expect('copy' in read && read.copy.text).toContain('RIVER &amp; HILL');
  });

  it('files that arrive in pieces that cut characters', async () => {
    const bytes = Buffer.from(good.toString().replace('Books', 'Bücher 📚'));
    const pieces = Array.from({ length: bytes.length }, (_, index) => bytes.subarray(index, index + 1));
    const read = await openReturn(async () => Readable.from(pieces), bytes.length);
    expect(read).toMatchObject({ content: { mission: 'Bücher 📚 for everybody.' } });
  });

  it('nothing from what is no return, and says why', async () => {
    expect(await open(Buffer.from('%PDF-1.7'))).toEqual(stopped(/this is a PDF/));
    expect(await open(good.subarray(0, -20))).toMatchObject({
      problems: [{ message: expect.stringMatching(/whole file/) }],
    });
  });
});

describe('refuses without reading it whole', () => {
  it('a file that is recorded as too large: it is not opened', async () => {
    let opened = 0;
    const read = async () => {
      opened += 1;
      return Readable.from([good]);
    };
    expect(await openReturn(read, mostReturnBytes + 1)).toEqual(stopped(/at most 20 MB/));
    expect(opened).toBe(0);
  });

  it('a file of 100 MB that is recorded as small', async () => {
    let sent = 0;
    const piece = Buffer.alloc(1_000_000, ' ');
    const stream = Readable.from(
      (function* () {
        for (; sent < 100; sent++) yield piece;
      })(),
    );
    expect(await openReturn(async () => stream, 1000)).toEqual(stopped(/at most 20 MB/));
    expect(sent).toBeLessThan(30);
    expect(stream.destroyed).toBe(true);
  });
});

describe('stops, and reads the next:', () => {
  afterEach(async () => {
    await closeReturnReader();
    expect(await open(good)).toEqual(isGood);
  });

  it('what takes too long', async () => {
    const endless = program('endless', `parentPort.on('message', () => { for (;;); });`);
    expect(await open(good, { ...endless, timeoutSeconds: 0.5 })).toEqual(stopped(/longer than 0.5 seconds/));
  });

  it('what needs too much memory', async () => {
    expect(await open(large(8), { maxHeapMegabytes: 16, timeoutSeconds: 60 })).toEqual(stopped(/too much memory/));
  });

  it('a file that does not arrive', async () => {
    const silent = new Readable({ read: () => {} });
    const reading = openReturn(async () => silent, 1000, { ...returnLimits, timeoutSeconds: 0.2 });
    await expect(reading).rejects.toThrow(ReaderBusyError);
    expect(silent.destroyed).toBe(true);
  });

  it('a file that cannot be opened', async () => {
    const reading = openReturn(() => Promise.reject(new Error('gone')), 1000);
    await expect(reading).rejects.toThrow('gone');
  });

  it('on a fault of the reader, which is no fault of the return', async () => {
    const faulty = program('faulty', `parentPort.on('message', () => { throw new Error('a fault'); });`);
    await expect(open(good, faulty)).rejects.toThrow('a fault');
  });

  it('on the end of the thread', async () => {
    const ending = program('ending', `parentPort.on('message', () => process.exit(3));`);
    await expect(open(good, ending)).rejects.toThrow('ended with code 3');
  });
});

it('reads again in a new thread when the one that was kept ends', async () => {
  const once = program(
    'once',
    `let n = 0; parentPort.on('message', () => n++ === 0 ? parentPort.postMessage('read') : process.exit());`,
  );
  expect(await open(good, once)).toBe('read');
  expect(await open(good, once)).toBe('read');
});

it('keeps the thread for the next return, and ends it at the stop', async () => {
  const beats = join(folder, 'beats');
  const beating = program(
    'beating',
    `const fs = require('node:fs'); const id = require('node:crypto').randomUUID();
     fs.writeFileSync(${JSON.stringify(beats)}, '.');
     setInterval(() => fs.appendFileSync(${JSON.stringify(beats)}, '.'), 10);
     parentPort.on('message', () => parentPort.postMessage(id));`,
  );
  const first = await open(good, beating);
  expect(await open(good, beating)).toBe(first);
  await closeReturnReader();
  const then = readFileSync(beats, 'utf8').length;
  await pause(200);
  expect(readFileSync(beats, 'utf8').length).toBe(then);
  expect(await open(good, beating)).not.toBe(first);
});

it('keeps no program from ending', () => {
  const reader = new URL('../../../shared/examination/returnReader.ts', import.meta.url).href;
  const code = `
    import { Readable } from 'node:stream';
    import { openReturn } from ${JSON.stringify(reader)};
    const bytes = Buffer.from(${JSON.stringify(good.toString())});
    console.log((await openReturn(async () => Readable.from([bytes]), bytes.length)).content.ein);`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    timeout: 20_000,
    encoding: 'utf8',
  });
  expect(output.trim()).toBe('012345678');
});

it('lets the thread know nothing of the environment', async () => {
  process.env.MINUTEBOOK_TEST_SECRET = 'secret';
  const telling = program(
    'telling',
    `parentPort.on('message', () => parentPort.postMessage(Object.keys(process.env)));`,
  );
  expect(await open(good, telling)).toEqual([]);
  delete process.env.MINUTEBOOK_TEST_SECRET;
});

it('reads fifty at once while everything else goes on', async () => {
  const bytes = large(0.15);
  let longest = 0;
  let ticks = 0;
  let before = performance.now();
  const ticking = setInterval(() => {
    longest = Math.max(longest, performance.now() - before);
    before = performance.now();
    ticks += 1;
  }, 10);
  const all = await Promise.all(Array.from({ length: 50 }, () => open(bytes, { timeoutSeconds: 60 })));
  clearInterval(ticking);
  expect(all.every(read => 'content' in read && read.content.explanations.length > 1000)).toBe(true);
  expect(ticks).toBeGreaterThan(100);
  // A machine that is busy with other things lets the thread of the service wait as well.
  expect(longest).toBeLessThan(1500);
}, 60_000);

it('asks to come again when too many wait already, and has forgotten nobody who waits', async () => {
  const limits = { mostWaiting: 2 };
  const [first, second, third] = await Promise.allSettled([open(good, limits), open(good, limits), open(good, limits)]);
  expect([first.status, second.status]).toEqual(['fulfilled', 'fulfilled']);
  const { reason } = third as PromiseRejectedResult;
  expect(reason).toBeInstanceOf(ReaderBusyError);
  expect(errorCodes[(reason as ReaderBusyError).code].status).toBe(503);
  expect(await open(good, limits)).toEqual(isGood);
});
