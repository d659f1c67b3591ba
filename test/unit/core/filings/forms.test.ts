// Which form the figures of the years call for, at each limit and on both sides of it.
import { describe, expect, it } from 'vitest';
import { fiscalYears } from '../../../../shared/core/filings/fiscalYears.ts';
import { obligationsOf } from '../../../../shared/core/filings/obligationsOf.ts';
import { everything, factsOf, figuresOf, historyOf, returnsOf } from './facts.ts';

describe('the form', () => {
  /** Of an organisation that was incorporated on that day, with gross receipts and assets of its years, from the first on. */
  const formFor = (incorporatedOn: string, years: readonly (readonly [number | null, number | null])[]) => {
    const organisation = historyOf({ incorporatedOn, from: incorporatedOn });
    const ends = fiscalYears(organisation, '2031-01-01').slice(0, years.length);
    const figures = new Map(ends.map(({ to }, index) => [to, figuresOf(...(years[index] ?? [null, null]))]));
    const owed = returnsOf(obligationsOf(factsOf({ organisation, figures }), everything));
    return owed[years.length - 1]?.form;
  };
  const full = '2020-01-01';
  const short = '2020-01-14';

  it.each<[string, (readonly [number | null, number | null])[], string | null, string]>([
    [full, [[75_000, 0]], '990-N', 'a first year of no more than 75,000'],
    [full, [[75_001, 0]], '990-EZ', 'and more'],
    [
      full,
      [
        [100_000, 0],
        [20_000, 0],
      ],
      '990-N',
      'an average of the first two of no more than 60,000',
    ],
    [
      full,
      [
        [100_001, 0],
        [20_000, 0],
      ],
      '990-EZ',
      'and more',
    ],
    [
      full,
      [
        [60_000, 0],
        [60_000, 0],
        [30_000, 0],
      ],
      '990-N',
      'an average of three years of no more than 50,000',
    ],
    [
      full,
      [
        [60_000, 0],
        [60_000, 0],
        [30_001, 0],
      ],
      '990-EZ',
      'and more',
    ],
    [
      short,
      [
        [60_000, 0],
        [60_000, 0],
        [199_999, 0],
      ],
      '990-N',
      'less than three years old: the first two still tell',
    ],
    [
      short,
      [
        [60_000, 0],
        [60_001, 0],
        [0, 0],
      ],
      '990-EZ',
      'and they tell that it is too much',
    ],
    [
      short,
      [
        [99_000, 0],
        [60_000, 0],
        [60_000, 0],
        [30_000, 0],
      ],
      '990-N',
      'the first year no longer counts',
    ],
    [full, [[199_999, 499_999]], '990-EZ', 'below both limits'],
    [full, [[200_000, 0]], '990', 'receipts at the limit'],
    [full, [[199_999, 500_000]], '990', 'assets at the limit'],
    [full, [[40_000, 9_000_000]], '990-N', 'assets do not matter for the notice'],
    [full, [[null, null]], null, 'nothing is known'],
    [full, [[null, 500_000]], null, 'receipts are not known: it could be the notice'],
    [full, [[100_000, null]], null, 'assets are not known'],
    [full, [[200_000, null]], '990', 'receipts alone are too much'],
    [
      full,
      [
        [null, null],
        [130_000, 1000],
      ],
      '990-EZ',
      'the first year cannot make it less than the limit',
    ],
    [
      full,
      [
        [null, null],
        [100_000, 1000],
      ],
      null,
      'it could',
    ],
  ])('of %s with %j is %s: %s', (incorporatedOn, years, form) => {
    expect(formFor(incorporatedOn, years)).toBe(form);
  });

  it('that is a notice has no extension', () => {
    const figures = new Map([
      ['2009-12-31', figuresOf(1)],
      ['2010-12-31', figuresOf(1)],
      ['2011-12-31', figuresOf(1)],
    ]);
    const owed = returnsOf(obligationsOf(factsOf({ figures }), { from: '2012-01-01', to: '2013-12-31' }));
    expect(owed.map(({ form, extendable }) => [form, extendable])).toEqual([
      ['990-N', null],
      [null, '2013-08-15'],
    ]);
  });

  it('does not follow from amounts in another currency', () => {
    const euros = { ...figuresOf(300_000), grossReceipts: { amount: 30_000_000, currency: 'EUR' } };
    const owed = returnsOf(
      obligationsOf(factsOf({ figures: new Map([['2023-12-31', euros]]) }), { from: '2024-05-15', to: '2024-05-15' }),
    );
    expect(owed[0]?.form).toBeNull();
  });

  it.each([
    [null, false],
    [999, false],
    [1000, true],
    [50_000, true],
  ])('990-T with %s of gross unrelated income is expected: %s', (income, expected) => {
    const figures = new Map([['2023-12-31', figuresOf(1, 1, income)]]);
    const owed = obligationsOf(factsOf({ figures }), { from: '2024-05-15', to: '2024-05-15' });
    const [one] = owed.filter(({ ruleId }) => ruleId === 'us-irs-990t');
    expect(one?.form).toBe(expected ? '990-T' : undefined);
    if (expected) expect(one).toMatchObject({ due: '2024-05-15', extendable: '2024-11-15' });
  });
});
