// A printed certificate: readable for those who hear it, the same every time, and never larger than a function may answer.
import { getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { type Certificate, printCertificate } from '../../../shared/print/certificate.ts';

const of = (more: Partial<Certificate> = {}): Certificate => ({
  paper: 'A4',
  language: 'fr',
  createdAt: new Date('2024-02-09T12:00:00Z'),
  organisation: 'Société des Amis',
  body: 'Conseil',
  named: 'Resolution 2024-001',
  title: 'Règlement',
  warnings: [],
  preamble: '> Whereas',
  text: '# Heading\n\n1. One\n   - a',
  decision: [['Votes', '7 for']],
  explanation: ['So it was carried.'],
  signatures: [],
  parts: [],
  attachments: [],
  textHash: 'a'.repeat(64),
  recompute: 'So.',
  sealed: [],
  statement: 'I certify.',
  secretary: null,
  office: 'Secretary',
  issued: 'Issued.',
  ...more,
});

type Tree = { readonly role?: string; readonly children?: readonly Tree[] } | null;
const rolesIn = (tree: Tree): string[] => [tree?.role ?? [], (tree?.children ?? []).flatMap(rolesIn)].flat();

describe('a certificate', () => {
  it('has headings, lists, quotes and tables for those who hear it, in its language', async () => {
    const pdf = await getDocumentProxy(new Uint8Array(await printCertificate(of())));
    const page = await pdf.getPage(1);
    const roles = rolesIn((await page.getStructTree()) as unknown as Tree);
    for (const role of [
      'Document',
      'H1',
      'H2',
      'H3',
      'P',
      'BlockQuote',
      'L',
      'LI',
      'Lbl',
      'LBody',
      'Table',
      'TR',
      'TH',
      'TD',
    ])
      expect(roles).toContain(role);
    const { info } = (await pdf.getMetadata()) as unknown as { info: Record<string, unknown> };
    expect(info).toMatchObject({ Title: 'Resolution 2024-001: Règlement', Author: 'Société des Amis', Language: 'fr' });
  });

  it('is the same byte for byte when it is printed again', async () => {
    const first = await printCertificate(of());
    expect((await printCertificate(of())).equals(first)).toBe(true);
    expect((await printCertificate(of({ title: 'Autre' }))).equals(first)).toBe(false);
  });

  it.each([
    ['lines of lists', '- a\n'.repeat(7500)],
    ['letters of one word', 'x'.repeat(30_000)],
    [
      'characters that no font has',
      Array.from({ length: 30_000 }, (_, index) => String.fromCodePoint(0x4e00 + (index % 20_000))).join(''),
    ],
  ])('of as many %s as a resolution can have is far from 4 MB', { timeout: 20_000 }, async (_, text) => {
    expect((await printCertificate(of({ text }))).length).toBeLessThan(2_000_000);
  });
});
