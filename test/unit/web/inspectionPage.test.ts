/** What the page of filings says: papers, supporters, figures, punctuality; what it does not know, and what it must not run. */
import { describe, expect, it } from 'vitest';
import type { YearOfFigures } from '../../../web/figuresOverYears.ts';
import { type InspectionView, inspectionPage } from '../../../web/inspectionPage.ts';
import type { Exhibit } from '../../../web/inspectionSet.ts';

const hostileTexts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)' x='",
  '</title></style></svg><script>alert(2)</script>',
  'Report \u202egnidnep\u202c for 2023',
];
const sha256 = 'a'.repeat(64);
const file = {
  documentId: '01890a5d-ac96-774b-bcce-b302099a8060',
  version: 2,
  sha256,
  name: 'return-2023.xml',
  type: 'application/xml',
  size: 9842,
};
const letter: Exhibit = {
  what: 'determination-letter',
  title: 'The letter',
  form: null,
  period: null,
  since: '2022-06-13',
  until: null,
  files: [{ ...file, name: 'letter.pdf', type: 'application/pdf' }],
  returnId: null,
  withheld: [],
};
const ofYear = (year: number, more: Partial<Exhibit> = {}): Exhibit => ({
  what: 'annual-return',
  title: 'Annual return: Form 990, 990-EZ or 990-N',
  form: '990-EZ',
  period: { from: `${year}-01-01`, to: `${year}-12-31` },
  since: `${year + 1}-05-11`,
  until: `${year + 4}-05-15`,
  files: [file],
  returnId: `us-irs-return~${year}-12-31~1`,
  withheld: [],
  ...more,
});
const figuresOf = (year: number, more: Partial<YearOfFigures> = {}): YearOfFigures => ({
  period: { from: `${year}-01-01`, to: `${year}-12-31` },
  form: '990-EZ',
  amended: false,
  figures: {
    totalRevenue: { value: 182_940, source: 'Form 990-EZ, Part I, line 9' },
    totalExpenses: { value: 170_600, source: 'Form 990-EZ, Part I, line 17' },
    netAssetsEnd: { value: -1_250, source: 'Form 990-EZ, Part I, line 21' },
  },
  reserve: { months: 2.5, from: 'netAssetsEnd' },
  ...more,
});
const nothing: InspectionView = {
  site: { legalName: 'A society', shortName: null, demonstration: false },
  website: null,
  timeZone: 'America/New_York',
  today: '2026-06-01',
  items: [],
  support: [],
  years: [],
  punctuality: [],
};

