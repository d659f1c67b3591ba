/** Reads the site in a browser, and takes for a failure whatever a page runs, is forbidden, or asks of anybody else. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserUnavailable, launchBrowser } from './browser.ts';
import { fillSite, type SiteBook } from './siteBook.ts';
import { type SiteServer, startSiteServer } from './siteServer.ts';

export interface SiteReader {
  readonly site: SiteServer;
  readonly book: SiteBook;
  /** Opens a page and gives what a test wants of it. */
  see<T>(path: string, look: (page: Page) => Promise<T>, options?: BrowserContextOptions): Promise<T>;
  /** What a page says, to somebody without JavaScript. */
  textOf(path: string): Promise<string>;
}

const missing = await browserUnavailable();

/** Tests on one filled book and one browser; left out, with the reason in their name, where no browser can run. */
export function describeSite(name: string, tests: (reader: () => SiteReader) => void): void {
  describe.skipIf(missing !== undefined)(`${name}${missing === undefined ? '' : ` (no browser: ${missing})`}`, () => {
    let reader: SiteReader;
    let site: SiteServer | undefined;
    let browser: Browser | undefined;
    beforeAll(async () => {
      site = await startSiteServer();
      browser = await launchBrowser();
      reader = readerOf(site, await fillSite(site), browser);
    });
    afterAll(async () => {
      await browser?.close();
      await site?.close();
    });
    tests(() => reader);
  });
}

function readerOf(site: SiteServer, book: SiteBook, browser: Browser): SiteReader {
  const see: SiteReader['see'] = async (path, look, options = {}) => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on('dialog', dialog => {
      wrong.push(`dialog: ${dialog.message()}`);
      return dialog.dismiss();
    });
    page.on('console', message => {
      if (!message.text().startsWith('Failed to load resource')) wrong.push(`console: ${message.text()}`);
    });
    page.on('pageerror', error => wrong.push(`error: ${error}`));
    page.on('request', request => {
      if (!request.url().startsWith(site.origin) && !request.url().startsWith('data:')) wrong.push(request.url());
    });
    try {
      await page.goto(site.origin + path);
      const seen = await look(page);
      expect(wrong).toEqual([]);
      return seen;
    } finally {
      await context.close();
    }
  };
  return {
    site,
    book,
    see,
    textOf: path => see(path, page => shownIn(page, 'body'), { javaScriptEnabled: false }),
  };
}

/** What somebody who looks at that part of the page reads. */
export function shownIn(page: Page, selector: string): Promise<string> {
  return page.innerText(selector);
}
