/** Documents on the public site: from the page to the bytes, and what a reader needs to check them. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { runCustody } from '../../functions/custody/runCustody.ts';
import { awkwardName, hostileTitles } from '../support/siteBook.ts';
import { describeSite, shownIn } from '../support/siteReader.ts';

describeSite('documents of the site', reader => {
  const see: ReturnType<typeof reader>['see'] = (...asked) => reader().see(...asked);
  const address = () => `/disclosures/${reader().book.documented}`;

  it('are listed before what the disclosure says, without JavaScript', async () => {
    const text = await reader().textOf(address());
    expect(text).toMatch(/Report on the harbours\n+harbours-corrected\.pdf\s+PDF\s+2 pages\s+\d\.\d kB/);
    expect(text).toContain(`${hostileTitles[1]}\n`);
    expect(text).toMatch(/%\.txt\s+plain text\s+10 bytes/);
    expect(text.indexOf('Report on the harbours')).toBeLessThan(text.indexOf('What was found.'));
  });

  it('are those of the edition that is shown', async () => {
    const earlier = await see(`${address()}?edition=1`, page => shownIn(page, '.documents'));
    expect(earlier).toMatch(/Report on the harbours\n+harbours\.pdf\s+PDF\s+1 page\s/);
    expect(earlier).not.toContain('corrected');
  });

  it.each(['', '?edition=1'])(
    'lead a reader without JavaScript to the bytes that the page tells the digest of%s',
    async edition => {
      await see(
        address() + edition,
        async page => {
          const link = page.locator('.documents a').first();
          const digest = await page.locator('.documents code').first().textContent();
          const { headers, bytes } = await fetched(page, () => link.click());
          const name = edition === '' ? 'harbours-corrected.pdf' : 'harbours.pdf';
          expect(headers).toMatchObject({
            'content-type': 'application/pdf',
            'content-disposition': `inline; filename="${name}"`,
            'x-content-type-options': 'nosniff',
          });
          expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
          expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest);
        },
        { javaScriptEnabled: false },
      );
    },
  );

  it('arrive under their whole name, and can do nothing', async () => {
    await see(address(), async page => {
      const link = page.locator('.documents a').nth(1);
      expect(await link.textContent()).toBe(hostileTitles[1]);
      const answer = page.waitForResponse(response => response.url().includes('/archive/'));
      await link.click();
      const headers = (await answer).headers();
      expect(headers['content-disposition']).toContain(`filename*=UTF-8''${encodeURIComponent('O’Brien & Söhne')}`);
      expect(headers['content-security-policy']).toMatch(/^sandbox;/);
      expect(await shownIn(page, 'body')).toBe('The notes.');
      await page.goBack();
      expect(await shownIn(page, '.documents')).toContain(awkwardName);
    });
  });

  it('tell how to check them, on a key as on a click and on paper', async () => {
    await see(address(), async page => {
      const digest = page.locator('.documents code').first();
      expect(await digest.isVisible()).toBe(false);
      await page.locator('.documents a').first().focus();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await digest.isVisible()).toBe(true);
      expect(await shownIn(page, '.documents li:first-child')).toContain('sha256sum FILE');
      await page.keyboard.press('Enter');
      expect(await digest.isVisible()).toBe(false);
      await page.emulateMedia({ media: 'print' });
      expect(await digest.isVisible()).toBe(true);
    });
  });

  it('are gone with the disclosure that is withdrawn', async () => {
    const path = `/disclosures/${reader().book.withdrawn}`;
    await see(path, async page => expect(await page.locator('.documents').count()).toBe(0));
  });

  it('are counted on the first page once the archive was gone over', async () => {
    expect(await reader().textOf('/')).not.toContain('The archive of this book');
    await runCustody(reader().site.jobs, { periodDays: 30, hoursBetweenRounds: 1 });
    expect(await reader().textOf('/')).toMatch(
      /keeps 12 files: documents, and the text read from them\. All of them were read again within the last 30 days, and are as they were sealed\. Counted on 1 June 2024\./,
    );
  });
});

/** What a browser gets that saves what it cannot show. */
async function fetched(page: Page, click: () => Promise<void>) {
  const answer = page.waitForResponse(response => response.url().includes('/archive/'));
  const download = page.waitForEvent('download');
  await click();
  const headers = (await answer).headers();
  return { headers, bytes: await readFile(await (await download).path()) };
}
