/** The life of disclosures, and the public's lists of them. */
import { beforeAll, expect, it } from 'vitest';
import { describeOnEachStore } from '../support/book.ts';
import { contentOf, draftOf, publishedOf } from '../support/disclosures.ts';

const later = (at: string, milliseconds: number) => new Date(Date.parse(at) + milliseconds).toISOString();

describeOnEachStore('disclosures', book => {
  const named = async (title: string, query: Record<string, string> = {}) =>
    (await book().as.public.listDisclosures({ query: { limit: '100', ...query } })).body.items.filter(
      item => item.title === title,
    );

  it('go from draft to published, corrected and withdrawn, and refuse every other way', async () => {
    const { secretary, public: anyone } = book().as;
    const { id } = await draftOf(book(), { title: 'Life' });
    const params = { disclosureId: id };
    const now = { params, body: {} };
    const correction = { reason: 'A figure was wrong.', content: contentOf({ title: 'Life, corrected' }) };
    const conflict = async (answer: Promise<{ problem: { code: string } }>) =>
      expect((await answer).problem.code).toBe('state-conflict');

    await conflict(secretary.unscheduleDisclosure({ params, version: 1 }));
    await conflict(secretary.correctDisclosure({ params, version: 1, body: correction }));
    await conflict(secretary.withdrawDisclosure({ params, version: 1, body: { reason: 'x' } }));
    expect((await secretary.publishDisclosure({ ...now, version: 1 })).body).toMatchObject({
      state: 'published',
      edition: 1,
    });
    await conflict(secretary.publishDisclosure({ ...now, version: 2 }));
    await conflict(secretary.updateDisclosure({ params, version: 2, body: contentOf() }));
    await conflict(secretary.unscheduleDisclosure({ params, version: 2 }));

    const corrected = (await secretary.correctDisclosure({ params, version: 2, body: correction })).body;
    expect(corrected).toMatchObject({ state: 'corrected', edition: 2, correctionReason: 'A figure was wrong.' });
    expect((await anyone.getEdition({ params: { ...params, edition: '1' } })).body).toMatchObject({
      title: 'Life',
      current: false,
    });
    expect((await anyone.getEdition({ params: { ...params, edition: '2' } })).body).toMatchObject({
      title: 'Life, corrected',
      current: true,
    });
    expect((await anyone.getEdition({ params: { ...params, edition: '3' } })).status).toBe(404);

    await secretary.withdrawDisclosure({ params, version: 3, body: { reason: 'Asked to.' } });
    await conflict(secretary.withdrawDisclosure({ params, version: 4, body: { reason: 'x' } }));
    await conflict(secretary.correctDisclosure({ params, version: 4, body: correction }));
    const tombstone = (await anyone.getDisclosure({ params })).body;
    expect(tombstone).toMatchObject({
      state: 'withdrawn',
      title: 'Life, corrected',
      summary: null,
      withdrawalReason: 'Asked to.',
    });
    expect(await named('Life, corrected')).toMatchObject([{ id, withdrawnAt: tombstone.withdrawnAt }]);
  });

  it('become public at their time, and not a millisecond before, in every list, count and page', async () => {
    const { as, origin, setClock } = book();
    const at = later(new Date().toISOString(), 3 * 24 * 60 * 60 * 1000);
    const marker = 'Embargoed until its time';
    const period = { from: '2031-01-01', to: '2031-12-31' };
    const before = (await as.public.countDisclosures()).body;
    const { id, version } = await publishedOf(book(), { title: marker, category: 'notice', period }, at);
    const paths = ['', '/history', '/editions', '/editions/1'].map(end => `/v1/disclosures/${id}${end}`);
    const lists = [
      '/v1/disclosures',
      '/v1/disclosures?category=notice',
      '/v1/disclosures?period=2031',
      '/',
      '/feed.json',
    ];

    setClock(later(at, -1));
    expect((await as.public.countDisclosures()).body).toEqual(before);
    for (const path of [...paths, `/disclosures/${id}`]) expect((await fetch(origin + path)).status, path).toBe(404);
    for (const path of lists) expect(await (await fetch(origin + path)).text(), path).not.toContain(marker);
    expect((await as.director.listScheduled()).body.items).toMatchObject([{ id, publishAt: at }]);
    expect((await as.director.getDisclosure({ params: { disclosureId: id } })).body).toMatchObject({
      state: 'scheduled',
      version,
    });

    setClock(at);
    const counts = (await as.public.countDisclosures()).body;
    expect(counts.published).toBe(before.published + 1);
    for (const path of paths) expect((await fetch(origin + path)).status, path).toBe(200);
    for (const path of lists) expect(await (await fetch(origin + path)).text(), path).toContain(marker);
    expect((await as.director.listScheduled()).body.items).toEqual([]);
    // Nobody acted: the record is as it was.
    expect((await as.public.getDisclosure({ params: { disclosureId: id } })).body).toMatchObject({
      state: 'published',
      version,
      publishedAt: at,
    });
    const withdrawn = await as.secretary.withdrawDisclosure({
      params: { disclosureId: id },
      version,
      body: { reason: 'x' },
    });
    expect(withdrawn.status).toBe(200);
    expect((await as.public.countDisclosures()).body).toMatchObject({
      published: before.published,
      withdrawn: before.withdrawn + 1,
    });
    setClock(undefined);
  });

  it('can be moved and taken back while scheduled, but stand still shortly before their time', async () => {
    const { as, setClock } = book();
    const start = new Date().toISOString();
    const at = later(start, 60 * 60 * 1000);
    const { id } = await publishedOf(book(), { title: 'Moved' }, at);
    const params = { disclosureId: id };
    setClock(later(at, -29_000));
    const frozen = [
      await as.secretary.updateDisclosure({ params, version: 2, body: contentOf() }),
      await as.secretary.unscheduleDisclosure({ params, version: 2 }),
      await as.secretary.publishDisclosure({ params, version: 2, body: { at: later(at, 1) } }),
    ];
    setClock(later(at, -31_000));
    expect(frozen.map(answer => answer.problem.code)).toEqual(Array(3).fill('state-conflict'));
    const moved = later(at, 60 * 60 * 1000);
    await as.secretary.publishDisclosure({ params, version: 2, body: { at: moved } });
    setClock(at);
    expect((await as.public.getDisclosure({ params })).status).toBe(404);
    expect((await as.secretary.unscheduleDisclosure({ params, version: 3 })).body).toMatchObject({
      state: 'draft',
      publishedAt: null,
    });
    setClock(later(moved, 1));
    expect((await as.public.getDisclosure({ params })).status).toBe(404);
    expect((await as.auditor.listDrafts({ query: { limit: '100' } })).body.items.map(item => item.id)).toContain(id);
    setClock(undefined);
  });

  it('can be entered as public since an earlier time, and say when the book took them in', async () => {
    const before = new Date().toISOString();
    const { id } = await publishedOf(book(), { title: 'Old' }, '2022-05-16T15:00:00Z');
    const found = (await book().as.public.getDisclosure({ params: { disclosureId: id } })).body;
    expect(found.publishedAt).toBe('2022-05-16T15:00:00.000Z');
    expect(String(found.enteredAt) >= before).toBe(true);
  });

  it('tell their history: all to the board, from the publication on to the public', async () => {
    const { as, people } = book();
    const { id } = await draftOf(book(), { title: 'One', summary: 'never published' });
    const params = { disclosureId: id };
    await as.secretary.updateDisclosure({ params, version: 1, body: contentOf({ title: 'Two' }) });
    await as.secretary.publishDisclosure({ params, version: 2, body: { at: '2023-01-01T00:00:00Z' } });
    await as.secretary.correctDisclosure({
      params,
      version: 3,
      body: { reason: 'Typo.', content: contentOf({ title: 'Three' }) },
    });
    const all = (await as.auditor.getDisclosureHistory({ params })).body.items;
    expect(all.map(step => step.what)).toEqual(['corrected', 'revised', 'drafted', 'published']);
    expect(all[0]?.by).toEqual({ id: people.secretary, name: 'Person secretary' });
    const answer = await as.public.getDisclosureHistory({ params });
    expect(answer.body.items).toMatchObject([
      { what: 'corrected', reason: 'Typo.', by: null, changes: [{ field: 'title', from: 'Two', to: 'Three' }] },
      { what: 'published', at: '2023-01-01T00:00:00.000Z', by: null, changes: [] },
    ]);
    expect(answer.text).not.toContain('never published');
    const paged = (await as.public.getDisclosureHistory({ params, query: { limit: '1' } })).body;
    expect([paged.items.length, paged.next === null]).toEqual([1, false]);
  });

  it('can be corrected however much they say, and their history read in pages that a function can answer', async () => {
    const { as } = book();
    const full = (letter: string) =>
      contentOf({
        summary: letter.repeat(20_000),
        links: Array.from({ length: 30 }, () => ({
          title: letter.repeat(200),
          url: `https://x.example/${letter.repeat(980)}`,
        })),
      });
    const { id } = await publishedOf(book(), full('€'));
    const params = { disclosureId: id };
    for (let version = 2; version <= 26; version++) {
      const body = { reason: 'All of it.', content: full('ä€'[version % 2] ?? '') };
      expect((await as.secretary.correctDisclosure({ params, version, body })).status).toBe(200);
    }
    let steps = 0;
    for (let query: Record<string, string> | null = { limit: '100' }; query !== null; ) {
      const page: { text: string; body: { items: object[]; next: string | null } } =
        await as.auditor.getDisclosureHistory({ params, query });
      expect(Buffer.byteLength(page.text)).toBeLessThan(6_000_000);
      steps += page.body.items.length;
      query = page.body.next === null ? null : Object.fromEntries(new URL(page.body.next, 'http://x').searchParams);
    }
    expect(steps).toBe(27);
  });

  it('list their editions in pages', async () => {
    const { as } = book();
    const { id } = await publishedOf(book());
    const params = { disclosureId: id };
    for (let version = 2; version <= 6; version++) {
      const body = { reason: `Reason ${version}`, content: contentOf({ title: `Title ${version}` }) };
      await as.secretary.correctDisclosure({ params, version, body });
    }
    const first = (await as.public.listEditions({ params, query: { limit: '4' } })).body;
    const query = Object.fromEntries(new URL(String(first.next), 'http://x').searchParams);
    const second = (await as.public.listEditions({ params, query })).body;
    expect([...first.items, ...second.items].map(item => item.edition)).toEqual([6, 5, 4, 3, 2, 1]);
    expect([first.items[0]?.current, first.items[1]?.current, second.next]).toEqual([true, false, null]);
  });

  it('are published once when two publish at once, and counted exactly when many are published at once', async () => {
    const { as } = book();
    const before = (await as.public.countDisclosures()).body.published;
    const drafts = await Promise.all(Array.from({ length: 8 }, () => draftOf(book(), { category: 'minutes' })));
    const answers = await Promise.all(
      drafts.flatMap(({ id }) =>
        [1, 2].map(() => as.secretary.publishDisclosure({ params: { disclosureId: id }, version: 1, body: {} })),
      ),
    );
    const published = answers.filter(answer => answer.status === 200).length;
    expect(answers.every(answer => [200, 409, 412].includes(answer.status))).toBe(true);
    expect((await as.public.countDisclosures()).body.published).toBe(before + published);
    expect(published).toBeLessThanOrEqual(8);
    expect((await as.public.listDisclosures({ query: { category: 'minutes', limit: '100' } })).body.items).toHaveLength(
      published,
    );
  });
});

