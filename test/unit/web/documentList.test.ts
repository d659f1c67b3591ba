import { expect, it } from 'vitest';
import { type CitedDocument, documentList, sizeText } from '../../../web/documentList.ts';

const cited = (more: Partial<CitedDocument> = {}): CitedDocument => ({
  documentId: '01890a5d-ac96-774b-bcce-b302099a8070',
  version: 2,
  title: 'Annual Report 2023',
  name: 'annual-report-2023.pdf',
  type: 'application/pdf',
  size: 48_213,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  pages: 12,
  url: '/v1/documents/01890a5d-ac96-774b-bcce-b302099a8070/versions/2/file',
  ...more,
});

const textOf = (html: unknown) =>
  String(html)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

it('tells of each document what it is, where it is, and how to check it', () => {
  const html = String(documentList([cited()], 'en'));
  expect(html).toContain('<a href="/v1/documents/01890a5d-ac96-774b-bcce-b302099a8070/versions/2/file"');
  expect(textOf(html)).toContain('Annual Report 2023 annual-report-2023.pdf PDF 12 pages 48 kB');
  for (const part of [cited().sha256, 'sha256sum FILE', 'shasum -a 256 FILE', 'certutil -hashfile FILE SHA256']) {
    expect(html.slice(html.indexOf('<details'))).toContain(part);
  }
});

it('says nothing of pages where there are none, and names a type that it does not know', () => {
  expect(textOf(documentList([cited({ pages: null, type: 'text/csv' })], 'en'))).toMatch(/\.pdf CSV 48 kB/);
  expect(textOf(documentList([cited({ pages: 1, type: 'application/x-new' })], 'en'))).toContain('x-new 1 page 48 kB');
});

it('shows hostile titles and names as text', () => {
  const hostile = `"><script>alert(1)</script>'&lt;\u202egnp`;
  const html = String(documentList([cited({ title: hostile, name: hostile, type: hostile })], 'en'));
  expect(html).not.toContain('<script');
  expect(html.split('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;lt;')).toHaveLength(5);
  // What is written from right to left does not turn around what follows it.
  expect(html).toMatch(/<bdi>&quot;[^<]*<\/bdi>/);
});

it('says sizes as people do', () => {
  const said = [1, 812, 999, 1000, 9_840, 9_950, 140_400, 999_499, 999_500, 1_250_000, 5_000_000_000, 2e12];
  expect(said.map(sizeText)).toEqual([
    '1 byte',
    '812 bytes',
    '999 bytes',
    '1.0 kB',
    '9.8 kB',
    '10 kB',
    '140 kB',
    '999 kB',
    '1.0 MB',
    '1.3 MB',
    '5.0 GB',
    '2000 GB',
  ]);
});
