/** What pages cost: how often they read the store, and that nothing is left out of a list that goes over several pages. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numberAfter } from '../../../../shared/core/decisions/resolutions.ts';
import { fillSite, type SiteBook } from '../../../support/siteBook.ts';
import { consentTo, rewind } from '../../../support/siteDecisions.ts';
import { addBody, publish, type SiteServer, startSiteServer } from '../../../support/siteServer.ts';

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
    // The board, the office, four working groups and two committees; not the one that keeps its seats, nor the membership.
    expect(reads.filter(read => read === 'query list#seats#body#*')).toHaveLength(8);
    expect(reads.filter(read => read.startsWith('query list#disclosures#'))).toHaveLength(3);
    expect(reads.filter(read => read.startsWith('getMany person#'))).toHaveLength(1);
    const others = ['organisation', 'catalogue', 'catalogue for its years', 'bodies', 'state of the archive'];
    const ofLog = ['how far it is built', 'its keys', 'the proof of the organisation'];
    expect(reads).toHaveLength(8 + 3 + 1 + others.length + ofDecisions.length + ofLog.length);
  });

  /** The last numbers of all registers, the newest resolutions of the board, its next meeting: one query, and two reads by keys. */
  const ofDecisions = [
    /^getMany list#register#\*( list#register#\*)+$/,
    /^getMany list#register#\*#2024( |$)/,
    /^query list#meetings#\*$/,
  ];

  it('read the store three times for decisions on the first page, one of them a query', async () => {
    const decisions = (reads: readonly string[]) => reads.filter(read => /register|meetings|resolution/.test(read));
    const reads = decisions(await readsOf('/'));
    expect(reads).toHaveLength(ofDecisions.length);
    for (const one of ofDecisions) expect(reads.filter(read => one.test(read))).toHaveLength(1);
  });

  it('read the store four times for a register, and once more where later resolutions changed some', async () => {
    const { board } = book.decided;
    expect(await readsOf(`/bodies/${board}/register`)).toHaveLength(4);
    expect(await readsOf(`/bodies/${board}/register?year=2023`)).toHaveLength(5);
  });

  it('read the store once for each kind of thing that the page of a resolution shows', async () => {
    const { amending, secret, signed } = book.decided;
    const common = ['organisation', 'resolution', 'body', 'proof'];
    const reads = await readsOf(`/resolutions/${amending}`);
    const [electorate, ballots, names] = ['electorate', 'ballots', 'names'];
    const linked = ['for the text in force', 'for what everybody may see of the other'];
    expect(reads).toHaveLength([...common, ...linked, electorate, ballots, names].length);
    expect(await readsOf(`/resolutions/${secret}`)).toHaveLength(common.length);
    expect(await readsOf(`/resolutions/${signed}`)).toHaveLength([...common, 'body for the names', names].length);
  });

  it('read the store four times for a disclosure, and once more for an earlier edition', async () => {
    expect(await readsOf(`/disclosures/${book.corrected}`)).toHaveLength(4);
    expect(await readsOf(`/disclosures/${book.corrected}?edition=1`)).toHaveLength(5);
    expect(await readsOf(`/disclosures/${book.withdrawn}`)).toHaveLength(4);
  });

  it('read no bodies and no decisions for older disclosures, and show each disclosure on one page', async () => {
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
      if (path !== undefined)
        expect((await readsOf(path)).some(read => /bodies|register|meetings/.test(read))).toBe(false);
      pages++;
    }
    expect(titles).toHaveLength(40);
    expect(new Set(titles).size).toBe(40);
    expect(pages).toBe(2);
  });

  it('show each resolution of a register on one page', async () => {
    const bodyId = await addBody(site, { name: 'A diligent committee', kind: 'committee' });
    const seat = { office: 'member', title: null, voting: true, from: '2022-02-01', to: null } as const;
    const body = { personId: book.decided.ana, ...seat };
    await site.keeper.createSeat({ params: { bodyId }, body }).then(answer => answer.body);
    const signed = { at: '2024-05-02T12:00:00.000Z', motion: {}, signers: ['ana'] } as const;
    for (let index = 0; index < 52; index++) await consentTo(site, bodyId, signed);
    rewind(site);
    const pages: string[][] = [];
    for (let path: string | undefined = `/bodies/${bodyId}/register?year=2024`; path !== undefined; ) {
      const html = await (await fetch(site.origin + path)).text();
      pages.push([...html.matchAll(/<b class="number">([\d-]+)</g)].map(([, number]) => String(number)));
      path = /href="([^"]*)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(pages.map(page => page.length)).toEqual([50, 2]);
    expect(pages.flat()).toEqual(Array.from({ length: 52 }, (_, index) => numberAfter('2024', index)));
  });

  it('are the same for everybody, whoever is signed in', async () => {
    const scheduled = `${site.origin}/disclosures/${book.scheduled}`;
    expect((await fetch(scheduled, { headers: { authorization: 'Bearer keeper' } })).status).toBe(404);
    const anonymous = await (await fetch(site.origin)).text();
    expect(await (await fetch(site.origin, { headers: { authorization: 'Bearer keeper' } })).text()).toBe(anonymous);
  });

  it('read each list once that the page of filings shows, and twice for each return what was withheld from it', async () => {
    const reads = await readsOf('/inspection');
    const queries = reads.filter(read => read.startsWith('query '));
    expect(new Set(queries).size).toBe(queries.length);
    expect(queries.filter(read => read.includes('#support'))).toHaveLength(2 * 5);
    const [inspectable, open, papers, returns, years] = [1, 1, 2, 1, 3];
    expect(queries).toHaveLength(10 + inspectable + open + papers + returns + years);
    // And all of them together once, for their figures.
    const ofReturns = 2 * 2 + 1;
    expect(reads.filter(read => read.startsWith('getMany return#'))).toHaveLength(ofReturns);
    const [organisation, settings, filings, documents] = [2, 1, 2, 3];
    expect(reads).toHaveLength(queries.length + ofReturns + organisation + settings + filings + documents);
  });

  it('let a browser run nothing, and fetch nothing from elsewhere', async () => {
    for (const path of ['/', '/inspection', `/disclosures/${book.corrected}`, '/problems/not-found', '/nowhere']) {
      const policy = (await fetch(site.origin + path, { headers: { accept: 'text/html' } })).headers.get(
        'content-security-policy',
      );
      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; img-src 'self' data:; base-uri 'none'/);
      expect(policy).not.toMatch(/script|unsafe/);
    }
  });
});
