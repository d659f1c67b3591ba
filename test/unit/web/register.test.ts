/** What the register says of a year, and of the rules. */
import { describe, expect, it } from 'vitest';
import { exampleEntry, exampleRules } from '../../../shared/contract/resolutionExamples.ts';
import type { Rules } from '../../../web/bodyRules.ts';
import { type RegisterView, registerPage } from '../../../web/register.ts';

const view: RegisterView = {
  site: { legalName: 'A society', shortName: null, demonstration: false },
  timeZone: 'America/New_York',
  today: '2024-06-01',
  body: { id: exampleEntry.bodyId, name: 'The board', established: '2022-01-14', dissolved: null },
  year: '2024',
  adopted: [
    { year: '2022', count: 3 },
    { year: '2024', count: 1 },
  ],
  entries: [exampleEntry],
  more: null,
  fromFirst: true,
  rules: { ...exampleRules, from: null, version: 0 } as unknown as Rules,
};

const wordsOf = (change: Partial<RegisterView> = {}) =>
  registerPage({ ...view, ...change })
    .body.replace(/^[\s\S]*<main/, '')
    .replace(/<\/?(?:a|b|bdi|s|span|strong|time)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
const htmlOf = (change: Partial<RegisterView> = {}) => registerPage({ ...view, ...change }).body;

describe('the register', () => {
  it('offers each year from the beginning of the body to today, with how much was adopted', () => {
    expect(wordsOf()).toContain('Register 2024 1 2023 0 2022 3 ');
    expect(htmlOf()).toMatch(/register\?year=2024" aria-current="true"/);
    const old = htmlOf({ body: { ...view.body, established: '1990-01-01' }, year: '1991' });
    expect(old).toMatch(/<details class="others" open><summary>Earlier years/);
    expect([...old.matchAll(/register\?year=(\d{4})"/g)]).toHaveLength(35 + 1);
  });

  it('ends with the last year of a body that was dissolved', () => {
    expect(wordsOf({ body: { ...view.body, dissolved: '2023-05-31' }, adopted: [] })).toContain(
      'Register 2023 0 2022 0 The',
    );
  });

  it.each([
    { year: '2024', change: {}, says: 'Nothing has been adopted this year so far.' },
    { year: '2023', change: {}, says: 'Nothing was adopted in this year.' },
    { year: '2025', change: {}, says: 'This year is still to come.' },
    { year: '2021', change: {}, says: 'it was established on 14 January 2022.' },
    { year: '2024', change: { dissolved: '2023-05-31' }, says: 'its last day was 31 May 2023.' },
  ])('says of $year, in which there is nothing: $says', ({ year, change, says }) => {
    expect(wordsOf({ year, entries: [], body: { ...view.body, ...change } })).toContain(says);
  });

  it('tells the day by the time zone of the organisation', () => {
    const decidedAt = '2024-03-01T03:00:00.000Z';
    expect(wordsOf({ entries: [{ ...exampleEntry, decidedAt }] })).toContain('29 February 2024');
  });

  it.each([
    { kind: 'rescinds', from: '2024-06-01', says: 'Rescinded by 2024-007 from 1 June 2024 on', struck: true },
    { kind: 'rescinds', from: '2024-06-02', says: 'Will be rescinded by 2024-007 from 2 June 2024 on', struck: false },
    { kind: 'supersedes', from: '2024-03-01', says: 'Superseded by 2024-007 from 1 March 2024 on', struck: true },
    { kind: 'amends', from: '2024-03-01', says: 'Amended by 2024-007 from 1 March 2024 on', struck: false },
  ] as const)('marks what a later one $kind: $says', ({ kind, from, says, struck }) => {
    const later = { kind, from, id: null, number: '2024-007' };
    const entries = [{ ...exampleEntry, later }];
    expect(wordsOf({ entries })).toContain(says);
    expect(htmlOf({ entries }).includes('<s>')).toBe(struck);
  });

  it('leads nowhere from what is confidential', () => {
    const hidden = {
      id: null,
      title: null,
      followUp: null,
      confidential: { reason: 'A <person>.', reviewOn: '2025-01-31' },
    };
    const html = htmlOf({ entries: [{ ...exampleEntry, ...hidden }] });
    expect(html).toContain('A &lt;person&gt;.');
    expect(html).not.toContain('/resolutions/null');
    expect(wordsOf({ entries: [{ ...exampleEntry, ...hidden }] })).toMatch(
      /2024-001 .*Confidential .*on 31 January 2025\./,
    );
  });

  it('tells in plain words by which rules the body decides', () => {
    const words = wordsOf();
    expect(words).toContain('The body has recorded no rules of its own.');
    expect(words).toMatch(
      /Majority of the votes cast .*more votes for it than against it\. .*Source: Bylaws, article 5/,
    );
    expect(words).toContain('if all who hold a voting seat sign the same text. Source: Bylaws, article 6');
    expect(words).toContain(
      'Regular meetings need no notice. Notice of special meetings is given at least 2 days before.',
    );
    expect(wordsOf({ rules: { ...view.rules, from: '2024-01-01' } })).toContain(
      'These rules hold since 1 January 2024.',
    );
  });
});
