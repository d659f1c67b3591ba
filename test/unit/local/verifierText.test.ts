// The verifier is served as one file of plain JavaScript that needs nothing else, and does what its parts do.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifierText, verifyPageText } from '../../../local/verifierText.ts';
import * as book from '../../../web/verifier/book.ts';
import * as fetching from '../../../web/verifier/fetching.ts';
import * as log from '../../../web/verifier/log.ts';
import * as record from '../../../web/verifier/record.ts';
import { logFiles, recordOf, statementOf } from '../../support/logFiles.ts';

const folder = mkdtempSync(join(tmpdir(), 'minutebook-saved-'));
const file = join(folder, 'verifier.mjs');
beforeAll(() => writeFileSync(file, verifierText()));
afterAll(() => rmSync(folder, { recursive: true }));

it('needs nothing but what every browser has', () => {
  expect(verifierText()).not.toMatch(/^\s*import\b|\bimport\(|\brequire\(|\bprocess\b|\bBuffer\b|node:/m);
  expect(verifierText().length).toBeLessThan(80_000);
});

it('is every part of the verifier but its page', () => {
  for (const name of readdirSync(resolve('web/verifier'))) {
    const [purpose = ''] = readFileSync(resolve('web/verifier', name), 'utf8').match(/^(\/\*\* .*| \* .*)$/m) ?? [];
    expect(purpose, name).not.toBe('');
    expect(verifierText().includes(purpose), name).toBe(name !== 'page.ts');
  }
});

it('proves a record where nothing is installed, and gives everything that its parts give', () => {
  const made = logFiles(join(folder, 'log'));
  made.add([statementOf(0), statementOf(1)]);
  const input = JSON.stringify({ record: recordOf(1, 1), proven: made.provenOf(1) });
  const program = `
    const verifier = await import(${JSON.stringify(file)});
    const given = verifier.policyOf([await verifier.readKey(${JSON.stringify(made.log.text)})]);
    const { told } = await verifier.checkText(${JSON.stringify(input)}, null, { given, site: null, fetch: null });
    console.log(JSON.stringify({ title: told.title, names: Object.keys(verifier) }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const { title, names } = JSON.parse(stdout);
  expect(title).toMatch(/^Proven, but for the fields that are named: the record shows what was sealed/);
  expect(names).toEqual(expect.arrayContaining([book, fetching, log, record].flatMap(part => Object.keys(part))));
});

it('is what the script of its page takes from beside it', () => {
  const imports = verifyPageText().match(/^import .*$/gm);
  expect(imports).toEqual([expect.stringMatching(/^import \{ [\w, ]+ \} from '\.\/verifier\.js';$/)]);
  for (const name of /\{ (.*) \}/.exec(imports?.[0] ?? '')?.[1]?.split(', ') ?? ['none']) {
    expect(verifierText()).toMatch(new RegExp(`^export (async )?(const|function|class) ${name}\\b`, 'm'));
  }
});