const htmlOf = (change: Partial<InspectionView>) => inspectionPage({ ...nothing, ...change }).body;
const wordsOf = (change: Partial<InspectionView>) =>
  htmlOf(change)
    .replace(/^[\s\S]*<main/, '')
    .replace(/<\/?(?:a|b|bdi|s|span|strong|time)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the page of filings', () => {
  it('lists returns, the latest first, then what is open for ever, each with its last day and its file', () => {
    const amended = ofYear(2023, { what: 'amended-return', since: '2025-03-03', until: '2028-03-03' });
    const words = wordsOf({ items: [letter, ofYear(2023), amended, ofYear(2024)] });
    expect(words).toMatch(
      /Annual return 2024 .*Form 990-EZ filed on 11 May 2025 can be inspected until 15 May 2028 .*Annual return 2023 Amended.*until 3 March 2028 .*Annual return 2023 .*until 15 May 2027 .*The letter Letter about the exemption of 13 June 2022 can be inspected for ever letter\.pdf PDF 9\.8 kB/,
    );
    expect(htmlOf({ items: [ofYear(2023)] })).toContain('href="/v1/returns/us-irs-return~2023-12-31~1"');
    expect(htmlOf({ items: [letter] })).not.toContain('/v1/returns');
    expect(htmlOf({ items: [letter] })).toContain(`href="/v1/documents/${file.documentId}/versions/2/file"`);
  });

  it('tells where something was withheld, how often, and why', () => {
    const reason = 'Contributors are not open to inspection.';
    const withheld = [
      { path: '/Return/ReturnData/IRS990ScheduleB/Name', count: 3, reason },
      { path: '/Return/ReturnData/IRS990ScheduleB/Address', count: 1, reason },
    ];
    const words = wordsOf({ items: [ofYear(2023, { withheld }), ofYear(2024)] });
    expect(words.match(/What was left out of this copy, and why/g)).toHaveLength(1);
    expect(words.match(/Contributors are not open/g)).toHaveLength(1);
    expect(words).toContain('IRS990ScheduleB/Name (3 times) IRS990ScheduleB/Address ');
  });

  it('says so where a new book knows nothing yet, and how to ask all the same', () => {
    const words = wordsOf({});
    for (const part of [
      'No return is open to inspection in this book yet.',
      'They are not in this book yet.',
      'No supporter is recorded in this book yet.',
      'No return with figures has been read into this book yet.',
      'No filing has been due yet since this book keeps them.',
      'copies are sent within 30 days',
    ]) {
      expect(words).toContain(part);
    }
    expect(htmlOf({})).not.toMatch(/NaN|undefined|null|Infinity/);
  });

  it('names supporters with what they let everybody see, and counts the others', () => {
    const given = { kind: 'grant', period: null, on: '2024-03-01' } as const;
    const currency = 'USD';
    const named = [
      { ...given, supporter: 'First', purpose: 'Support', amount: { amount: 12_500_000, currency } },
      { ...given, supporter: 'Second', purpose: 'A course', amount: { from: 1_000_00, to: 5_000_00, currency } },
      { ...given, supporter: 'Third', purpose: 'A prize', amount: { from: 99_50, to: null, currency } },
      { ...given, supporter: 'Fourth', purpose: 'Advice', amount: null, period: { from: '2024-01-01', to: null } },
    ];
    const nobody = { named: [], more: false, unnamed: 0 };
    const words = wordsOf({
      support: [
        { ...nobody, year: '2025', unnamed: 1 },
        { ...nobody, year: '2024', named, more: true, unnamed: 2 },
        { ...nobody, year: '2023' },
      ],
    });
    expect(words).toMatch(
      /2025 1 supporter not to be named\. 2024 1 March 2024 First Support Grant ?\$125,000 .*Grant ?\$1,000 to \$5,000 .*Grant ?\$99\.50 or more .*Fourth Advice Grant ?for the time from 1 January 2024 on .*And 2 other supporters not to be named\./,
    );
    expect(words).not.toContain('2023');
  });

  it('tells every figure with its line of the return, and nothing of those that the return does not tell', () => {
    const words = wordsOf({ years: [figuresOf(2023, { amended: true })] });
    expect(words).toMatch(
      /2023 Form 990-EZ, as amended Revenue Form 990-EZ, Part I, line 9 \$182,940 Expenses Form 990-EZ, Part I, line 17 \$170,600 Net assets at the end Form 990-EZ, Part I, line 21 -\$1,250 Reserve net assets in months of these expenses 2\.5 months/,
    );
    expect(words).not.toMatch(/contributions|for programs/);
    expect(htmlOf({ years: [figuresOf(2023)] })).not.toContain('<td class="sum">$0');
    expect(wordsOf({ years: [figuresOf(2023, { figures: {}, reserve: null })] })).toContain(
      'The return for 2023 tells no figures.',
    );
  });

  it('says in words what the picture shows, and unfolds the earlier years of the table', () => {
    const years = [2019, 2020, 2021, 2022, 2023].map(year => figuresOf(year));
    const html = htmlOf({ years });
    const words = /role="img" aria-label="([^"]*)"/.exec(html)?.[1];
    expect(words).toContain('2019: Revenue $183K, Expenses $171K, Net assets at the end of the year -$1.25K.');
    const [, early = ''] = html.split('<summary>Earlier years</summary>');
    expect([early.includes('datetime="2020"'), early.includes('datetime="2021"')]).toEqual([true, false]);
    expect(htmlOf({ years: years.slice(2) })).not.toContain('Earlier years');
  });

  it('tells how many filings of each year were on time', () => {
    const punctuality = [
      { year: '2025', due: 4, onTime: 4 },
      { year: '2024', due: 3, onTime: 2 },
      { year: '2023', due: 0, onTime: 0 },
    ];
    const words = wordsOf({ punctuality });
    expect(words).toMatch(/2025 all 4 on time .*2024 2 of 3 on time/);
    expect(words).not.toContain('2023');
  });

  it.each(hostileTexts)('escapes what people wrote: %s', hostile => {
    const html = htmlOf({
      site: { legalName: hostile, shortName: hostile, demonstration: true },
      items: [
        { ...letter, title: hostile, files: [{ ...file, name: hostile }] },
        ofYear(2023, { withheld: [{ path: hostile, count: 1, reason: hostile }] }),
      ],
      support: [
        {
          year: '2024',
          named: [
            { supporter: hostile, kind: 'grant', purpose: hostile, period: null, amount: null, on: '2024-01-01' },
          ],
          more: false,
          unnamed: 0,
        },
      ],
      years: [figuresOf(2023, { figures: { totalRevenue: { value: 1, source: hostile } } })],
    });
    if (/["'<>]/.test(hostile)) expect(html).not.toContain(hostile);
    expect(html).not.toMatch(/<script|<img|onmouseover='/);
  });

  it('says of a demonstration that it is one', () => {
    expect(htmlOf({ site: { ...nothing.site, demonstration: true } })).toContain('Demonstration\ndata.');
  });
});
