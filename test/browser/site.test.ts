/** What the public site says, as a browser shows it: to readers without JavaScript, and to those who mean no good. */
import { expect, it } from 'vitest';
import { hostileTitles, scheduledFor } from '../support/siteBook.ts';
import { describeSite, shownIn } from '../support/siteReader.ts';
import { start, startSiteServer } from '../support/siteServer.ts';

describeSite('the site', reader => {
  const see: ReturnType<typeof reader>['see'] = (...asked) => reader().see(...asked);
  const textOf = (path: string) => reader().textOf(path);

  it('tells who the organisation is, without JavaScript', async () => {
    const text = await textOf('/');
    for (const part of [
      'Harbour Towns Alliance',
      'HTA',
      '14 January 2022, Commonwealth of Virginia',
      '501(c)(3)',
      '01-2345678',
      '30 June',
      'America/New_York',
      'harbour.example',
      'As of 1 June 2024, today, New York time.',
      'are invented',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('tells who sits where, and nothing of bodies that keep it to themselves', async () => {
    const text = await textOf('/');
    expect(text).toMatch(/Robin Chair\nChair votes since 1 February 2022/);
    expect(text).toMatch(/Alex Head\nExecutive Director since 1 February 2022/);
    expect(text).toMatch(/Not members, but appointed to keep or audit the book:\s+Kim Keeper\nAdministrator since/);
    expect(text).toContain('Who sits in it is not public.');
    expect(text).toContain('Its members are not listed on this page.');
    for (const name of ['Nobody Must Know', 'One Member', 'Former Director']) expect(text).not.toContain(name);
  });

  it('shows the structure of another day, chosen in the form', async () => {
    await see('/', async page => {
      await page.fill('#on', '2022-03-01');
      await page.click('button:has-text("Show")');
      const text = await shownIn(page, 'body');
      expect(page.url()).toBe(`${reader().site.origin}/?on=2022-03-01#structure`);
      expect(text).toContain('This is 1 March 2022.');
      expect(text).toMatch(/Former Director\nDirector votes since 1 February 2022 until 31 May 2023/);
      expect(text).not.toContain('<img src=x onerror=alert(1)> group');
      await page.click('text=Show today');
      expect(page.url()).toBe(`${reader().site.origin}/`);
    });
  });

  it('helps when the day lies before all that the book knows', async () => {
    const text = await textOf('/?on=1990-01-01');
    expect(text).toContain('The book says nothing of 1 January 1990.');
    expect(text).toContain('Show 14 January 2022');
  });

  it('lists disclosures by the year in which the organisation published them', async () => {
    const text = await textOf('/');
    expect(text).toMatch(/Call for helpers\n+Other\s+Withdrawn on 1 June 2024/);
    expect(text).toMatch(
      /Year in Review 2023\n+Annual report\s+about 2023\s+entered 1 June 2024\s+Corrected on 1 June 2024/,
    );
    expect(text).toMatch(/2022\n+31 December 2022\n+New Year’s Eve notice/);
    expect(text).toMatch(/Statuts\n+Governing document\s+in French/);
    await see('/', async page => {
      await page.click('text=Governing documents');
      const filtered = await shownIn(page, '#disclosures');
      expect(filtered).toContain('Statuts');
      expect(filtered).not.toContain('Year in Review');
      expect(await page.getAttribute('.filter a:has-text("Governing documents")', 'aria-current')).toBe('true');
    });
  });

  it('tells what a correction changed, and keeps the edition before', async () => {
    const text = await textOf(`/disclosures/${reader().book.corrected}`);
    expect(text).toMatch(/Published\n9 February 2024, 12:00 EST/);
    expect(text).toMatch(/Entered in this book\n1 June 2024, 08:00 EDT/);
    expect(text).toContain('There were 1,600 members.');
    expect(text).toMatch(/The report\nreports\.example/);
    expect(text).toMatch(/Before\s+There were \*\*1,500\*\* members\.\s+After\s+There were \*\*1,600\*\* members\./);
    await see(`/disclosures/${reader().book.corrected}`, async page => {
      await page.click('text=Edition 1');
      const earlier = await shownIn(page, 'main');
      expect(earlier).toContain('This is edition 1, not the current one.');
      expect(earlier).toContain('There were 1,500 members.');
    });
    expect(await textOf(`/disclosures/${reader().book.corrected}?edition=3`)).toContain('There is nothing here');
  });

  it('leaves a tombstone that holds nothing of what was withdrawn', async () => {
    for (const path of ['', '?edition=1']) {
      const html = await (await fetch(`${reader().site.origin}/disclosures/${reader().book.withdrawn}${path}`)).text();
      expect(html).not.toMatch(/the-withdrawn|withdrawn\.example/);
    }
    const text = await textOf(`/disclosures/${reader().book.withdrawn}`);
    expect(text).toContain('It named a person.');
    expect(text).toContain('This was made public on 1 June 2024, 08:00 EDT and withdrawn on 1 June 2024, 08:00 EDT.');
  });

  it('shows a scheduled disclosure from its time on, not before', async () => {
    const path = `/disclosures/${reader().book.scheduled}`;
    const hidden = async (address: string) => {
      const answer = await fetch(reader().site.origin + address, { headers: { accept: 'text/html' } });
      return { status: answer.status, body: await answer.text() };
    };
    reader().site.setClock(new Date(Date.parse(scheduledFor) - 1).toISOString());
    expect(await textOf('/')).not.toContain('Not before its time');
    expect(await hidden(path)).toEqual(await hidden('/disclosures/01890a5d-ac96-774b-bcce-b302099a8060'));
    reader().site.setClock(scheduledFor);
    expect(await textOf('/')).toContain('Not before its time');
    expect(await textOf(path)).toMatch(/Published\n1 August 2024, 08:00 EDT/);
    reader().site.setClock(start);
  });

  it('shows hostile texts as text, and runs nothing of them', async () => {
    const home = await see('/?category=policy', page => page.locator('#disclosures h4').allTextContents());
    for (const [index, title] of hostileTitles.entries()) {
      expect(home).toContain(title);
      await see(`/disclosures/${reader().book.hostile[index]}`, async page => {
        expect(await page.textContent('h1')).toBe(title);
        expect(await page.title()).toContain(title.slice(0, 20));
        expect(await page.textContent('main')).toContain('<script>alert(1)</script> <img src=x onerror=alert(1)>');
        const links = page.locator('main .prose a[href]');
        expect(await links.evaluateAll(found => found.map(link => link.getAttribute('href')))).toEqual([
          'https://tracker.invalid/pixel.png',
        ]);
        for (const link of await page.locator('main .prose a:not([href])').all()) await link.click();
      });
    }
  });

  it('tells what is wrong with an address, and leads back', async () => {
    const answer = await fetch(`${reader().site.origin}/?on=banana`, { headers: { accept: 'text/html' } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
    await see('/?on=banana', async page => {
      expect(await shownIn(page, 'main')).toMatch(/Date\nMust be a date that exists/);
      await page.click('text=Go to the first page');
      expect(page.url()).toBe(`${reader().site.origin}/`);
    });
    expect(await textOf('/disclosures/not-an-id')).toContain('There is nothing here');
    expect(await textOf('/?cursor=junk')).toContain('This address cannot be read');
    expect(await textOf('/problems/state-conflict')).toContain('The record is not in a state for this');
    for (const code of ['nonsense', 'toString', '__proto__']) {
      expect(await textOf(`/problems/${code}`)).toContain('There is nothing here');
    }
  });

  it('says what to do while the book is empty', async () => {
    const empty = await startSiteServer(null);
    try {
      const answer = await fetch(empty.origin, { headers: { accept: 'text/html' } });
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('npm run found');
      expect((await fetch(`${empty.origin}/feed.json`)).status).toBe(200);
    } finally {
      await empty.close();
    }
  });
});
