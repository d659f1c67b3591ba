/** What everybody sees of supporters, and sums that tell of nobody. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Amount,
  boundsOf,
  namedSupport,
  type Support,
  shownAmount,
  supportProblem,
  supportRows,
} from '../../../shared/core/support.ts';
import { sumsOf, unnamedOf } from '../../../shared/core/supportSums.ts';

const support = (change: Partial<Support> = {}): Support => ({
  supporter: 'A supporter',
  kind: 'grant',
  amount: { amount: 100, currency: 'USD' },
  purpose: 'Anything.',
  period: null,
  on: '2024-03-01',
  consent: { given: false, on: null, shows: { as: 'recorded' }, evidence: null },
  note: 'For officers.',
  ...change,
});

const money = fc.integer({ min: 0, max: 1_000_000 });
const end = fc.option(money);
const amounts: fc.Arbitrary<Amount> = fc.oneof(
  fc.record({ amount: money, currency: fc.constant('USD') }),
  fc.record({ from: money, to: end, currency: fc.constant('USD') }),
);
const shown: fc.Arbitrary<Support['consent']['shows']> = fc.oneof(
  fc.constant({ as: 'recorded' as const }),
  fc.record({ as: fc.constant('range' as const), from: money, to: end }),
  fc.constant({ as: 'nothing' as const }),
);

describe('what is shown of an amount', () => {
  it('holds what is true, or is nothing, whatever was agreed', () => {
    fc.assert(
      fc.property(amounts, shown, fc.boolean(), (amount, shows, given) => {
        const consent = { given, on: '2024-01-01', shows, evidence: null };
        const one = support({ amount, consent });
        if (supportProblem(one) !== null) return;
        const seen = shownAmount(one);
        expect(seen === null).toBe(!given || shows.as === 'nothing');
        if (seen === null) return;
        const [is, as] = [boundsOf(amount), boundsOf(seen)];
        expect(as.from).toBeLessThanOrEqual(is.from);
        if (as.to !== null) expect(as.to).toBeGreaterThanOrEqual(is.to ?? Number.POSITIVE_INFINITY);
      }),
    );
  });

  it.each([
    [{ amount: 100, currency: 'USD' }, { as: 'range', from: 0, to: 99 }, '/consent/shows'],
    [{ amount: 100, currency: 'USD' }, { as: 'range', from: 101, to: null }, '/consent/shows'],
    [{ amount: 100, currency: 'USD' }, { as: 'range', from: 100, to: 100 }, undefined],
    [{ from: 5, to: null, currency: 'USD' }, { as: 'range', from: 0, to: 1000 }, '/consent/shows'],
    [{ from: 5, to: null, currency: 'USD' }, { as: 'range', from: 5, to: null }, undefined],
    [{ from: 5, to: 4, currency: 'USD' }, { as: 'nothing' }, '/amount/to'],
  ] as const)('%j shown as %j: %s', (amount, shows, field) => {
    const consent = { given: true, on: '2024-01-01', shows, evidence: null };
    expect(supportProblem({ amount, consent })?.field).toBe(field);
  });
});

describe('the rows', () => {
  const rows = (data: Support) => supportRows({ id: 'x', version: 3, data });

  it('never hold the note; the public one holds only what everybody may see', () => {
    const consent = {
      given: true,
      on: '2024-01-01',
      shows: { as: 'range', from: 0, to: null },
      evidence: null,
    } as const;
    const [all, named] = rows(support({ consent }));
    expect(all?.key.partition).toBe('list#support#2024');
    expect(JSON.stringify([all, named])).not.toContain('For officers');
    expect(named).toEqual({
      key: { table: 'records', partition: 'list#support-named#2024', sort: '2024-03-01#x' },
      card: {
        supporter: 'A supporter',
        kind: 'grant',
        amount: { from: 0, to: null, currency: 'USD' },
        purpose: 'Anything.',
        period: null,
        on: '2024-03-01',
        version: 3,
      },
    });
  });

  it('of whoever did not agree are on no public list', () => {
    expect(rows(support()).map(({ key }) => key.partition)).toEqual(['list#support#2024']);
    expect(namedSupport(support())).toBeNull();
  });
});

describe('sums', () => {
  it('keep currencies apart, and have no end where one of them has none', () => {
    const all: Amount[] = [
      { amount: 5, currency: 'USD' },
      { from: 1, to: 3, currency: 'USD' },
      { from: 1, to: null, currency: 'EUR' },
      { amount: 7, currency: 'EUR' },
    ];
    expect(sumsOf(all.map(amount => ({ amount })))).toEqual([
      { currency: 'EUR', from: 8, to: null, count: 2 },
      { currency: 'USD', from: 6, to: 8, count: 2 },
    ]);
  });

  const gave = (...amounts: readonly number[]) =>
    amounts.map((amount, index) => support({ supporter: `S${index}`, amount: { amount, currency: 'USD' } }));

  it.each([
    ['of two', gave(10, 10), { supporters: 2, sums: [] }],
    ['of three', gave(1111, 1111, 1111), { supporters: 3, sums: [{ currency: 'USD', about: 3300 }] }],
    ['of which one gave more than half', gave(21, 10, 10), { supporters: 3, sums: [] }],
    ['of which one gave half', gave(20, 10, 10), { supporters: 3, sums: [{ currency: 'USD', about: 40 }] }],
    [
      'of one who gave three times',
      gave(1, 1, 1).map(one => ({ ...one, supporter: 'The  Same' })),
      { supporters: 1, sums: [] },
    ],
    [
      'of one under different spellings',
      [...gave(1, 1, 1)].map((one, index) => ({
        ...one,
        supporter: ['Same one', ' same ONE', 'same  one'][index] ?? '',
      })),
      { supporters: 1, sums: [] },
    ],
    [
      'with a range among them',
      [...gave(10, 10, 10), support({ supporter: 'R', amount: { from: 1, to: 2, currency: 'USD' } })],
      { supporters: 4, sums: [] },
    ],
    [
      'in two currencies',
      [...gave(10, 10, 10), support({ supporter: 'E', amount: { amount: 5, currency: 'EUR' } })],
      { supporters: 4, sums: [{ currency: 'USD', about: 30 }] },
    ],
    [
      'with those that are named without their amount, or with a range',
      [
        ...gave(100, 100, 100),
        ...(['nothing', 'range'] as const).map(as => ({
          ...support({ supporter: `Named with ${as}`, amount: { amount: 50, currency: 'USD' } }),
          consent: {
            ...support().consent,
            given: true,
            shows: as === 'range' ? { as, from: 0, to: null } : { as },
          },
        })),
      ],
      { supporters: 3, sums: [{ currency: 'USD', about: 400 }] },
    ],
    [
      'of whom two are not named',
      [...gave(10, 10), { ...support(), consent: { ...support().consent, given: true, shows: { as: 'nothing' } } }],
      { supporters: 2, sums: [] },
    ],
    [
      'of whom one gave more than half of what those gave who are not named',
      [
        ...gave(21, 10, 10),
        {
          ...support({ amount: { amount: 30, currency: 'USD' } }),
          consent: { ...support().consent, given: true, shows: { as: 'range', from: 30, to: 30 } },
        },
      ],
      { supporters: 3, sums: [] },
    ],
    [
      'without those that are named',
      [...gave(10, 10), { ...support(), consent: { ...support().consent, given: true } }],
      { supporters: 2, sums: [] },
    ],
  ] as const)('%s', (_, all, expected) => {
    expect(unnamedOf(all, true)).toEqual(expected);
    expect(unnamedOf(all, false)).toEqual({ ...expected, sums: [] });
  });

  it('told to the public come from three or more, none of whom gave more than all others', () => {
    const some = fc.array(fc.record({ who: fc.nat({ max: 5 }), amount: money }), { maxLength: 12 });
    fc.assert(
      fc.property(some, all => {
        const recorded = all.map(({ who, amount }) =>
          support({ supporter: `S${who}`, amount: { amount, currency: 'USD' } }),
        );
        const { sums } = unnamedOf(recorded, true);
        const total = all.reduce((sum, { amount }) => sum + amount, 0);
        for (const { about } of sums) {
          const ofEach = [0, 1, 2, 3, 4, 5].map(who =>
            all.filter(one => one.who === who).reduce((sum, { amount }) => sum + amount, 0),
          );
          expect(new Set(all.map(({ who }) => who)).size).toBeGreaterThanOrEqual(3);
          for (const one of ofEach) expect(one).toBeLessThanOrEqual(total - one);
          expect(Math.abs(about - total)).toBeLessThanOrEqual(total * 0.05);
        }
      }),
    );
  });
});
