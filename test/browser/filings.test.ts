/** The page of filings, as a browser shows it: what it says, and what it never tells. */
import { expect, it } from 'vitest';
import { open, secrets } from '../support/returnXml.ts';
import { hostileTitles } from '../support/siteBook.ts';
import { describeSite, shownIn } from '../support/siteReader.ts';
import { startSiteServer } from '../support/siteServer.ts';

describeSite('the page of filings', reader => {
  const see: ReturnType<typeof reader>['see'] = (...asked) => reader().see(...asked);
  const sectionOf = (selector: string) =>
    see('/inspection', page => shownIn(page, selector), { javaScriptEnabled: false });

  it('is found from the first page, and leads back, without JavaScript', async () => {
    await see(
      '/',
      async page => {
        await page.click('.top a:has-text("Filings")');
        expect(page.url()).toBe(`${reader().site.origin}/inspection`);
        expect(await page.textContent('h1')).toBe('What anyone may inspect');
        expect(await page.title()).toBe('Filings: what anyone may inspect · Minute book of HTA');
        await page.click('.top a:has-text("Disclosures")');
        await page.click('#disclosures .margin a[href="/inspection"]');
        expect(page.url()).toBe(`${reader().site.origin}/inspection`);
      },
      { javaScriptEnabled: false },
    );
  });

  it('lists the returns with their last day, what amends them first, and the letter that stays for ever', async () => {
    const text = await sectionOf('.head .text');
    expect(text).toMatch(
      /Annual return July 2022 to June 2023\n+Amended\s+Form 990\s+filed on 1 February 2024\s+can be inspected until 1 February 2027[\s\S]*Annual return July 2022 to June 2023\n+Form 990\s+filed on 1 November 2023\s+can be inspected until 15 November 2026[\s\S]*The letter[\s\S]*of 13 June 2022\s+can be inspected for ever/,
    );
  });

  it('gives everybody the files, with nothing in them that the law withholds', async () => {
    const addresses = await see('/inspection', page =>
      page.locator('.exhibit .document a').evaluateAll(links => links.map(link => String(link.getAttribute('href')))),
    );
    expect(addresses).toHaveLength(3);
    for (const address of ['/inspection', ...addresses]) {
      const answer = await fetch(reader().site.origin + address);
      expect(answer.status).toBe(200);
      const text = (await answer.text()).toLowerCase();
      for (const [name, secret] of Object.entries(secrets)) {
        expect(text.includes(secret.toLowerCase()), `${address}: ${name}`).toBe(false);
      }
    }
    const copy = await (await fetch(reader().site.origin + addresses[0])).text();
    expect(copy).toContain(open.officer);
    const data = await see('/inspection', page => page.getAttribute('.asdata a', 'href'));
    expect((await fetch(`${reader().site.origin}${data}`)).status).toBe(200);
  });

  it('tells with the keyboard alone what was left out, and why', async () => {
    await see('/inspection', async page => {
      const reasons = page.locator('.withheld').first().locator('ul').first();
      expect(await reasons.isVisible()).toBe(false);
      await page.locator('.withheld summary').first().focus();
      await page.keyboard.press('Enter');
      expect(await reasons.innerText()).toMatch(/contributor[\s\S]*IRS990ScheduleB/);
    });
  });

  it('names the supporter that agreed, in the range that it agreed to, and only counts the other', async () => {
    const text = await sectionOf('#funding');
    expect(text).toContain(`Society of ${hostileTitles[1]}`);
    expect(text).toContain('$10,000 to $25,000');
    expect(text).toContain('And 1 other supporter not to be named.');
    const html = await (await fetch(`${reader().site.origin}/inspection`)).text();
    for (const hidden of ['Not To Be Named', '$12,000', '$777', 'for-officers-only'])
      expect(html).not.toContain(hidden);
  });

  it('shows the figures as a picture and as a table, the amended ones', async () => {
    const text = await sectionOf('#figures');
    expect(text).toMatch(/Revenue\s+Form 990, Part I, line 12\s+\$251,500/);
    expect(text).toMatch(/July 2022 to June 2023 Form 990, as amended/);
    await see('/inspection', async page => {
      const picture = page.locator('.yearbars [role=img]');
      expect(await picture.getAttribute('aria-label')).toContain('2022/23: Revenue $252K, Expenses $120K');
      expect((await picture.boundingBox())?.height).toBeGreaterThan(200);
      expect(await page.locator('.yearbars .plot rect').count()).toBe(3);
    });
  });

  it('says what was filed on time', async () => {
    const text = await sectionOf('#punctuality');
    expect(text).toMatch(/2024\s+0 of 1 on time[\s\S]*2023\s+1 of 2 on time/);
  });

  it('is not there while nobody has founded the book', async () => {
    const empty = await startSiteServer(null);
    try {
      const answer = await fetch(`${empty.origin}/inspection`, { headers: { accept: 'text/html' } });
      expect(answer.status).toBe(404);
    } finally {
      await empty.close();
    }
  });
});
