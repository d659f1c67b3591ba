/** The PDFs of the demonstration: the same every time, readable by programs as by people, and sound. */
import { setTimeout as pause } from 'node:timers/promises';
import { getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { readDemoBook } from '../../../local/demo/book.ts';
import { type PrintedFile, printPdf } from '../../../local/demo/pdf.ts';
import { nameProblem, typeProblem } from '../../../shared/core/files.ts';

const book = readDemoBook();
const files = book.documents.flatMap(({ title, files }) =>
  files.map(
    (file): PrintedFile => ({ organisation: book.founding.organisation.legalName, title, file, print: book.print }),
  ),
);

const of = (file: Partial<PrintedFile['file']> = {}, print: Partial<PrintedFile['print']> = {}): PrintedFile => ({
  organisation: 'Société des Amis',
  title: 'Règlement',
  file: { name: 'a.pdf', date: '2024-02-09', sections: [], ...file },
  print: { ...book.print, language: 'fr', ...print },
});

async function read(bytes: Buffer) {
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const numbers = Array.from({ length: pdf.numPages }, (_, index) => index + 1);
  const pages = await Promise.all(
    numbers.map(async number => {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      const text = items
        .map(item => ('str' in item ? item.str : ''))
        .join(' ')
        .replaceAll(/\s+/g, ' ');
      return { text, roles: rolesIn((await page.getStructTree()) as unknown as Tree), width: page.view[2] };
    }),
  );
  const { info } = (await pdf.getMetadata()) as unknown as { info: Record<string, unknown> };
  return { info, pages, isTagged: (await pdf.getMarkInfo())?.Marked };
}

type Tree = { readonly role?: string; readonly children?: readonly Tree[] } | null;
const rolesIn = (tree: Tree): string[] => [tree?.role ?? [], (tree?.children ?? []).flatMap(rolesIn)].flat();

describe.each(files.map(file => [file.file.name, file] as const))('%s', (name, printed) => {
  it('is the same byte for byte when it is printed again', async () => {
    const first = await printPdf(printed);
    // Nothing of the clock is in it.
    await pause(5);
    expect((await printPdf(printed)).equals(first)).toBe(true);
    expect(first.length).toBeLessThan(20_000);
  });

  it('says its title, its date and its text to a reader of PDFs, and numbers its pages', async () => {
    const { info, pages, isTagged } = await read(await printPdf(printed));
    expect(info).toMatchObject({ Title: printed.title, Author: printed.organisation, Language: 'en' });
    expect(isTagged).toBe(true);
    const all = pages.map(({ text }) => text).join(' ');
    const first = printed.file.sections[0];
    for (const said of [first?.text?.[0], first?.points?.[0], first?.rows?.[0]?.[1], printed.file.signed]) {
      if (said !== undefined) expect(all).toContain(said);
    }
    pages.forEach(({ text }, index) => {
      expect(text).toContain(`${index + 1} of ${pages.length}`);
      expect(text).toContain(book.print.mark);
    });
  });

  it('can be archived under its name', () => {
    expect([nameProblem(name), typeProblem(name, 'application/pdf')]).toEqual([null, null]);
  });
});

describe('a printed file', () => {
  it('has headings, lists and tables for those who hear it', async () => {
    const sections = [{ heading: 'H', text: ['T'], points: ['P'], rows: [['R', 'V']] as const }];
    const [page] = (await read(await printPdf(of({ sections })))).pages;
    for (const role of ['Document', 'H1', 'H2', 'P', 'L', 'LI', 'Lbl', 'LBody', 'Table', 'TR', 'TH', 'TD']) {
      expect(page?.roles).toContain(role);
    }
  });

  it('prints names with their accents, in its language', async () => {
    const signed = 'Søren Ångström, Zoë Œuvrard, Šárka Žižková';
    const { info, pages } = await read(await printPdf(of({ signed })));
    expect(pages[0]?.text).toContain(signed);
    expect(pages[0]?.text).toContain('Société des Amis');
    expect(info).toMatchObject({ Title: 'Règlement', Language: 'fr' });
  });

  it('refuses what its fonts do not have, instead of printing something else', async () => {
    await expect(printPdf(of({ signed: 'Žďár' }))).rejects.toThrow(
      '"Règlement" cannot be printed: its fonts have no "ď"',
    );
    await expect(printPdf(of({ sections: [{ rows: [['地方', '']] }] }))).rejects.toThrow('"地"');
  });

  it('goes on over as many pages as it takes, on the paper that the book names', async () => {
    const sections = Array.from({ length: 12 }, (_, index) => ({
      heading: `Heading ${index}`,
      text: ['A sentence that is said again and again. '.repeat(20)],
      points: ['A point. '.repeat(40)],
      rows: [['Name', 'Value. '.repeat(60)]] as const,
    }));
    const { pages } = await read(await printPdf(of({ sections }, { paper: 'A4' })));
    expect(pages.length).toBeGreaterThan(4);
    expect(pages.map(({ width }) => Math.round(Number(width)))).toEqual(pages.map(() => 595));
    expect(pages.at(-1)?.text).toContain(`${pages.length} of ${pages.length}`);
    const all = pages.map(({ text }) => text).join(' ');
    for (const { heading } of sections) expect(all).toContain(heading);
    expect(all.match(/A sentence/g)).toHaveLength(12 * 20);
  });
});
