/** Returns are read from the bundle as Lambda gets it: in a thread that stands beside it, and only there. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundle } from '../../build.ts';
import { sample, sampleXml } from '../support/sampleReturns.ts';

let dist: string;
const folder = () => join(dist, 'functions', 'returns');

beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'minutebook-returns-'));
  await bundle('shared/examination/returnReaderThread.ts', dist, join('functions', 'returns', 'returnReaderThread'));
  await bundle('functions/returns/index.ts', dist, join('functions', 'returns', 'index'));
  // What the function asks, as a bundle of its own: it looks for the thread beside itself.
  await bundle('shared/examination/returnReader.ts', dist, join('functions', 'returns', 'reader'));
});
afterAll(() => rmSync(dist, { recursive: true }));

const inputsOf = (name: string): string[] => {
  const meta = JSON.parse(readFileSync(join(dist, 'meta', `functions-returns-${name}.json`), 'utf8'));
  return Object.keys(meta.inputs);
};

it('reads a return in the thread that stands beside the bundle, where there are no packages', () => {
  const file = join(dist, 'return.xml');
  writeFileSync(file, sampleXml(sample('990', '2022v5.0')));
  writeFileSync(join(dist, 'package.json'), '{"type":"commonjs"}\n');
  const code = `
    const { createReadStream } = require('node:fs');
    const { openReturn } = require(${JSON.stringify(join(folder(), 'reader.js'))});
    openReturn(async () => createReadStream(${JSON.stringify(file)}), 1000).then(read => console.log(JSON.stringify(read)));`;
  const read = JSON.parse(
    execFileSync(process.execPath, ['-e', code], { cwd: dist, encoding: 'utf8', timeout: 30_000 }),
  );
  expect(read).toMatchObject({ content: { ein: '012345678', type: '990' }, copy: { withheld: expect.any(Array) } });
});

it('has the parser in the thread only: what answers requests does not pay for it', () => {
  expect(inputsOf('returnReaderThread').filter(file => file.includes('fast-xml-parser'))).not.toEqual([]);
  expect(inputsOf('index').filter(file => file.includes('fast-xml-parser'))).toEqual([]);
  expect(inputsOf('returnReaderThread').filter(file => /aws-sdk|shared\/adapters/.test(file))).toEqual([]);
  expect(statSync(join(folder(), 'returnReaderThread.js')).size).toBeLessThan(150_000);
  expect(readdirSync(folder()).sort()).toEqual(['index.js', 'reader.js', 'returnReaderThread.js']);
});
