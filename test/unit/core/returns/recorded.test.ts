import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figuresOfYears, reserveOf } from '../../../../shared/core/returns/figuresOfYears.ts';
import { openPostcard, type Postcard } from '../../../../shared/core/returns/postcard.ts';
import {
  type Details,
  detailsIn,
  mostDetailBytes,
  partsOf,
  type ReturnCard,
} from '../../../../shared/core/returns/recorded.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text).length;
const details = (more: Partial<Details> = {}): Details => ({
  documents: ['IRS990'],
  mission: 'To be tested.',
  officers: [],
  accomplishments: [],
  partVI: [],
  explanations: [],
  restricted: [],
  withheld: [],
  ...more,
});

describe('details beside a record', () => {
  it('come back as they were, in parts that the store takes', () => {
    const explanation = fc.record({
      about: fc.option(fc.string()),
      text: fc.string({ unit: 'binary', maxLength: 60_000 }),
    });
    fc.assert(
      fc.property(fc.array(explanation, { maxLength: 5 }), explanations => {
        const kept = details({ explanations });
        const { parts, isWhole } = partsOf(kept);
        expect(isWhole).toBe(true);
        expect(detailsIn(parts)).toEqual(JSON.parse(JSON.stringify(kept)));
        for (const part of parts) expect(bytesOf(part)).toBeLessThanOrEqual(150_000);
      }),
      { numRuns: 50 },
    );
  });

  it('are cut where they are longer than a commit takes, the most telling kept, and say so', () => {
    const long = Array.from({ length: 40 }, (_, index) => ({ about: null, text: `${index} ${'é'.repeat(50_000)}` }));
    const withheld = [{ path: '/Return', count: 1, reason: 'A reason.' }];
    const { parts, isWhole } = partsOf(details({ explanations: long, withheld }));
    expect(isWhole).toBe(false);
    expect(parts.length).toBeLessThan(20);
    expect(bytesOf(parts.join(''))).toBeLessThanOrEqual(mostDetailBytes + 1000);
    const kept = detailsIn(parts);
    expect(kept.withheld).toEqual(withheld);
    expect(kept.explanations.length).toBeGreaterThan(10);
    expect(kept.explanations).toEqual(long.slice(0, kept.explanations.length));
  });
});

const card = (more: Partial<ReturnCard>): ReturnCard => ({
  id: 'us-irs-return~2023-12-31~1',
  filingId: 'us-irs-return~2023-12-31',
  submission: 1,
  form: '990',
  amended: false,
  period: { from: '2023-01-01', to: '2023-12-31' },
  name: 'Test Society',
  figures: {},
  recordedAt: '2024-05-11T12:00:00.000Z',
  ...more,
});
const figure = (value: number) => ({ value, source: 'a line' });

describe('the figures of years', () => {
  it('are of the return that was submitted last, one a year, in order; a 990-T counts for none', () => {
    const years = figuresOfYears([
      card({ id: 'b', submission: 2 }),
      card({ id: 'a' }),
      card({ id: 'before', period: { from: '2022-01-01', to: '2022-12-31' } }),
      card({ id: 'tax', form: '990-T', submission: 9 }),
    ]);
    expect(years.map(({ returnId }) => returnId)).toEqual(['before', 'b']);
  });

  it.each([
    ['2023-01-01', '2023-12-31', 12],
    ['2022-07-01', '2023-06-30', 12],
    ['2022-01-17', '2022-12-31', 12],
    ['2022-10-01', '2022-12-31', 3],
    ['2022-12-31', '2022-12-31', 1],
  ])('count the months from %s to %s as %i', (from, to, months) => {
    expect(figuresOfYears([card({ period: { from, to } })])[0]?.months).toBe(months);
  });

  it.each([
    [
      'net assets without restrictions',
      { netAssetsWithoutRestrictionsEnd: 100, netAssetsEnd: 900, totalExpenses: 1200 },
      12,
      1,
    ],
    ['all net assets where they are not told apart', { netAssetsEnd: 900, totalExpenses: 1200 }, 12, 9],
    ['the months of a short year', { netAssetsEnd: 900, totalExpenses: 1200 }, 3, 2.3],
    ['zero net assets', { netAssetsEnd: 0, totalExpenses: 1200 }, 12, 0],
    ['what is owed beyond all assets', { netAssetsEnd: -600, totalExpenses: 1200 }, 12, -6],
  ])('take for the reserve %s', (_, figures, months, expected) => {
    const given = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, figure(value)]));
    expect(reserveOf(given, months)?.months).toBe(expected);
  });

  it.each([[{}], [{ netAssetsEnd: 1 }], [{ totalExpenses: 1 }], [{ netAssetsEnd: 1, totalExpenses: 0 }]])(
    'tell no reserve from %o',
    figures => {
      const given = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, figure(value)]));
      expect(reserveOf(given, 12)).toBeNull();
    },
  );
});

describe('a postcard for everybody', () => {
  const address = { lines: ['100 Main St'], city: 'Richmond', region: 'VA', postalCode: '23220', country: 'US' };
  const postcard = (lines: string[]): Postcard => ({
    legalName: 'Test Society',
    otherNames: [],
    address,
    website: null,
    officer: { name: 'An Officer', address: { ...address, lines } },
    receiptsNormallyAtMost50000: true,
    terminated: false,
  });

  it('withholds the address of the officer and says so', () => {
    const { postcard: open, withheld } = openPostcard(postcard(['1 Elm St']));
    expect(open.officer).toEqual({ name: 'An Officer', address: null });
    expect(withheld).toMatchObject([{ path: '/officer/address', count: 1 }]);
    expect(JSON.stringify([open, withheld])).not.toContain('Elm');
  });

  it("keeps it where it is the organisation's own", () => {
    const { postcard: open, withheld } = openPostcard(postcard(['100 MAIN ST']));
    expect(open.officer.address?.lines).toEqual(['100 MAIN ST']);
    expect(withheld).toEqual([]);
  });
});
