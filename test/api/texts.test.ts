/** Strange text goes in and comes out unchanged, or is refused by name; it never breaks a list, a page or the feed. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import { contentOf } from '../support/disclosures.ts';

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "Robert'); DROP TABLE records;--",
  '{{7*7}} #{7*7} <%= 7*7 %>',
  '../../../etc/passwd',
  'ÅÄÖ ﷽ 👩‍👩‍👧‍👦 𝒳 \u202eabc\u202c \ufeffx',
  'e\u0301 and é',
  '__proto__',
  'constructor',
  'null',
  '9'.repeat(300),
  '\u0000',
  '\u0007bell',
  '\ud800',
  'two\nlines',
  '   ',
  '',
];

const naughtyFile = '../shared/data/json-hostile/blns/blns.json';
const naughty: string[] = existsSync(naughtyFile) ? JSON.parse(readFileSync(naughtyFile, 'utf8')) : [];

/** The drafts that were made of texts, as they read back unchanged; the others were refused by name. */
async function draftsOf({ as }: TestBook, texts: readonly string[]) {
  const draftOf = async (text: string) => {
    const created = await as.secretary.createDisclosure({ body: contentOf({ title: text, summary: text }) });
    if (created.status === 400) {
      expect(created.problem.errors?.map(error => error.field)).toContain('/title');
      return [];
    }
    const read = (await as.secretary.getDisclosure({ params: { disclosureId: created.body.id } })).body;
    expect([read.title, read.summary]).toEqual([text, text]);
    return [read];
  };
  const drafts: Awaited<ReturnType<typeof draftOf>> = [];
  for (let from = 0; from < texts.length; from += 25) {
    drafts.push(...(await Promise.all(texts.slice(from, from + 25).map(draftOf))).flat());
  }
  return drafts;
}

describeOnEachStore('texts', book => {
  it('round trip or are refused by name, and break no list, page or feed', async () => {
    const { as, origin } = book();
    const drafts = await draftsOf(book(), hostile);
    expect(drafts).toHaveLength(hostile.length - 6);
    for (const { id, version } of drafts) {
      expect((await as.secretary.publishDisclosure({ params: { disclosureId: id }, version, body: {} })).status).toBe(
        200,
      );
      expect((await fetch(`${origin}/disclosures/${id}`)).status).toBe(200);
    }
    const titles = (await as.public.listDisclosures()).body.items.map(item => item.title);
    expect([...titles].sort()).toEqual(hostile.filter(text => titles.includes(text)).sort());
    expect(titles).toHaveLength(drafts.length);
    JSON.parse(await (await fetch(`${origin}/feed.json`)).text());
    expect(await (await fetch(origin)).text()).not.toMatch(/<script>alert|<img src=x/);
  });

  it.skipIf(naughty.length === 0)(
    `of the big list of naughty strings do so too${naughty.length === 0 ? ' (../shared is not here)' : ''}`,
    { timeout: 120_000 },
    async () => {
      expect((await draftsOf(book(), naughty)).length).toBeGreaterThan(naughty.length - 20);
    },
  );
});
