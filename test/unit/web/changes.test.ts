import { expect, it } from 'vitest';
import { changesOf, comparison } from '../../../web/changes.ts';

it('shows what differs, with a few words around it', () => {
  const words = Array.from({ length: 60 }, (_, index) => `w${index}`);
  const { before, after } = comparison(words.join(' '), words.with(30, 'new').join(' '));
  expect([before.changed, after.changed]).toEqual(['w30', 'new']);
  expect(before.lead).toMatch(/^… w18 .* w29 $/);
  expect(after.rest).toMatch(/^ w31 .* …$/);
});

it('takes nothing for changed when words were only added', () => {
  const { before, after } = comparison('One.', 'One. Two.');
  expect([before.changed, after.changed]).toEqual(['', ' Two.']);
});

it('writes every field in words, and text as text', () => {
  const shown = String(
    changesOf([
      { field: 'category', from: 'policy', to: 'annual-report' },
      { field: 'period', from: null, to: { from: '2023-01-01', to: '2023-12-31' } },
      { field: 'links', from: [], to: [{ title: '<b>', url: 'https://example.org/' }] },
      { field: 'publishAt', from: 'a', to: 'b' },
    ]),
  );
  expect(shown).toContain('<del>Policy</del>');
  expect(shown).toContain('<ins>2023</ins>');
  expect(shown).toContain('&lt;b&gt;: https://example.org/');
  expect(shown).not.toContain('publishAt');
});
