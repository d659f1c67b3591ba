/** What the public site says of decisions: the first page, the registers, the resolutions; and what it never says. */
import { expect, it } from 'vitest';
import { hostileTitles } from '../support/siteBook.ts';
import { describeSite, shownIn } from '../support/siteReader.ts';

const nowhere = '/resolutions/01890a5d-ac96-774b-bcce-b302099a8060';

describeSite('decisions on the site', reader => {
  const see: ReturnType<typeof reader>['see'] = (...asked) => reader().see(...asked);
  const textOf = (path: string) => reader().textOf(path);
  const decided = () => reader().book.decided;
  const sectionOf = (path: string, selector: string) =>
    see(path, page => shownIn(page, selector), { javaScriptEnabled: false });

  it('are on the first page: the newest of the board, all registers, the next public meeting', async () => {
    const text = await sectionOf('/', '#decisions');
    expect(text).toMatch(
      /Next public meeting: Summer meeting <i>\n+Board of Directors, 14 June 2024, 10:00 EDT \(New York time\)/,
    );
    expect(text).toMatch(
      /2024-011\s+9 May 2024[\s\S]*2024-010[\s\S]*2024-009[\s\S]*2024-008[\s\S]*2024-007\s+5 May 2024/,
    );
    expect(text).not.toContain('2024-006');
    expect(text).toMatch(/Board of Directors 14 resolutions/);
    expect(text).toMatch(/Assembly of the Regions 2 resolutions/);
    expect(text).not.toContain('Ferries');
  });

  it('lead from the first page to the register and on to a resolution, without JavaScript', async () => {
    await see(
      '/',
      async page => {
        await page.click('.top a:has-text("Decisions")');
        expect(page.url()).toBe(`${reader().site.origin}/#decisions`);
        await page.click('.registers a:has-text("Board of Directors")');
        expect(await page.textContent('h2')).toBe('What it adopted in 2024');
        await page.click('nav a:has-text("2023")');
        expect(await page.getAttribute('.filter a[aria-current]', 'href')).toContain('year=2023');
        await page.click('a:has-text("A fee for members")');
        expect(page.url()).toBe(`${reader().site.origin}/resolutions/${decided().fee}`);
        await page.click('.notice a:has-text("2024-001")');
        expect(await page.textContent('h1')).toBe('No fee for members');
        await page.click('a:has-text("Register of 2024")');
        expect(await page.textContent('h1')).toBe('Board of Directors');
      },
      { javaScriptEnabled: false },
    );
  });

  it('stand in the register of their year by number, with what became of them', async () => {
    const text = await sectionOf(`/bodies/${decided().board}/register?year=2023`, '.head .text');
    expect(text).toMatch(
      /2023-001\s+27 January 2023\s+A fee for members\s+Rescinded by 2024-001 from 1 March 2024 on\s+2023-002\s+9 June 2023/,
    );
    const old = await sectionOf(`/bodies/${decided().board}/register?year=2022`, '.head .text');
    expect(old).toMatch(
      /2022-001\s+13 May 2022\s+Adoption of the Strategic Plan[^\n]*\s+Amended by 2023-002 from 9 June 2023 on/,
    );
    const empty = await textOf(`/bodies/${decided().quiet}/register?year=2023`);
    expect(empty).toContain('Nothing was adopted in this year.');
  });

  it('keep what is confidential to a number, the reason and the day of its review', async () => {
    const text = await sectionOf(`/bodies/${decided().board}/register?year=2024`, '.head .text');
    expect(text).toMatch(
      /2024-002\s+9 February 2024\s+Confidential\s+It concerns one person\.\s+The body looks at this again on 31 January 2030\./,
    );
  });

  it('tell by which rules a body decides', async () => {
    const text = await sectionOf(`/bodies/${decided().assembly}/register`, '#rules');
    expect(text).toContain('These rules hold since 1 February 2022.');
    expect(text).toMatch(/Majority of the votes and of the regions\n+More for than against\.\n+Source: A test/);
    const board = await sectionOf(`/bodies/${decided().board}/register`, '#rules');
    expect(board).toContain('The body has recorded no rules of its own.');
    expect(board).toContain('Source: Code of Virginia § 13.1-868');
  });

  it('say how they read now, and how they were decided first', async () => {
    await see(`/resolutions/${decided().plan}`, async page => {
      const text = await shownIn(page, 'main');
      expect(text).toMatch(/Amended by 2023-002 from 9 June 2023 on\. It reads otherwise since then\./);
      expect(text).toMatch(
        /Text in force\n+The board adopts the plan\.\n+Its strands are knowledge, practice and convening\./,
      );
      expect(text).toMatch(/In force since 13 May 2022/);
      const first = page.locator('.asdecided .clauses');
      expect(await first.isVisible()).toBe(false);
      await page.click('.asdecided summary');
      expect(await first.innerText()).toMatch(/Its strands are\n+knowledge,\n+a community of practice\./);
      expect(await page.locator('.asdecided .clauses ol ol li').count()).toBe(2);
    });
  });

  it('name what they changed, what changed them, and what was changed before the vote', async () => {
    const amending = await textOf(`/resolutions/${decided().amending}`);
    expect(amending).toMatch(/Amends 2022-001: Adoption of the Strategic Plan 2022–2026\n+From 9 June 2023 on\./);
    expect(amending).toContain('It was changed before it was decided: this is its text number 2.');
    expect(amending).toContain('Members asked for it.');
    const rescinded = await textOf(`/resolutions/${decided().fee}`);
    expect(rescinded).toMatch(/Rescinded by 2024-001 from 1 March 2024 on\. It holds no more\./);
    expect(rescinded).toMatch(/Rescinded by 2024-001: No fee for members\n+From 1 March 2024 on\./);
    expect(rescinded).toMatch(/To be done\nuntil 31 March 2023\nDone\n1 March 2023\. Told to all\./);
    expect(await textOf(`/resolutions/${decided().signed}`)).toContain('Adopted, in force from 1 December 2024 on');
  });

  it('show how they were decided, by a picture and in words', async () => {
    await see(`/resolutions/${decided().rescinding}`, async page => {
      const text = await shownIn(page, '#decided');
      expect(text).toMatch(/By a vote on 9 February 2024 from 10:00 to 11:00 EST\./);
      expect(await page.getAttribute('#decided svg[role=img]', 'aria-label')).toBe(
        'The votes. For: 3. Against: 1. Did not take part: 1. Recused: 1. Quorum: 3 taking part. Needed: 3 for it.',
      );
      // Three of six are in favour, and three are needed: the mark stands where they end.
      const [part, mark] = [page.locator('.votebar .part.for').first(), page.locator('.votebar .mark').first()];
      const [box, line] = [await part.boundingBox(), await mark.boundingBox()];
      expect((line?.x ?? 0) + (line?.width ?? 0) / 2).toBeCloseTo((box?.x ?? 0) + (box?.width ?? 0), -1);
      expect(text).toMatch(/at least 3; 3 were\.\n+So it was carried\./);
      expect(text).toMatch(/Majority of the disinterested directors[\s\S]*Source: Code of Virginia § 13\.1-871/);
      expect(text).toMatch(/For\nAna Voter\nBen Voter\nCleo Voter\nAgainst\nDov Voter/);
      // How many stepped aside, but not who.
      expect(text).not.toContain('Eve');
    });
  });

  it('name the meeting in which they were decided, and link what is attached', async () => {
    await see(`/resolutions/${decided().plan}`, async page => {
      expect(await shownIn(page, '#decided')).toContain(
        'In the meeting “The strategic plan” of 13 May 2022, by a vote on 13 May 2022 from 10:10 to',
      );
      const answer = page.waitForResponse(response => response.url().includes('/archive/'));
      await page.click('.documents a:has-text("The plan in full")');
      await answer;
      expect(await shownIn(page, 'body')).toBe('The plan in full.');
    });
  });

  it('show who is elected, and which places stay vacant', async () => {
    const text = await sectionOf(`/resolutions/${decided().election}`, '#decided');
    expect(text).toMatch(/Kim “K” <b>Lee<\/b> 3 votes Elected\n+ماريا 1 vote\n+Nobody Else 0 votes/);
    expect(text).toContain('An option needed at least 2 of the 3 ballots for an option. 1 place stays vacant');
    expect(text).toMatch(/For Kim “K” <b>Lee<\/b>\nAna Voter[^\n]*\nBen Voter[^\n]*\nCleo Voter/);
  });

  it('show what each group came to, where the majorities of groups count', async () => {
    const text = await sectionOf(`/resolutions/${decided().grouped}`, '#decided');
    expect(text).toMatch(/North & "South"\s+2\s+1\s+1\s+divided\s+الشرق\s+3\s+2\s+0\s+for it/);
  });

  it('name who signed a written consent, and when', async () => {
    const text = await sectionOf(`/resolutions/${decided().signed}`, '#decided');
    expect(text).toContain('Without a meeting, by written consent, opened on 4 March 2024, 10:00 EST');
    expect(text).toMatch(/Ana Voter\n4 March 2024, 11:30 EST\nBen Voter\n4 March 2024, 13:00 EST\nCleo Voter/);
  });

  it('name nobody of a secret ballot, or of a body that keeps its seats to itself', async () => {
    const html = await (await fetch(`${reader().site.origin}/resolutions/${decided().secret}`)).text();
    expect(html).toContain('The ballot was secret');
    expect(html).not.toMatch(/Ana|Ben|Cleo|Voter/);
  });

  it('are shown as text where their text is hostile, and run nothing of it', async () => {
    for (const [index, title] of hostileTitles.entries()) {
      await see(`/resolutions/${decided().hostile[index]}`, async page => {
        expect(await page.textContent('h1')).toBe(title);
        expect(await page.textContent('.clauses')).toContain('<script>alert(1)</script> <img src=x onerror=alert(1)>');
      });
    }
    await see(`/bodies/${decided().board}/register`, async page => {
      const titles = await page.locator('.ledger h3').allTextContents();
      for (const title of hostileTitles) expect(titles).toContain(title);
    });
  });

  it('tell how to check the text, and lead to the certificate', async () => {
    const { keeper, origin } = reader().site;
    const { textHash } = (await keeper.getResolution({ params: { resolutionId: decided().plan } })).body;
    await see(`/resolutions/${decided().plan}`, async page => {
      const digest = page.locator('#proof code').first();
      expect(await digest.isVisible()).toBe(false);
      await page.click('#proof summary');
      expect(await digest.textContent()).toBe(textHash);
      const certificate = await page.getAttribute('#proof a[type="application/pdf"]', 'href');
      expect(certificate).toBe(`/v1/resolutions/${decided().plan}/certificate`);
      const answer = await fetch(origin + certificate);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    });
  });

  it('are printed with the picture, the first text and the digest', async () => {
    await see(`/resolutions/${decided().plan}`, async page => {
      await page.emulateMedia({ media: 'print' });
      for (const there of ['.votebar svg', '.asdecided .clauses', '#proof code']) {
        expect(await page.locator(there).first().isVisible(), there).toBe(true);
      }
      expect(await page.locator('.top nav').isVisible()).toBe(false);
    });
  });

  it('are not there for the public before they are adopted, or when they are confidential, whoever is signed in', async () => {
    const answerOf = async (path: string, accept: string, authorization?: string) => {
      const headers = { accept, ...(authorization === undefined ? {} : { authorization }) };
      const answer = await fetch(reader().site.origin + path, { headers });
      const kept = [...answer.headers].filter(([name]) => !['x-request-id', 'date'].includes(name));
      return { status: answer.status, headers: kept, body: await answer.text() };
    };
    const { open, draft, failed, confidential } = decided();
    for (const accept of ['text/html', 'application/json']) {
      const missing = await answerOf(nowhere, accept);
      expect(missing.status).toBe(404);
      for (const id of [open, draft, failed, confidential]) {
        expect(await answerOf(`/resolutions/${id}`, accept)).toEqual(missing);
        expect((await answerOf(`/resolutions/${id}`, accept, 'Bearer ana')).status).toBe(404);
      }
    }
  });

  it('say nothing anywhere that is not public', async () => {
    const { board, quiet, assembly, secrets, ana: _, ...rest } = decided();
    const paths = [
      '/',
      ...[board, quiet, assembly].map(id => `/bodies/${id}/register`),
      ...Object.values(rest)
        .flat()
        .map(id => `/resolutions/${id}`),
    ];
    for (const path of paths) {
      const text = await (await fetch(reader().site.origin + path, { headers: { accept: 'text/html' } })).text();
      for (const secret of secrets) expect(text, path).not.toContain(secret);
    }
  });

  it('are kept by caches like all that is public, and asked for again by their tag', async () => {
    for (const path of [`/resolutions/${decided().plan}`, `/bodies/${decided().board}/register`]) {
      const first = await fetch(reader().site.origin + path);
      const etag = String(first.headers.get('etag'));
      expect(first.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
      expect((await fetch(reader().site.origin + path, { headers: { 'if-none-match': etag } })).status).toBe(304);
    }
  });

  it('help with an address that is wrong', async () => {
    expect(await textOf(`/bodies/${decided().board}/register?year=20245`)).toMatch(/Year\nMust be a year/);
    expect(await textOf(`/bodies/${decided().board}/register?cursor=junk`)).toContain('This address cannot be read');
    expect(await textOf('/bodies/01890a5d-ac96-774b-bcce-b302099a8060/register')).toContain('There is nothing here');
    expect(await textOf('/resolutions/not-an-id')).toContain('There is nothing here');
  });
});
