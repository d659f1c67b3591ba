/** The rules know no clock, no randomness and no environment: the same input gives the same answer, today and in ten years. */
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const core = join(import.meta.dirname, '..', '..', 'shared', 'core');

/** All that a moment, a chance or a machine could come from. Of `Date`, what works on a given moment is left. */
const impure =
  /\bDate\b(?!\.(?:parse|UTC)\()(?<!\bnew Date(?=\(\s*[^\s)]))|\bMath\.random|\b(?:process|performance|globalThis|global|crypto|console|fetch|navigator|Temporal\.Now)\b\s*[.([]|\brandom\w+|\bgetRandomValues|\bset(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b|\bimport\s*\(|\bimport\.meta\b|\brequire\s*\(|\beval\s*\(|\bnew Function\b/g;

/** What is impure in a TypeScript source, as written there. Types, comments and texts may say anything. */
function impurities(source: string): string[] {
  const code = stripTypeScriptTypes(source).replaceAll(
    /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g,
    '',
  );
  return code.match(impure) ?? [];
}

describe('shared/core', () => {
  const files = readdirSync(core, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));

  it('has files to look at', () => expect(files.length).toBeGreaterThan(5));

  it.each(files)('%s is pure', name => {
    expect(impurities(readFileSync(join(core, name), 'utf8'))).toEqual([]);
  });
});

describe('the check', () => {
  it.each([
    ['const at = Date.now();', 'Date'],
    ['const at = new Date();', 'Date'],
    ['const at = new Date( );', 'Date'],
    ['const at = Date();', 'Date'],
    ['const { now } = Date;', 'Date'],
    ['const lucky = Math.random() > 0.5;', 'Math.random'],
    ['const zone = process.env.TZ;', 'process.'],
    ["const zone = process['env'].TZ;", 'process['],
    ["import { randomUUID } from 'node:crypto';", 'randomUUID'],
    ["import { randomBytes as salt } from 'node:crypto';", 'randomBytes'],
    ['const id = crypto.getRandomValues(bytes);', 'crypto.'],
    ['const started = performance.now();', 'performance.'],
    ['const text = `until $' + '{Date.now()}`;', 'Date'],
    ['setTimeout(done, 10);', 'setTimeout'],
    ["const fs = await import('node:fs');", 'import('],
    ["const text = await fetch('https://example.org');", 'fetch('],
  ])('refuses %s', (source, found) => {
    expect(impurities(source)).toContain(found);
  });

  it.each([
    'const at = new Date(text).toISOString();',
    'const at = Date.parse(text) + Date.UTC(2023, 0, 1);',
    'export function instant(date: Date): string { return date.toISOString(); }',
    '/** Never Date.now(). */ // nor Math.random()',
    "const text = 'the process. Date.now()';",
  ])('lets %s pass', source => {
    expect(impurities(source)).toEqual([]);
  });
});
