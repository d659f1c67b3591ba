/** `npm run monitor` against a book on this machine: what it notices, what it keeps, and that it never forgets. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { monitorCommand } from '../../../cli/monitor.ts';
import { lookOnce } from '../../../cli/monitorLog.ts';
import { keyText, verifierKey } from '../../../shared/core/log/notes.ts';
import { fetchBytes } from '../../../web/verifier/fetching.ts';
import { readPolicy } from '../../../web/verifier/policy.ts';
import { type BookServer, serveBook } from '../../support/bookServer.ts';
import { type LogFiles, logFiles, newSigner, statementOf } from '../../support/logFiles.ts';

const root = mkdtempSync(join(tmpdir(), 'minutebook-monitor-'));
afterAll(() => rmSync(root, { recursive: true }));

let folder: string;
let state: string;
let log: LogFiles;
let book: BookServer;
beforeEach(async () => {
  folder = mkdtempSync(join(root, 'log-'));
  state = join(mkdtempSync(join(root, 'state-')), 'deep', 'down');
  log = logFiles(folder);
  grow(log, 300);
  book = await serveBook(folder);
  tell(log);
});
afterEach(() => book.close());

function grow(one: LogFiles, size: number): void {
  one.add(Array.from({ length: size - one.size() }, (_, place) => statementOf(place)));
}
const tell = (one: LogFiles) =>
  book.answers.set('/v1/log', { keys: [{ key: one.log.text, state: 'signing' }], policy: one.policy });

async function monitor(...args: string[]) {
  const said: string[] = [];
  const complained: string[] = [];
  const output = { say: (text: string) => said.push(text), complain: (text: string) => complained.push(text) };
  const all = [`${book.origin}/log`, '--state', state, ...(args.includes('--every') ? [] : ['--once']), ...args];
  const code = await monitorCommand(all, output, AbortSignal.timeout(4000));
  return { code, said: said.join('\n'), complained: complained.join('\n') };
}

const kept = () => readdirSync(state).filter(name => name !== 'monitor.json');
const known = () => JSON.parse(readFileSync(join(state, 'monitor.json'), 'utf8'));

describe('a monitor', () => {
  it('checks every entry once, and says how the log grows, who witnessed it, and whose key it believed', async () => {
    const first = await monitor();
    expect(first).toMatchObject({ code: 0, complained: '' });
    expect(first.said).toContain('300 entries, 300 of them new and each checked');
    // What the log says of witnesses makes nobody one.
    expect(first.said).toContain('No witness whose key is known has signed');
    expect(first.said).not.toContain('continues what it showed before');
    expect(first.said).toContain(`The key was believed because the log told it the first time: ${log.log.text}`);
    grow(log, 700);
    book.asked.length = 0;
    expect((await monitor()).said).toContain(
      '700 entries, 400 of them new and each checked; it continues what it showed before',
    );
    expect(book.asked.filter(path => path === '/log/tile/entries/000')).toEqual([]);
    expect((await monitor()).said).toContain('700 entries, 0 of them new');
    expect(kept()).toEqual([]);
  });

  it('takes the full tile where the partial one is gone', async () => {
    await monitor();
    const checkpoint = readFileSync(join(folder, 'checkpoint'));
    grow(log, 600);
    writeFileSync(join(folder, 'checkpoint'), checkpoint);
    for (const kind of ['0', 'entries']) rmSync(join(folder, `tile/${kind}/001.p`), { recursive: true });
    expect(await monitor()).toMatchObject({ code: 0 });
    rmSync(join(folder, 'tile/0/001'));
    const { code, complained } = await monitor();
    expect([code, complained]).toEqual([1, expect.stringContaining('tile/0/001.p/44 is missing')]);
  });

  it('notices a fork, keeps both checkpoints, and does not forget it when the log is as it was again', async () => {
    await monitor('--key', log.log.text);
    const before = known().checkpoint;
    const other = join(root, 'other');
    mkdirSync(other);
    grow(logFiles(other, log), 500);
    book.folder = other;
    const { code, complained } = await monitor('--key', log.log.text);
    expect([code, complained]).toEqual([1, expect.stringContaining('does not continue the one with 300')]);
    expect(kept()).toEqual([expect.stringMatching(/^fork-/)]);
    const evidence = readFileSync(join(state, kept()[0] ?? ''), 'utf8');
    expect(evidence).toContain(before);
    expect(evidence).toContain(readFileSync(join(other, 'checkpoint'), 'utf8'));
    expect(known().checkpoint).toBe(before);
    book.folder = folder;
    grow(log, 400);
    const again = await monitor('--key', log.log.text);
    expect([again.code, again.complained]).toEqual([1, expect.stringContaining('Two histories were shown before')]);
    expect(kept()).toHaveLength(1);
  });

  it('keeps the checkpoint of a fork even when it is shown only once', async () => {
    await monitor();
    const other = mkdtempSync(join(root, 'other-'));
    grow(logFiles(other, log), 500);
    const forked = readFileSync(join(other, 'checkpoint'));
    let asked = 0;
    const fetch: typeof fetchBytes = async (address, most) =>
      address.endsWith('/checkpoint') && asked++ === 0 ? forked : fetchBytes(address, most);
    const watching = { url: `${book.origin}/log`, given: null, folder: state, freshHours: null, now: () => new Date() };
    grow(log, 500);
    expect(await lookOnce({ ...watching, fetch })).toMatchObject({ is: 'wrong' });
    expect(kept()).toEqual([expect.stringMatching(/^fork-/)]);
    expect(readFileSync(join(state, kept()[0] ?? ''), 'utf8')).toContain(forked.toString());
  });

  it('notices another root at the same size, whatever the tiles are', async () => {
    await monitor();
    const other = mkdtempSync(join(root, 'other-'));
    grow(logFiles(other, log), 300);
    cpSync(join(other, 'checkpoint'), join(folder, 'checkpoint'));
    expect(await monitor()).toMatchObject({ code: 1, complained: expect.stringContaining('does not continue') });
    expect(kept()).toEqual([expect.stringMatching(/^fork-/)]);
  });

  it('notices that the log shrank, and believes nothing of it until it is as large again', async () => {
    const small = readFileSync(join(folder, 'checkpoint'));
    grow(log, 310);
    await monitor();
    const large = readFileSync(join(folder, 'checkpoint'));
    writeFileSync(join(folder, 'checkpoint'), small);
    expect(await monitor()).toMatchObject({
      code: 1,
      complained: expect.stringContaining('The log shows 300 entries, and showed 310 before'),
    });
    writeFileSync(join(folder, 'checkpoint'), large);
    expect(await monitor()).toMatchObject({ code: 0 });
  });

  it('believes no other key than that of the first time, whatever the log tells', async () => {
    await monitor();
    const other = mkdtempSync(join(root, 'other-'));
    const replaced = logFiles(other, { log: newSigner(log.log.key.name), witness: log.witness });
    grow(replaced, 500);
    book.folder = other;
    tell(replaced);
    expect(await monitor()).toMatchObject({ code: 1, complained: expect.stringContaining('not signed by the key') });
    expect(kept()).toEqual([expect.stringMatching(/^refused-/)]);
  });

  it('believes another key that the log introduced while the first one still signed', async () => {
    await monitor();
    const next = newSigner(log.log.key.name);
    const record = { kind: 'log-key', id: next.key.id, version: 1 };
    const introduction = { at: '2026-11-21T09:00:00.000Z', record, content: { key: next.text } };
    const keys = [{ key: next.text }, { key: log.log.text }];
    book.answers.set('/v1/log', { keys, policy: log.policy });
    expect((await monitor()).said).not.toContain('another key');
    log.signWith(next, log.log);
    const index = log.add([introduction]);
    book.answers.set(`/v1/log/records/log-key/${next.key.id}/versions/1`, log.provenOf(index));
    const told = await monitor();
    expect([told.code, told.said]).toEqual([
      0,
      expect.stringContaining(`introduced another key of its own, as entry ${index}: ${next.text}`),
    ]);
    log.signWith(next);
    grow(log, 310);
    expect(await monitor()).toMatchObject({ code: 0 });
  });

  it.each(['another record', 'another key'])(
    'believes no key that the log tells, when what it introduced is %s',
    async is => {
      await monitor();
      const next = newSigner(log.log.key.name);
      const other = newSigner(log.log.key.name);
      const isRecord = is === 'another record';
      const record = { kind: 'log-key', id: (isRecord ? other : next).key.id, version: 1 };
      const content = { key: (isRecord ? next : other).text };
      log.signWith(next, log.log);
      const index = log.add([{ at: '2026-11-21T09:00:00.000Z', record, content }]);
      book.answers.set('/v1/log', { keys: [{ key: next.text }], policy: log.policy });
      book.answers.set(`/v1/log/records/log-key/${next.key.id}/versions/1`, log.provenOf(index));
      expect((await monitor()).said).not.toContain('another key');
      log.signWith(next);
      grow(log, 310);
      expect(await monitor()).toMatchObject({ code: 1, complained: expect.stringContaining('not signed by the key') });
    },
  );

  it('notices an entry that is none', async () => {
    const strange = mkdtempSync(join(root, 'strange-'));
    const signers = logFiles(strange);
    signers.add([statementOf(1), { at: 'yesterday' }]);
    book.folder = strange;
    const { code, complained } = await monitor('--key', signers.log.text);
    expect([code, complained]).toEqual([1, expect.stringContaining('Entry 1 of the log is no entry of a book')]);
  });

  it('says when nothing in the log is young enough', async () => {
    const watching = { url: `${book.origin}/log`, given: null, folder: state, freshHours: 24, fetch: fetchBytes };
    const young = await lookOnce({ ...watching, now: () => new Date('2026-11-20T23:00:00Z') });
    expect(young.is).toBe('good');
    const old = await lookOnce({ ...watching, now: () => new Date('2026-11-22T09:00:00Z') });
    expect(old).toMatchObject({
      is: 'stale',
      lines: [
        expect.stringContaining('STALE: nothing in the log is younger than 24 hours'),
        ...Array(5).fill(expect.any(String)),
      ],
    });
  });

  it('believes the witnesses that were given, but for a time that is still to come', async () => {
    const given = { policy: await readPolicy(log.policy), text: log.policy };
    const watching = { url: `${book.origin}/log`, given, folder: state, freshHours: 24, fetch: fetchBytes };
    const good = await lookOnce({ ...watching, now: () => new Date('2026-11-20T23:00:00Z') });
    expect(good.lines.join('\n')).toContain('Witnessed by witness.example.net/w1 at 2026-11-18 11:06:40 UTC');
    // The entries are of times to come as well, and so nothing says that the log is alive.
    rmSync(join(state, 'monitor.json'));
    const early = await lookOnce({ ...watching, now: () => new Date('2026-11-10T09:00:00Z') });
    expect(early.is).toBe('stale');
    expect(early.lines.join('\n')).toMatch(
      /w1 says a time that is still to come, 2026-11-18 11:06:40 UTC: that counts/,
    );
    expect(early.lines.join('\n')).not.toContain('Witnessed by');
  });

  it('takes a key once that the log tells twice, and none with a name that no policy can hold', async () => {
    const copy = newSigner('another.example/log');
    const again = { ...log.log.key, name: 'book.example.net/log' };
    const renamed = keyText(verifierKey(again.name, 'ed25519', again.publicKey));
    book.answers.set('/v1/log', { keys: [log.log.text, log.log.text, renamed, copy.text].map(key => ({ key })) });
    for (let look = 0; look < 3; look++) expect(await monitor()).toMatchObject({ code: 0, complained: '' });
    rmSync(join(state, 'monitor.json'));
    const odd = newSigner('book.example.org/\u0001log').text;
    book.answers.set('/v1/log', { keys: [log.log.text, odd].map(key => ({ key })) });
    expect(await monitor()).toMatchObject({ code: 2, complained: expect.stringContaining('Give the key yourself') });
  });

  it('keeps so many keys of a log, and no more', async () => {
    await monitor();
    const keys = Array.from({ length: 40 }, () => newSigner(log.log.key.name));
    const first = log.add(
      keys.map(({ key, text }) => ({
        at: '2026-11-20T09:00:00.000Z',
        record: { kind: 'log-key', id: key.id, version: 1 },
        content: { key: text },
      })),
    );
    for (const [place, { key }] of keys.entries()) {
      book.answers.set(`/v1/log/records/log-key/${key.id}/versions/1`, log.provenOf(first + place));
    }
    let said = '';
    for (let look = 0; look < 5; look++) {
      const told = keys.slice(8 * look, 8 * look + 8).map(({ text }) => ({ key: text }));
      book.answers.set('/v1/log', { keys: told });
      said = (await monitor()).said;
    }
    expect(said).toContain('It is not believed: 32 keys are more than a log needs');
    expect(known().policy.match(/^log /gm)).toHaveLength(32);
  });

  it('watches one log in one folder', async () => {
    await monitor();
    const moved = { ...known(), url: 'https://another.example/log' };
    writeFileSync(join(state, 'monitor.json'), JSON.stringify(moved));
    expect(await monitor()).toMatchObject({
      code: 2,
      complained: expect.stringContaining('is about https://another.example/log'),
    });
  });

  it('counts entries by their days, but not those of times to come', async () => {
    const watching = { url: `${book.origin}/log`, given: null, folder: state, freshHours: null, fetch: fetchBytes };
    const { lines } = await lookOnce({ ...watching, now: () => new Date('2026-11-20T12:00:00Z') });
    expect(lines.join('\n')).toContain('300 entries today, 42.9 a day');
    rmSync(join(state, 'monitor.json'));
    const early = await lookOnce({ ...watching, now: () => new Date('2026-11-19T12:00:00Z') });
    expect(early.lines.join('\n')).toContain('300 of the new entries say a time that is still to come');
  });

  it('looks again and again, and bears with a book that cannot be reached', async () => {
    await monitor();
    await book.close();
    expect(await monitor()).toMatchObject({ code: 2, complained: expect.stringContaining('COULD NOT BE READ') });
    const { code, complained } = await monitor('--every', '1');
    expect(code).toBe(0);
    expect(complained.match(/COULD NOT BE READ/g)?.length).toBeGreaterThan(1);
  });

  it.each<[string, (text: string) => string]>([
    ['cut short', text => text.slice(0, 7)],
    ['nothing', () => 'null'],
    ['another policy', text => text.replace('quorum none', 'quorum W')],
    ['another checkpoint', text => text.replace('"checkpoint": "', '"checkpoint": "\\n')],
    ['no time', text => text.replace(/"checkedAt": ".*"/, '"checkedAt": "never"')],
    ['no days', text => text.replace(/"days": \{[^}]*\}/, '"days": null')],
    ['days without numbers', text => text.replace(/"days": \{[^}]*\}/, '"days": { "2026-11-20": "many" }')],
  ])('leaves alone what it cannot read of its own: %s', async (_, damage) => {
    await monitor();
    const file = join(state, 'monitor.json');
    const damaged = damage(readFileSync(file, 'utf8'));
    writeFileSync(file, damaged);
    expect(await monitor()).toMatchObject({
      code: 2,
      complained: expect.stringContaining('is not what a monitor writes'),
    });
    expect(readFileSync(file, 'utf8')).toBe(damaged);
  });

  it.each([['--frobnicate'], ['--every', '0'], ['--every', '5', '--once'], ['--fresh', 'x'], ['more']])(
    'says how it is used: %s',
    async (...args) => {
      const complained: string[] = [];
      const output = { say: () => {}, complain: (text: string) => complained.push(text) };
      expect(await monitorCommand(['https://book.example.org/log', ...args], output, AbortSignal.timeout(1000))).toBe(
        2,
      );
      expect(complained.join()).toContain('npm run monitor -- ADDRESS');
    },
  );
});
