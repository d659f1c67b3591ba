// A record is proven by exactly its own statement, and by nothing that anybody made to look like it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Checking, checkText } from '../../../../web/verifier/book.ts';
import { NotProven } from '../../../../web/verifier/bytes.ts';
import { Unreadable } from '../../../../web/verifier/fetching.ts';
import { canonical, type Json, type JsonRecord, readJson } from '../../../../web/verifier/json.ts';
import { type Policy, policyOf, readPolicy } from '../../../../web/verifier/policy.ts';
import { readKey } from '../../../../web/verifier/proof.ts';
import { verifyProven, verifyRecord } from '../../../../web/verifier/record.ts';
import { type LogFiles, logFiles, recordOf, statementOf, witnessedAt } from '../../../support/logFiles.ts';

const folder = mkdtempSync(join(tmpdir(), 'minutebook-record-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const event = {
  id: 'event 1',
  at: '2026-11-20T09:00:00.000Z',
  by: null,
  operation: 'publishDisclosure',
  record: { kind: 'disclosure', id: statementOf(7).record.id, version: 2 },
  reason: null,
  changes: [{ field: 'title', from: null, to: 'Report 7' }],
};

let log: LogFiles;
let policy: Policy;
beforeAll(async () => {
  log = logFiles(folder);
  log.add(Array.from({ length: 19 }, (_, index) => statementOf(index)));
  log.add([event]);
  policy = await readPolicy(log.policy);
});

const json = (value: unknown) => readJson(JSON.stringify(value));
const checking = (): Checking => ({ given: policy, site: null, fetch: async () => null });
const record = (change: object = {}) => json({ ...recordOf(7, 7), ...change });
const proven = (change: object = {}) => json({ ...log.provenOf(7), ...change });

describe('a record', () => {
  it('is proven field by field, with who signed, at which size, and when a witness saw it', async () => {
    const finding = await verifyRecord(record(), proven(), policy);
    expect(finding).toMatchObject({
      what: 'statement',
      record: statementOf(7).record,
      origin: 'book.example.org/log',
      index: 7,
      size: 20,
      fields: ['title', 'content', 'edition', 'withdrawal'],
      uncovered: ['version', 'links'],
      signedBy: [{ id: log.log.key.id }],
      witnessed: [{ seconds: witnessedAt }],
    });
  });

  it('says in words what was proven, and what was not', async () => {
    const { told } = await checkText(JSON.stringify(recordOf(7, 7)), JSON.stringify(log.provenOf(7)), checking());
    const words = [told.title, ...told.facts.flat(), ...told.proven, ...told.notProven].join('\n');
    expect(words).toContain('title, content, edition, withdrawal');
    expect(words).toContain('The fields that are not covered: version, links');
    expect(words).toContain('2026-11-18 11:06:40 UTC');
    expect(words).toContain(log.log.text);
  });

  it.each<[string, object, RegExp]>([
    ['another value', { title: 'Report 8' }, /"title" of the record is not what was sealed/],
    ['another value deep inside', { content: { ...statementOf(7).content.content, notes: [null] } }, /"content.notes"/],
    ['another type', { edition: '1' }, /"edition"/],
    ['a field that was left out', { withdrawal: undefined }, /leaves out "withdrawal"/],
    ['another identifier', { id: statementOf(8).record.id }, /the statement is about/],
    ['an earlier version', { version: 1 }, /version 1, and the statement is about version 2/],
    ['another place in the log', { proof: { ...recordOf(7, 7).proof, index: 8 } }, /names another proof/],
    ['another proof', { proof: recordOf(8, 7).proof }, /names another proof/],
  ])('is not proven with %s', async (_, change, why) => {
    await expect(verifyRecord(record(change), proven(), policy)).rejects.toThrow(why);
  });

  it('has to say of itself that it is what the statement is about', async () => {
    const { id: _, proof, ...nameless } = recordOf(7, 7);
    await expect(verifyRecord(json(nameless), proven(), policy)).rejects.toThrow('it has no id, and names no proof');
    for (const none of [null, 'pending']) {
      await expect(verifyRecord(json({ ...nameless, proof: none }), proven(), policy)).rejects.toThrow('has no id');
    }
    await expect(verifyRecord(json({ ...nameless, proof }), proven(), policy)).resolves.toMatchObject({ index: 7 });
  });

  it('shows facts of no day only where rules apply before the first one', async () => {
    const dated = logFiles(`${folder}/dated`);
    const kinds = ['body', 'organisation', 'rulebook'];
    const content = { history: [{ from: '2024-01-01', name: 'First' }] };
    dated.add(kinds.map(kind => ({ at: event.at, record: { kind, id: 'x', version: 1 }, content })));
    const trusted = await readPolicy(dated.policy);
    const check = (index: number) =>
      verifyRecord(json({ id: 'x', from: null, name: 'Another', ...content }), json(dated.provenOf(index)), trusted);
    for (const index of [0, 1]) await expect(check(index)).rejects.toThrow('"from" of the record');
    await expect(check(2)).resolves.toMatchObject({ uncovered: ['from', 'name'] });
  });

  it('has nothing beside it in one file but its proof', async () => {
    const both = { record: recordOf(7, 7), proven: log.provenOf(7) };
    await expect(checkText(JSON.stringify(both), null, checking())).resolves.toBeTruthy();
    const more = JSON.stringify({ title: 'Another', ...both });
    await expect(checkText(more, null, checking())).rejects.toThrow('more that nothing proves');
  });

  it('is called proven without more only when nothing of it is uncovered that says something', async () => {
    const titleOf = async (change: object) => {
      const text = JSON.stringify({ ...recordOf(7, 7), ...change });
      return (await checkText(text, JSON.stringify(log.provenOf(7)), checking())).told.title;
    };
    expect(await titleOf({ links: undefined })).toMatch(/^Proven: the record shows/);
    expect(await titleOf({})).toMatch(/^Proven, but for the fields that are named: the record shows/);
  });

  it.each<[string, () => object]>([
    ['another salt', () => ({ salt: log.provenOf(8).salt })],
    ['a short salt', () => ({ salt: 'AAAA' })],
    ['another place', () => ({ index: 8 })],
    ['a place that is a text', () => ({ index: '7' })],
    ['the proof of another', () => ({ proof: log.provenOf(8).proof })],
    ['a field that nobody asked for', () => ({ more: 1 })],
    ['no time', () => ({ sealed: { ...statementOf(7), at: 'yesterday' } })],
    ['another field in what was sealed', () => ({ sealed: { ...statementOf(7), more: 1 } })],
    ['an event for a statement', () => ({ ...log.provenOf(19), index: 19 })],
  ])('is not proven by a statement with %s', async (_, change) => {
    await expect(verifyRecord(record(), proven(change()), policy)).rejects.toThrow(NotProven);
  });

  it('is not proven by an event that somebody sealed so that it looks like a statement', async () => {
    const both = logFiles(`${folder}/both`);
    both.add([
      { ...event, content: statementOf(7).content },
      { ...statementOf(7), more: 1 },
    ]);
    const trusted = await readPolicy(both.policy);
    const own = { ...recordOf(7, 0), proof: undefined };
    expect(await verifyProven(json(both.provenOf(0)), trusted)).toMatchObject({ what: 'event' });
    await expect(verifyRecord(json(own), json(both.provenOf(0)), trusted)).rejects.toThrow('the proof of an event');
    await expect(verifyRecord(json(own), json(both.provenOf(1)), trusted)).rejects.toThrow(
      'neither a statement nor an event',
    );
  });

  it('names no field that every object has, and none that stands there twice', async () => {
    const shown = JSON.stringify(recordOf(7, 7));
    const given = JSON.stringify(log.provenOf(7));
    const twice = shown.replace('"title":', '"title":"Another","title":');
    await expect(checkText(twice, given, checking())).rejects.toThrow('stands there twice');
    const inherited = shown.replace('"title":"Report 7"', '"__proto__":{"title":"Report 7"}');
    await expect(checkText(inherited, given, checking())).rejects.toThrow('leaves out "title"');
  });

  it('is not proven with any byte of it or of its statement changed, but where the report says so', {
    timeout: 120_000,
  }, async () => {
    const texts = [JSON.stringify(recordOf(7, 7)), JSON.stringify(log.provenOf(7))];
    const covered = (text: string) => {
      const { version: _, links: __, ...more } = readJson(text) as JsonRecord;
      return canonical(more);
    };
    let tried = 0;
    for (const which of [0, 1]) {
      const bytes = new TextEncoder().encode(texts[which]);
      for (let place = 0; place < bytes.length; place++) {
        for (let bit = 0; bit < 8; bit++) {
          const changed = bytes.slice();
          changed[place] = (changed[place] ?? 0) ^ (1 << bit);
          const text = new TextDecoder().decode(changed);
          const [shown = '', given = ''] = which === 0 ? [text, texts[1]] : [texts[0], text];
          const found = await checkText(shown, given, checking()).catch((error: unknown) => {
            if (error instanceof NotProven || error instanceof Unreadable) return null;
            throw error;
          });
          tried++;
          if (found === null) continue;
          // What was believed says the same, or only what the report calls not covered is another.
          const uncovered = found.finding?.uncovered ?? [];
          expect(which, text).toBe(0);
          expect(
            uncovered.some(field => !['version', 'links'].includes(field)) || covered(text) === covered(texts[0] ?? ''),
          ).toBe(true);
        }
      }
    }
    expect(tried).toBeGreaterThan(9000);
  });

  it('that is not in the log yet, or has nothing public, is not proven', async () => {
    for (const proof of ['pending', null]) {
      const text = JSON.stringify({ ...recordOf(7, 7), proof });
      await expect(checkText(text, null, checking())).rejects.toThrow(NotProven);
    }
  });

  it('has its proof fetched from the book that was named, and from nowhere else', async () => {
    const asked: string[] = [];
    const fetch: Checking['fetch'] = async address => {
      asked.push(address);
      return new TextEncoder().encode(JSON.stringify(log.provenOf(7)));
    };
    const proof = { index: 7, url: `https://elsewhere.example${recordOf(7, 7).proof.url}` };
    const text = JSON.stringify({ ...recordOf(7, 7), proof });
    const { finding } = await checkText(text, null, { ...checking(), site: 'https://book.example.org', fetch });
    expect(finding?.index).toBe(7);
    expect(asked).toEqual([`https://book.example.org${recordOf(7, 7).proof.url}`]);
  });
});

describe('whom a verifier believes', () => {
  it('is the log that was named, by its own name', async () => {
    const other = logFiles(folder.concat('-other'));
    const strange = policyOf([await readKey(other.log.text)]);
    await expect(verifyProven(proven(), strange)).rejects.toThrow('not signed by the key');
    const renamed = { ...policyOf([{ ...(await readKey(log.log.text)), name: 'other.example/log' }]) };
    await expect(verifyProven(proven(), renamed)).rejects.toThrow('The checkpoint is of book.example.org/log');
  });

  it('needs as many witnesses as the policy says', async () => {
    const other = logFiles(folder.concat('-other')).witness;
    const both = (quorum: string) =>
      `log ${log.log.text}\nwitness A ${log.witness.text}\nwitness B ${other.text}\n${quorum}\n`;
    await expect(verifyProven(proven(), await readPolicy(both('group G any A B\nquorum G')))).resolves.toBeTruthy();
    await expect(verifyProven(proven(), await readPolicy(both('group G 2 A B\nquorum G')))).rejects.toThrow(
      'Too few witnesses',
    );
    await expect(verifyProven(proven(), await readPolicy(both('quorum B')))).rejects.toThrow('Too few witnesses');
    await expect(verifyProven(proven(), await readPolicy(both('quorum none')))).resolves.toBeTruthy();
  });

  it('is never a witness in the place of a log, nor a log in that of a witness', async () => {
    const witness = await readKey(log.witness.text);
    expect(() => policyOf([witness])).toThrow(NotProven);
    await expect(readPolicy(`log ${log.witness.text}\nquorum none\n`)).rejects.toThrow('no key of a log');
    await expect(readPolicy(`witness W ${log.log.text}\nquorum W\n`)).rejects.toThrow('no key of a witness');
  });
});

describe('JSON', () => {
  it.each([
    ['a number that nobody can hold', '[1e400]'],
    ['a number beyond what is exact', '[9007199254740993]'],
    ['more digits than are kept', '[0.1000000000000000055]'],
    ['a number that becomes nothing', '[1e-400]'],
    ['half a character', '["\\ud800"]'],
    ['half a character in a name', '{"\\udc00":1}'],
    ['a field twice, spelled differently', '{"a":1,"\\u0061":2}'],
    ['something behind it', '{} {}'],
    ['a comma too many', '[1,]'],
    ['no value', ''],
    ['an open text', '"abc'],
    ['a control character', '"\n"'],
    ['a leading zero', '[01]'],
    ['too much nesting', `${'['.repeat(200)}${']'.repeat(200)}`],
  ])('is refused with %s', (_, text) => {
    expect(() => readJson(text)).toThrow(NotProven);
  });

  it.each([
    '{"a":[1,-0.5,1e3,true,false,null,"\\u00e9\\n😀"]}',
    ' [ ] ',
    '"x"',
    '{"__proto__":{"a":1}}',
    '[12345678901234567e-3]',
  ])('is read as everybody reads it: %s', text => {
    expect(canonical(readJson(text))).toBe(canonical(JSON.parse(text) as Json));
  });

  it('is not written for what is none', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, undefined, 1n, () => 1, ['\ud800'], { a: undefined }]) {
      expect(() => canonical(value)).toThrow(NotProven);
    }
  });
});
