/** That everybody can use the public site: with a keyboard only, with a screen reader, on a phone, in the dark, on paper. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeSite, shownIn } from '../support/siteReader.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describeSite('the site', reader => {
  // So pages say where they are proven, too.
  beforeAll(() => reader().site.seal());

  const see: ReturnType<typeof reader>['see'] = (...asked) => reader().see(...asked);

  const decisions = () => ({
    register: `/bodies/${reader().book.decided.board}/register?year=2024`,
    amended: `/resolutions/${reader().book.decided.plan}`,
    rescinded: `/resolutions/${reader().book.decided.fee}`,
    recusal: `/resolutions/${reader().book.decided.rescinding}`,
    consent: `/resolutions/${reader().book.decided.signed}`,
    election: `/resolutions/${reader().book.decided.election}`,
    groups: `/resolutions/${reader().book.decided.grouped}`,
    'hostile resolution': `/resolutions/${reader().book.decided.hostile[6]}`,
  });
  const pages = () => ({
    home: '/',
    'another day': '/?on=2022-03-01',
    disclosure: `/disclosures/${reader().book.corrected}`,
    'earlier edition': `/disclosures/${reader().book.corrected}?edition=1`,
    filings: '/inspection',
    documents: `/disclosures/${reader().book.documented}`,
    tombstone: `/disclosures/${reader().book.withdrawn}`,
    hostile: `/disclosures/${reader().book.hostile[6]}`,
    problem: '/?on=banana',
    explanation: '/problems/not-found',
  });

  const addresses = { pages, decisions };
  const kinds = ['pages', 'decisions'] as const;

  it('is used with the keyboard alone, in the order of the page', async () => {
    await see('/', async page => {
      const focused = () =>
        page.evaluate('document.activeElement.textContent.trim() || document.activeElement.id') as Promise<string>;
      await page.keyboard.press('Tab');
      expect(await focused()).toBe('Skip to the content');
      expect((await page.locator('.skip').boundingBox())?.y).toBeGreaterThan(0);
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('main');
      await page.keyboard.press('Tab');
      expect(await focused()).toBe('harbour.example');
    });
    await see('/', async page => {
      const stops = (await page.evaluate(`(() => {
        const all = [...document.querySelectorAll('a[href], button, input, summary')].filter(one => one.checkVisibility());
        return { count: all.length, positive: document.querySelectorAll('[tabindex]:not([tabindex="-1"])').length };
      })()`)) as { count: number; positive: number };
      expect(stops.positive).toBe(0);
      const visited = new Set<string>();
      for (let index = 0; index < stops.count + 4; index++) {
        await page.keyboard.press('Tab');
        const box = (await page.evaluate(`(() => {
          const { x, y, width } = document.activeElement.getBoundingClientRect();
          const { outlineStyle } = getComputedStyle(document.activeElement);
          return { at: x + ' ' + (y + scrollY), width, outlineStyle };
        })()`)) as { at: string; width: number; outlineStyle: string };
        expect(box.width).toBeGreaterThan(0);
        visited.add(box.at);
      }
      expect(visited.size).toBeGreaterThanOrEqual(stops.count);
    });
  });

  describe.each([
    { width: 1200, colorScheme: 'light' },
    { width: 1200, colorScheme: 'dark' },
    { width: 390, colorScheme: 'light' },
    { width: 390, colorScheme: 'dark' },
  ] as const)('$width pixels wide, $colorScheme', ({ width, colorScheme }) => {
    const options = { viewport: { width, height: 900 }, colorScheme };

    it.each(kinds)('has nothing that axe objects to: %s', async kind => {
      for (const [name, path] of Object.entries(addresses[kind]())) {
        const violations = await see(
          path,
          async page => {
            await page.evaluate(axe);
            return page.evaluate(
              'axe.run().then(({ violations }) => violations.map(one => ({ id: one.id, nodes: one.nodes.map(node => node.html + " " + node.failureSummary) })))',
            );
          },
          options,
        );
        expect(violations, name).toEqual([]);
      }
    });
  });

  it.each([320, 390, 600, 800, 1200].flatMap(width => kinds.map(kind => ({ width, kind }))))(
    'needs no sideways scrolling at $width pixels: $kind',
    async ({ width, kind }) => {
      for (const [name, path] of Object.entries(addresses[kind]())) {
        const over = await see(path, page => page.evaluate('document.documentElement.scrollWidth - innerWidth'), {
          viewport: { width, height: 800 },
        });
        expect(over, name).toBeLessThanOrEqual(0);
      }
    },
  );

  it('draws the structure on wide pages, and leaves it to the list on narrow ones', async () => {
    const chart = (width: number) =>
      see('/', page => page.locator('.chart svg').isVisible(), { viewport: { width, height: 800 } });
    expect([await chart(1200), await chart(390)]).toEqual([true, false]);
    const words = await see('/', page => page.textContent('#chart-words'));
    expect(words).toContain('Below Board of Directors: Harbour Office.');
  });

  it('sets a title that is written from right to left at the right, in lists as on its own page', async () => {
    const gapAt = (selector: string) => `(() => {
      const block = document.querySelector('${selector}');
      const range = document.createRange();
      range.selectNodeContents(block);
      return block.getBoundingClientRect().right - Math.max(...[...range.getClientRects()].map(one => one.right));
    })()`;
    const arabic = reader().book.hostile[4];
    const listed = `h4:has(a[href="/disclosures/${arabic}"])`;
    await see('/?category=policy', async page => expect(await page.evaluate(gapAt(listed))).toBeLessThan(2));
    await see(`/disclosures/${arabic}`, async page => expect(await page.evaluate(gapAt('h1'))).toBeLessThan(2));
  });

  it('leaves most of the screen to the text under the longest title', async () => {
    const height = async (page: Page) => (await page.locator('h1').boundingBox())?.height;
    for (const width of [390, 1200]) {
      const options = { viewport: { width, height: 800 } };
      expect(await see(`/disclosures/${reader().book.hostile[6]}`, height, options)).toBeLessThan(400);
    }
  });

  it('unfolds a long purpose, on a click and on paper', async () => {
    await see('/', async page => {
      const end = page.locator('.purpose li').first();
      expect(await end.isVisible()).toBe(false);
      await page.click('.purpose summary');
      expect(await end.isVisible()).toBe(true);
      await page.click('.purpose summary');
      expect(await end.isVisible()).toBe(false);
      await page.emulateMedia({ media: 'print' });
      expect(await end.isVisible()).toBe(true);
    });
  });

  it('prints the record, without what only a screen can use', async () => {
    await see('/', async page => {
      await page.emulateMedia({ media: 'print' });
      for (const gone of ['.skip', '.top nav', '.day', '.filter']) {
        expect(await page.locator(gone).isVisible(), gone).toBe(false);
      }
      const text = await shownIn(page, 'body');
      for (const there of ['Harbour Towns Alliance', 'Robin Chair', 'Call for helpers', 'As of 1 June 2024']) {
        expect(text).toContain(there);
      }
      expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
    });
  });
});
