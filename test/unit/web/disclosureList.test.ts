import { expect, it } from 'vitest';
import { categoryFilter, type DisclosureList, disclosureList } from '../../../web/disclosureList.ts';

const list: DisclosureList = {
  entries: [],
  counts: { policy: { published: 120, withdrawn: 1 }, minutes: { published: 300, withdrawn: 2 } },
  category: undefined,
  older: null,
  fromNewest: true,
  filtered: category => `/?category=${category}`,
};

const wordsOf = (markup: unknown) => String(markup).replace(/<[^>]*>/g, '');

it('counts what is published, and says apart how many are withdrawn', () => {
  expect(wordsOf(categoryFilter(list))).toMatch(/All 420.*Policies 120.*Minutes 300.*3 withdrawn/s);
  expect(wordsOf(categoryFilter({ ...list, category: 'policy' }))).toMatch(/All 420.*1 withdrawn/s);
  const none = { policy: { published: 1, withdrawn: 0 }, minutes: { published: 1, withdrawn: 0 } };
  expect(wordsOf(categoryFilter({ ...list, counts: none }))).not.toContain('withdrawn');
});

const entry: DisclosureList['entries'][number] = {
  id: '01890a5d-ac96-774b-bcce-b302099a8060',
  title: 'مجلس الإدارة',
  category: 'policy',
  language: 'ar',
  period: null,
  edition: 1,
  publishedAt: '2022-03-01T12:00:00.000Z',
  enteredAt: '2026-11-21T12:00:00.000Z',
  correctedAt: null,
  withdrawnAt: null,
};

it('says when the book took in what was public before', () => {
  const shown = (one: typeof entry) => wordsOf(disclosureList({ ...list, entries: [one] }, 'UTC'));
  expect(shown(entry)).toMatch(/1 March 2022.*entered 21 November 2026/s);
  expect(shown({ ...entry, enteredAt: entry.publishedAt })).not.toContain('entered');
});
