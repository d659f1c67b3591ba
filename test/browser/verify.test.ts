/** The page on which anybody checks a book, in a browser: with the served verifier, against this book and another one. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BookServer, serveBook } from '../support/bookServer.ts';
import { type LogFiles, logFiles, recordOf, statementOf } from '../support/logFiles.ts';
import { describeSite } from '../support/siteReader.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const folder = join(tmpdir(), `minutebook-verify-page-${process.pid}`);
let other: LogFiles;
let book: BookServer;
beforeAll(async () => {
  other = logFiles(folder);
  other.add(Array.from({ length: 300 }, (_, index) => statementOf(index)));
  book = await serveBook(folder);
});
afterAll(async () => {
  await book.close();
  rmSync(folder, { recursive: true });
});

describeSite('the page for checking', reader => {
  const see: ReturnType<typeof reader>['see'] = (...asked) => reader().see(...asked);
  const recordPath = () => `/v1/disclosures/${reader().book.corrected}`;
  beforeAll(() => reader().site.seal());

  const verdict = async (page: Page) => {
    await page.waitForSelector('#result .found');
    return page.innerText('#result');
  };

  it('is found from the first page, and leads on to what a record is proven by', async () => {
    await see('/', async page => {
      await page.click('.top a:has-text("Check it")');
      expect(await page.title()).toBe('Check it yourself · Minute book of HTA');
      expect(await page.isVisible('#verify')).toBe(true);
    });
  });

  it('explains the command and the proof to somebody without JavaScript', async () => {
    const text = await reader().textOf('/verify');
    expect(text).toContain('Checking on this page needs JavaScript');
    expect(text).toContain(`npm run verify -- ${reader().site.origin}/log`);
    expect(text).toContain('That it is the newest');
    expect(text).not.toContain('Check this address');
  });

  it('checks the record that a link names', async () => {
    const text = await see(`/verify?record=${recordPath()}`, verdict);
    expect(text).toMatch(/Proven(, but for the fields that are named)?: the record shows what was sealed/);
    expect(text).toMatch(/Log\nharbour\.example\/log, with \d+ entries/);
    expect(text).toContain('(a key that the log itself told)');
    expect(text).toContain('That the key is the right one');
  });

  it.each(['//', '/\\', '/\t/', '/\n/', '/\r/', '/\t\\', '\t//'])(
    'asks no other book because of a link: %j',
    async start => {
      const before = book.asked.length;
      const address = `${start}${new URL(book.origin).host}/v1/disclosures/1`;
      await see(`/verify?record=${encodeURIComponent(address)}`, async page => {
        // A field of one line shows no line ends.
        expect(await page.inputValue('#address')).toBe(address.replaceAll(/[\n\r]/g, ''));
        await page.waitForTimeout(200);
        expect(await page.locator('#result .found').count()).toBe(0);
        expect(await page.isVisible('#working')).toBe(false);
      });
      expect(book.asked.length).toBe(before);
    },
  );

  it('checks the whole log with the keyboard alone, and says so to whoever cannot see it', async () => {
    await see('/verify', async page => {
      await page.focus('#whole');
      await page.keyboard.press('Enter');
      const text = await verdict(page);
      expect(text).toContain('Proven: the whole log of harbour.example/log fits what was signed');
      expect(text).toMatch(/Entries checked\n(\d+) of \1/);
      expect(await page.getAttribute('#result', 'role')).toBe('status');
      expect(await page.isVisible('#progress')).toBe(false);
    });
  });

  it('checks files that were downloaded, with a key from elsewhere, and asks nobody', async () => {
    const files = [
      { name: 'record.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(recordOf(7, 7))) },
      {
        name: 'record.proof.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(other.provenOf(7))),
      },
    ];
    await see('/verify', async page => {
      await page.click('summary');
      await page.fill('#key', other.policy);
      await page.setInputFiles('#files', files);
      await page.click('#by-text button');
      const text = await verdict(page);
      expect(text).toContain('Proven fields\ntitle, content, edition, withdrawal');
      expect(text).toMatch(/Witnessed by\n.* at 2026-11-18 11:06:40 UTC/);
      await page.fill('#key', reader().site.origin);
      await page.click('#by-text button');
      expect(await verdict(page)).toContain('Could not be checked');
    });
  });

  it('checks a record, and a whole log, of another book', async () => {
    book.answers.set('/v1/log', { keys: [{ key: other.log.text }], policy: other.policy });
    book.answers.set('/v1/disclosures/7', recordOf(7, 7));
    book.answers.set(recordOf(7, 7).proof.url, other.provenOf(7));
    // In a window of its own: everywhere else it would be a failure that a page asks somebody else.
    await see('/verify', async shown => {
      const page = await (await shown.context().browser()?.newContext())?.newPage();
      if (page === undefined) throw new Error('There is no browser');
      await page.goto(`${reader().site.origin}/verify`);
      for (const [address, words] of [
        [`${book.origin}/v1/disclosures/7`, 'the record shows what was sealed as version 2'],
        [`${book.origin}/log`, 'Entries checked\n300 of 300'],
      ] as const) {
        await page.fill('#address', address);
        await page.click('#by-address button');
        await expect.poll(() => page.innerText('#result'), { timeout: 10_000 }).toContain(words);
      }
      await page.context().close();
    });
  });

  it('says what is not proven, and never makes markup of it', async () => {
    const hostile = { ...recordOf(7, 7), title: '<img src=x onerror=alert(1)>' };
    const pasted = JSON.stringify({ record: hostile, proven: other.provenOf(7) });
    await see('/verify', async page => {
      await page.click('summary');
      await page.fill('#key', other.log.text);
      await page.fill('#pasted', pasted);
      await page.click('#by-text button');
      const text = await verdict(page);
      expect(text).toContain('Not proven');
      expect(text).toContain('The field "title" of the record is not what was sealed');
      await page.fill(
        '#pasted',
        pasted.replace('<img src=x onerror=alert(1)>', 'Report 7').replace('"links"', '"<b>bold"'),
      );
      await page.click('#by-text button');
      await page.waitForSelector('#result dl');
      expect(await page.innerText('#result')).toContain('<b>bold');
      expect(await page.locator('#result b, #result img').count()).toBe(0);
    });
  });

  it('notices a log that somebody changed', async () => {
    const { logFolder } = reader().site;
    const checkpoint = readFileSync(join(logFolder, 'checkpoint'), 'utf8');
    writeFileSync(join(logFolder, 'checkpoint'), checkpoint.replace(/\n\d+\n/, '\n3\n'));
    try {
      const text = await see('/verify', async page => {
        await page.click('#whole');
        return verdict(page);
      });
      expect(text).toContain('Not proven');
      expect(text).toContain('the checkpoint is not what was signed');
    } finally {
      writeFileSync(join(logFolder, 'checkpoint'), checkpoint);
    }
  });

  it.each([
    { width: 1200, colorScheme: 'light' },
    { width: 1200, colorScheme: 'dark' },
    { width: 390, colorScheme: 'light' },
    { width: 320, colorScheme: 'dark' },
  ] as const)(
    'has nothing that axe objects to, and no sideways scrolling, $width pixels wide, $colorScheme',
    async ({ width, colorScheme }) => {
      await see(
        `/verify?record=${recordPath()}`,
        async page => {
          await verdict(page);
          await page.click('summary');
          if (process.env.MINUTEBOOK_SCREENSHOTS !== undefined) {
            await page.screenshot({
              path: join(process.env.MINUTEBOOK_SCREENSHOTS, `verify-${width}-${colorScheme}.png`),
              fullPage: true,
            });
          }
          expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
          // The page's own policy would not let a test's script in.
          expect(await violationsOf(page)).toEqual([]);
        },
        { viewport: { width, height: 900 }, colorScheme, bypassCSP: true },
      );
    },
  );
});

async function violationsOf(page: Page): Promise<unknown> {
  await page.evaluate(axe);
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(one => ({ id: one.id, nodes: one.nodes.map(node => node.html + " " + node.failureSummary) })))',
  );
}
