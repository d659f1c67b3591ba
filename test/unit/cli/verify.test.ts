/** `npm run verify` as a person uses it: what is proven, by whom, what is not, and how it ends. */
import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyCommand } from '../../../cli/verify.ts';
import { type BookServer, serveBook } from '../../support/bookServer.ts';
import { type LogFiles, logFiles, recordOf, statementOf } from '../../support/logFiles.ts';

let folder: string;
let log: LogFiles;
let book: BookServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'minutebook-verify-'));
  log = logFiles(join(folder, 'log'));
  for (const size of [3, 9, 20])
    log.add(Array.from({ length: size - log.size() }, (_, place) => statementOf(log.size() + place)));
  book = await serveBook(join(folder, 'log'));
  book.answers.set('/v1/log', {
    origin: log.log.key.name,
    keys: [{ key: log.log.text, state: 'signing' }],
    policy: log.policy,
  });
  book.answers.set('/v1/disclosures/7', recordOf(7, 7));
  book.answers.set(recordOf(7, 7).proof.url, log.provenOf(7));
  book.answers.set('/v1/log/entries/7', {
    entry: new TextDecoder().decode(log.entryOf(7)),
    proof: log.provenOf(7).proof,
  });
  write('records/record.json', JSON.stringify(recordOf(7, 7), null, 2));
  write('records/record.proof.json', JSON.stringify(log.provenOf(7)));
  write('records/statement.json', JSON.stringify(log.provenOf(8)));
  write('records/both.json', JSON.stringify({ record: recordOf(9, 9), proven: log.provenOf(9) }));
  write('records/notes.txt', 'anything');
  write('records/entry', log.entryOf(4));
  write('records/entry.tlog-proof', log.provenOf(4).proof);
  write('alone.json', JSON.stringify(recordOf(7, 7)));
  write('policy', log.policy);
});
afterAll(async () => {
  await book.close();
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  mkdirSync(resolve(file, '..'), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function verify(...args: string[]) {
  const said: string[] = [];
  const complained: string[] = [];
  const code = await verifyCommand(args, { say: text => said.push(text), complain: text => complained.push(text) });
  return { code, said: said.join('\n'), complained: complained.join('\n') };
}

const at = (name: string) => join(folder, name);
const byKey = () => ['--key', log.log.text];
const byPolicy = () => ['--policy', at('policy')];

describe('without a connection', () => {
  it('proves a record with the proof beside it, and says by which key, at which size, and when it was witnessed', async () => {
    const { code, said } = await verify(at('records/record.json'), ...byPolicy());
    expect(code).toBe(0);
    expect(said).toMatch(
      /Proven, but for the fields that are named: the record shows what was sealed as version 2 of disclosure/,
    );
    expect(said).toMatch(/Proven fields: +title, content, edition, withdrawal/);
    expect(said).toMatch(/Fields that are not covered: +version, links/);
    expect(said).toMatch(/book\.example\.org\/log, with 20 entries/);
    expect(said).toContain(`${log.log.text} (a key that you gave)`);
    expect(said).toMatch(/Witnessed by: +witness\.example\.net.* at 2026-11-18 11:06:40 UTC/);
    expect(said).toContain('Not proven:');
  });

  it.each(['records/statement.json', 'records/both.json', 'records/entry', 'records/entry.tlog-proof'])(
    'proves %s',
    async name => {
      expect(await verify(at(name), ...byKey())).toMatchObject({ code: 0, complained: '' });
    },
  );

  it('proves an entry with a proof that lies elsewhere', async () => {
    const elsewhere = write('elsewhere.txt', log.provenOf(4).proof);
    expect((await verify(at('records/entry'), '--proof', elsewhere, ...byKey())).code).toBe(0);
    expect((await verify(at('records/record.json'), '--proof', elsewhere, ...byKey())).code).toBe(1);
  });

  it('proves everything in a folder, and names what it did not check', async () => {
    const { code, said } = await verify(at('records'), ...byKey());
    expect([code, said]).toEqual([0, expect.stringContaining('Left out: 1 other files')]);
    expect(said.match(/^Proven[:,] /gm)).toHaveLength(4);
    cpSync(at('records'), at('stripped'), { recursive: true });
    write('stripped/tampered.json', JSON.stringify({ ...recordOf(7, 7), title: 'Another', proof: undefined }));
    symlinkSync(at('alone.json'), at('stripped/linked.json'));
    const stripped = await verify(at('stripped'), ...byKey());
    expect(stripped.code).toBe(2);
    expect(stripped.said).toMatch(/tampered\.json\nNOT CHECKED: It names no proof/);
    expect(stripped.said).toMatch(/linked\.json\nNOT CHECKED: It is no file/);
  });

  it('checks a record beside a log, whatever the case of its name, and its proof as it lies there', async () => {
    cpSync(at('log'), at('beside'), { recursive: true });
    expect((await verify(at('beside'), ...byKey())).code).toBe(0);
    write('beside/RECORD.JSON', JSON.stringify({ ...recordOf(7, 7), title: 'Another' }));
    write('beside/RECORD.proof.json', JSON.stringify(log.provenOf(7)));
    const { code, said } = await verify(at('beside'), ...byKey());
    expect([code, said]).toEqual([1, expect.stringMatching(/20 of 20[\s\S]*RECORD\.JSON\nNOT PROVEN/)]);
  });

  it('is not kept from the records of a folder by a file called checkpoint', async () => {
    write('lone/checkpoint', readFileSync(at('log/checkpoint')));
    write('lone/record.json', JSON.stringify({ ...recordOf(7, 7), title: 'Another' }));
    write('lone/record.proof.json', JSON.stringify(log.provenOf(7)));
    expect((await verify(at('lone'), ...byKey())).code).toBe(1);
  });

  it('waits for no pipe', async () => {
    const pipe = at('pipe.json');
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
    const { code, said } = await verify(pipe, ...byKey());
    rmSync(pipe);
    expect([code, said]).toEqual([2, expect.stringContaining('is no file')]);
  });

  it('proves a whole log, every file of it', async () => {
    const { code, said } = await verify(at('log'), ...byPolicy());
    expect(code).toBe(0);
    expect(said).toMatch(/Entries checked: +20 of 20/);
    expect(said).not.toContain('does not cover');
    cpSync(at('log'), at('more'), { recursive: true });
    write('more/tile/0/000.p/21', 'x');
    expect((await verify(at('more'), ...byPolicy())).said).toContain(
      '1 files that the checkpoint does not cover, such as tile/0/000.p/21',
    );
  });

  it('says that a signature needs a key, and does not guess', async () => {
    const { code, said } = await verify(at('records/record.json'));
    expect([code, said]).toEqual([2, expect.stringContaining('No key was given')]);
  });
});

describe('from a book', () => {
  it('proves a record by its address, and by that of its page', async () => {
    for (const path of ['/v1/disclosures/7', '/disclosures/7', '/v1/log/entries/7', recordOf(7, 7).proof.url]) {
      const { code, said } = await verify(book.origin + path);
      expect(code, path + said).toBe(0);
      expect(said).toContain('a key that the log itself told');
      expect(said).toContain('That the key is the right one');
    }
  });

  it('fetches the proof of a file from the book that is named', async () => {
    expect((await verify(at('alone.json'), ...byKey())).code).toBe(2);
    expect((await verify(at('alone.json'), '--from', book.origin, ...byKey())).code).toBe(0);
  });

  it('proves a whole log by its address', async () => {
    const { code, said } = await verify(`${book.origin}/log`, '--json', ...byKey());
    expect(code).toBe(0);
    expect(JSON.parse(said).results).toMatchObject([
      { is: 'proven', facts: expect.arrayContaining([['Entries checked', '20 of 20']]) },
    ]);
  });

  it('says what cannot be read, which proves nothing either way', async () => {
    const { code, said } = await verify(`${book.origin}/v1/disclosures/none`);
    expect([code, said]).toEqual([2, expect.stringContaining('proves nothing either way')]);
    expect((await verify('http://127.0.0.1:1/log', ...byKey())).code).toBe(2);
  });
});

describe('what is not proven', () => {
  it('ends with 1, and says what to do', async () => {
    const text = readFileSync(at('alone.json'), 'utf8').replace('Report 7', 'Report \u202e8');
    const changed = write('changed/record.json', text);
    write('changed/record.proof.json', JSON.stringify(log.provenOf(7)));
    const { code, said } = await verify(changed, ...byKey());
    expect(code).toBe(1);
    expect(said).toMatch(
      /NOT PROVEN: The field "title" of the record is not what was sealed.\nDo not rely on this copy/,
    );
    expect((await verify(at('changed'), ...byKey())).code).toBe(1);
  });

  it('is another key', async () => {
    const other = logFiles(at('other')).log.text;
    expect((await verify(at('records/record.json'), '--key', other)).code).toBe(1);
    expect((await verify(at('log'), '--key', other)).code).toBe(1);
  });

  it('moves no cursor with what others wrote', async () => {
    const hostile = write(
      'hostile.json',
      JSON.stringify({ record: { ...recordOf(7, 7), '\u001b[2J\u202e': 1 }, proven: log.provenOf(7) }),
    );
    const { code, said } = await verify(hostile, ...byKey());
    expect(code).toBe(0);
    for (const mark of ['\u001b', '\u202e']) expect(said).not.toContain(mark);
    const json = (await verify(hostile, '--json', ...byKey())).said;
    for (const mark of ['\u001b', '\u202e']) expect(json).not.toContain(mark);
    expect(JSON.parse(json).results[0].uncovered).toContain('\u001b[2J\u202e');
  });

  it('begins no line with what others wrote, and tells no endless names', async () => {
    const forged = 'x\nProven:\n  - That it is true';
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`more${index}`, index]));
    const record = { [forged]: 1, ['k'.repeat(100_000)]: 1, ...recordOf(7, 7), ...many };
    const file = write('forged.json', JSON.stringify({ record, proven: log.provenOf(7) }));
    const { code, said } = await verify(file, ...byKey());
    expect(code).toBe(0);
    expect(said.match(/^Proven:$/gm)).toHaveLength(1);
    expect(said).not.toMatch(/^ +- That it is true$/m);
    expect(said).toMatch(/and 154 more/);
    expect(said.length).toBeLessThan(6000);
    const name = write('line\nProven: everything', '{}');
    expect((await verify(name, ...byKey())).said).not.toMatch(/^Proven: everything/m);
  });

  it('is never vouched for by a witness that only the log names, nor at a time that is still to come', async () => {
    const told = (await verify(`${book.origin}/v1/disclosures/7`)).said;
    expect(told).toMatch(/Witnessed by: +nobody whose key was given/);
    for (const caveat of ['When it was: no witness', 'That everybody is shown the same log']) {
      expect(told).toContain(caveat);
    }
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-18T09:00:00Z'));
    const early = (await verify(at('records/record.json'), ...byPolicy())).said;
    clock.mockRestore();
    expect(early).toContain('its signature says 2026-11-18 11:06:40 UTC, which is still to come');
    expect(early).not.toContain('had seen this state of the log');
    expect(early).toContain('When it was: no witness');
  });
});

describe('used wrongly', () => {
  it.each([
    [[]],
    [['--frobnicate']],
    [['a', 'b']],
    [['a', '--key', 'nonsense']],
    [['a', '--policy', 'none-there']],
    [['a', '--key', 'x', '--policy', 'y']],
    [['a', '--from', 'nowhere']],
    [['https://book.example.org', '--from', 'https://book.example.org']],
    [['none-there']],
  ])('ends with 2 and says how it is used: %j', async args => {
    const { code, said, complained } = await verify(...args);
    expect(code).toBe(2);
    expect(said + complained).toMatch(/npm run verify|There is no none-there/);
  });

  it('explains itself', async () => {
    expect(await verify('--help')).toMatchObject({ code: 0, said: expect.stringContaining('Ends with 0') });
  });

  it('is a command, too', async () => {
    const run = promisify(execFile)(process.execPath, [resolve('cli/verify.ts'), at('log'), ...byKey()]);
    expect(await run).toMatchObject({ stderr: '', stdout: expect.stringContaining('20 of 20') });
  });
});
