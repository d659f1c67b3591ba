/** The picture of the years: columns as high as their values, from a ground line, on even steps. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountText, dollarsText, shortDollarsText } from '../../../web/amounts.ts';
import { ticksOf, type YearColumns, yearBars } from '../../../web/yearBars.ts';

const series = [
  { fill: 'for', label: 'Revenue' },
  { fill: 'against', label: 'Expenses' },
] as const;

const draw = (years: readonly YearColumns[]) => String(yearBars('The years.', series, years, String));
const numberIn = (markup: string, name: string) => Number(new RegExp(` ${name}="(-?[\\d.]+)`).exec(markup)?.[1]);
const columnsIn = (markup: string) =>
  [...markup.matchAll(/<rect class="part \w+" x="[\d.]+%"[^>]*>/g)].map(([rect]) => ({
    x: numberIn(rect, 'x'),
    y: numberIn(rect, 'y'),
    width: numberIn(rect, 'width'),
    height: numberIn(rect, 'height'),
  }));
const groundIn = (markup: string) => numberIn(/<line class="ground"[^>]*>/.exec(markup)?.[0] ?? '', 'y1');

const value = fc.option(fc.integer({ min: -5_000_000, max: 50_000_000 }));
const years = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 10 });

describe('the columns of the years', () => {
  it('are as high as their values, up or down from the ground, one for each value that is told', () => {
    fc.assert(
      fc.property(years, all => {
        const drawn = draw(all.map((values, index) => ({ label: String(2000 + index), values })));
        const told = all.flat().filter(one => one !== null);
        const columns = columnsIn(drawn);
        expect(columns).toHaveLength(told.length);
        const ground = groundIn(drawn);
        const most = Math.max(...told.map(Math.abs), 1);
        const highest = Math.max(...columns.map(({ height }) => height), 0);
        for (const [index, { y, height }] of columns.entries()) {
          const one = told[index] ?? 0;
          expect(Math.abs((one < 0 ? y : y + height) - ground)).toBeLessThan(0.25);
          expect(Math.abs(height - (highest * Math.abs(one)) / most)).toBeLessThan(0.5);
        }
      }),
    );
  });

  it('stand side by side within the picture', () => {
    fc.assert(
      fc.property(years, all => {
        const columns = columnsIn(draw(all.map(values => ({ label: 'x', values }))));
        for (const [index, { x, width }] of columns.entries()) {
          const next = columns[index + 1];
          expect(x + width).toBeLessThan((next?.x ?? 100) + 0.02);
        }
      }),
    );
  });

  it('are told in words, those that are missing too', () => {
    expect(draw([{ label: '2023', values: [5, null] }])).toContain(
      'aria-label="The years. 2023: Revenue 5, Expenses not told."',
    );
  });

  it('bear their numbers only where there is room for them', () => {
    const some = (count: number) => draw(Array.from({ length: count }, () => ({ label: '1', values: [1, 2] })));
    expect(some(5)).toContain('amount');
    expect(some(6)).not.toContain('amount');
  });
});

describe('the steps of the picture', () => {
  it('are even, few, hold zero and reach around all values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e12, max: 1e12 }), { maxLength: 8 }), values => {
        const ticks = ticksOf(values);
        const step = (ticks[1] ?? 0) - (ticks[0] ?? 0);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThanOrEqual(8);
        expect(ticks).toContain(0);
        for (const [index, tick] of ticks.entries()) expect(tick).toBeCloseTo((ticks[0] ?? 0) + index * step, 0);
        expect(Math.min(...ticks)).toBeLessThanOrEqual(Math.min(0, ...values));
        expect(Math.max(...ticks)).toBeGreaterThanOrEqual(Math.max(0, ...values));
      }),
    );
  });

  it.each([
    { values: [182_940, 170_600, 36_050], ticks: [0, 50_000, 100_000, 150_000, 200_000] },
    { values: [-40, 90], ticks: [-50, 0, 50, 100] },
    { values: [], ticks: [0, 1] },
  ])('of $values are $ticks', ({ values, ticks }) => {
    expect(ticksOf(values)).toEqual(ticks);
  });
});

describe('amounts', () => {
  it('are written as people read them', () => {
    expect(amountText({ amount: 12_500_00, currency: 'USD' })).toBe('$12,500');
    expect(amountText({ amount: 12_500_50, currency: 'USD' })).toBe('$12,500.50');
    expect(amountText({ amount: -300, currency: 'EUR' })).toBe('-€3');
    expect(amountText({ amount: 5_000, currency: 'JPY' })).toBe('¥5,000');
    expect(dollarsText(182_940)).toBe('$182,940');
    expect(shortDollarsText(182_940)).toBe('$183K');
    expect(shortDollarsText(1_250_000)).toBe('$1.25M');
  });
});