describeOnEachStore('the public lists', book => {
  /** Title, time, category, years of the period. */
  const made: { title: string; at: string; category: 'policy' | 'notice'; years: number[] }[] = [];

  beforeAll(async () => {
    const first = Date.parse('2019-06-01T00:00:00Z');
    for (let index = 0; index < 40; index++) {
      // Some years have none, and some times are equal.
      const at = new Date(first + Math.floor(index / 2) * 75 * 24 * 60 * 60 * 1000).toISOString();
      const year = 2018 + (index % 4);
      const years = index % 5 === 0 ? [] : index % 3 === 0 ? [year, year + 1, year + 2] : [year];
      const entry = {
        title: `Number ${index}`,
        at,
        category: index % 3 === 0 ? ('policy' as const) : ('notice' as const),
        years,
      };
      if (at.startsWith('2021')) continue;
      made.push(entry);
      const period = years.length === 0 ? null : { from: `${years[0]}-01-01`, to: `${years.at(-1)}-12-31` };
      await publishedOf(book(), { title: entry.title, category: entry.category, period }, at);
    }
  });

  async function walk(query: Record<string, string>): Promise<{ titles: string[]; times: string[]; pages: number }> {
    const [titles, times]: [string[], string[]] = [[], []];
    let pages = 0;
    for (let next: Record<string, string> | null = query; next !== null; ) {
      const page: { items: { title: string; publishedAt: string }[]; next: string | null } = (
        await book().as.public.listDisclosures({ query: next })
      ).body;
      pages++;
      titles.push(...page.items.map(item => item.title));
      times.push(...page.items.map(item => item.publishedAt));
      next = page.next === null ? null : Object.fromEntries(new URL(page.next, 'http://x').searchParams);
    }
    return { titles, times, pages };
  }

  it.each(['1', '3', '7', '100'])('give everything once, the newest first, in pages of %s', async limit => {
    const { titles, times, pages } = await walk({ limit });
    expect([...titles].sort()).toEqual(made.map(entry => entry.title).sort());
    expect(times).toEqual([...times].sort().reverse());
    expect(pages).toBe(Math.ceil(made.length / Number(limit)));
  });

  it('give those of one category, and of one year that they are about, and of both', async () => {
    const of = (keep: (entry: (typeof made)[number]) => boolean) =>
      made
        .filter(keep)
        .map(entry => entry.title)
        .sort();
    for (const limit of ['2', '100']) {
      expect((await walk({ limit, category: 'policy' })).titles.sort()).toEqual(
        of(entry => entry.category === 'policy'),
      );
      expect((await walk({ limit, period: '2020' })).titles.sort()).toEqual(of(entry => entry.years.includes(2020)));
      expect((await walk({ limit, period: '2020', category: 'policy' })).titles.sort()).toEqual(
        of(entry => entry.years.includes(2020) && entry.category === 'policy'),
      );
      expect((await walk({ limit, period: '1999' })).titles).toEqual([]);
    }
  });

  it('lose and repeat nothing that was there all the time while others are published', async () => {
    const { as } = book();
    const seen: string[] = [];
    let query: Record<string, string> | null = { limit: '5' };
    while (query !== null) {
      const page: { items: { title: string }[]; next: string | null } = (await as.public.listDisclosures({ query }))
        .body;
      seen.push(...page.items.map(item => item.title));
      query = page.next === null ? null : Object.fromEntries(new URL(page.next, 'http://x').searchParams);
      await publishedOf(book(), { title: 'In between' });
    }
    expect(seen.filter(title => title !== 'In between').sort()).toEqual(made.map(entry => entry.title).sort());
  });

  it('cannot be talked into showing what is scheduled, whatever the cursor says', async () => {
    const { as } = book();
    const at = `${new Date().getUTCFullYear() + 1}-06-01T00:00:00.000Z`;
    await publishedOf(book(), { title: 'Next year' }, at);
    const forged = [
      [at.slice(0, 4), 'start', 'none'],
      [at.slice(0, 4), `${at.slice(0, 4)}-12-31T00:00:00.000Z#~`, 'unknown'],
      [String(new Date().getUTCFullYear()), 'start', at.slice(0, 4)],
      ['9999', 'start', 'unknown'],
      ['Infinity', 'start', 'unknown'],
      ['-1', 'start', '99999 x'],
    ];
    for (const place of forged) {
      const cursor = Buffer.from(JSON.stringify(place)).toString('base64url');
      const answer = await as.public.listDisclosures({ query: { cursor, limit: '100' } });
      expect([200, 400]).toContain(answer.status);
      expect(answer.text).not.toContain('Next year');
    }
  });
});
