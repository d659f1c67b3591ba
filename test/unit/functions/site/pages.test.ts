/** What pages cost: how often they read the store, and that nothing is left out of a list that goes over several pages. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillSite, type SiteBook } from '../../../support/siteBook.ts';
import { publish, type SiteServer, startSiteServer } from '../../../support/siteServer.ts';

describe('the pages', () => {
  let site: SiteServer;
  let book: SiteBook;
  beforeAll(async () => {
    site = await startSiteServer();
    book = await fillSite(site);
  });
  afterAll(() => site.close());

  const readsOf = async (path: string) => {
    site.reads.length = 0;
    expect((await fetch(site.origin + path)).status).toBe(200);
    return site.reads.map(read => read.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*'));
  };

  it('read the store once for each list that the first page shows', async () => {
    const reads = await readsOf('/');
    // The board, the office and four working groups; not the committee that keeps its seats, nor the membership.
    expect(reads.filter(read => read === 'query list#seats#body#*')).toHaveLength(6);
    expect(reads.filter(read => read.startsWith('getMany'))).toHaveLength(1);
    expect(reads.filter(read => read.startsWith('query list#disclosures#'))).toHaveLength(3);
    const others = ['organisation', 'catalogue', 'catalogue for its years', 'bodies', 'state of the archive'];
    expect(reads).toHaveLength(6 + 1 + 3 + others.length);
  });

  it('read the store three times for a disclosure, and once more for an earlier edition', async () => {
    expect(await readsOf(`/disclosures/${book.corrected}`)).toHaveLength(3);
    expect(await readsOf(`/disclosures/${book.corrected}?edition=1`)).toHaveLength(4);
    expect(await readsOf(`/disclosures/${book.withdrawn}`)).toHaveLength(3);
  });

  it('read no bodies for older disclosures, and show each disclosure on one page', async () => {
    for (let index = 0; index < 40; index++) {
      await publish(
        site,
        { title: `Minutes ${index}`, category: 'minutes' },
        `2023-03-${String(1 + (index % 28)).padStart(2, '0')}T12:00:00Z`,
      );
    }
    const titles: string[] = [];
    let path: string | undefined = '/?category=minutes';
    let pages = 0;
    while (path !== undefined) {
      const html = await (await fetch(site.origin + path)).text();
      titles.push(...[...html.matchAll(/>(Minutes \d+)<\/a>/g)].map(match => String(match[1])));
      path = /href="([^"#]*)#disclosures" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
      if (path !== undefined) expect((await readsOf(path)).some(read => read.includes('bodies'))).toBe(false);
      pages++;
    }
    expect(titles).toHaveLength(40);
    expect(new Set(titles).size).toBe(40);
    expect(pages).toBe(2);
  });

  it('are the same for everybody, whoever is signed in', async () => {
    const scheduled = `${site.origin}/disclosures/${book.scheduled}`;
    expect((await fetch(scheduled, { headers: { authorization: 'Bearer keeper' } })).status).toBe(404);
    const anonymous = await (await fetch(site.origin)).text();
    expect(await (await fetch(site.origin, { headers: { authorization: 'Bearer keeper' } })).text()).toBe(anonymous);
  });

  it('let a browser run nothing, and fetch nothing from elsewhere', async () => {
    for (const path of ['/', `/disclosures/${book.corrected}`, '/problems/not-found', '/nowhere']) {
      const policy = (await fetch(site.origin + path, { headers: { accept: 'text/html' } })).headers.get(
        'content-security-policy',
      );
      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; img-src 'self' data:; base-uri 'none'/);
      expect(policy).not.toMatch(/script|unsafe/);
    }
  });
});
