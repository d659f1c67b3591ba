/** The returns of the demonstration book: right in their sums, in the schema's names and order, and invented for everybody to see. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type DemoBook, readDemoBook } from '../../../local/demo/book.ts';
import { returnsOf } from '../../../local/demo/returns.ts';

const book: DemoBook = readDemoBook();
const schemas = '../shared/data/irs990/xsd/2022v5.0/TEGE';
const missing = existsSync(schemas) ? '' : ` (no ${schemas})`;

const filesOn = (today: string) =>
  returnsOf(book, today).flatMap(({ file, amendment }) => [file, ...(amendment === null ? [] : [amendment])]);
const textsOn = (today: string) => filesOn(today).map(({ bytes }) => String(bytes));

/** What stands in the first element of that name, as a number. */
const amount = (xml: string, name: string) => Number(new RegExp(`<${name}>(-?\\d+)</${name}>`).exec(xml)?.[1]);
const pair = (xml: string, name: string) => {
  const [, begin, end] =
    new RegExp(`<${name}>\\s*<BOYAmt>(-?\\d+)</BOYAmt>\\s*<EOYAmt>(-?\\d+)</EOYAmt>`).exec(xml) ?? [];
  return { begin: Number(begin), end: Number(end) };
};

describe('the returns of the demonstration book', () => {
  it.each([
    { today: '2022-12-31', years: [] },
    { today: '2023-01-01', years: ['2022'] },
    { today: '2026-11-22', years: ['2022', '2023', '2024', '2025'] },
    { today: '2028-02-29', years: ['2022', '2023', '2024', '2025', '2026', '2027'] },
  ])('on $today are those of $years', ({ today, years }) => {
    expect(returnsOf(book, today).map(({ year }) => year)).toEqual(years);
  });

  it('add up, each year going on where the one before ended', () => {
    let before = { net: 0, liabilities: 0 };
    for (const { file, amendment } of returnsOf(book, '2036-01-01')) {
      let after = before;
      // What is amended begins where the original began.
      for (const one of amendment === null ? [file] : [file, amendment]) {
        const xml = String(one.bytes);
        const revenue = amount(xml, 'TotalRevenueAmt');
        const expenses = amount(xml, 'TotalExpensesAmt');
        const [net, assets, liabilities] = [
          'NetAssetsOrFundBalancesGrp',
          'Form990TotalAssetsGrp',
          'SumOfTotalLiabilitiesGrp',
        ].map(name => pair(xml, name));
        expect(net).toEqual({ begin: before.net, end: before.net + revenue - expenses });
        expect(assets).toEqual({
          begin: before.net + before.liabilities,
          end: (net?.end ?? 0) + (liabilities?.end ?? 0),
        });
        expect(amount(xml, 'TotalProgramServiceExpensesAmt')).toBeLessThan(expenses);
        const given = [...xml.matchAll(/<TotalContributionsAmt>(\d+)</g)].reduce(
          (sum, [, one]) => sum + Number(one),
          0,
        );
        expect(given).toBeLessThanOrEqual(amount(xml, 'ContributionsGiftsGrantsEtcAmt'));
        // What a short form may be filed for.
        expect(amount(xml, 'GrossReceiptsAmt')).toBeLessThan(200_000);
        expect(assets?.end).toBeLessThan(500_000);
        after = { net: net?.end ?? 0, liabilities: liabilities?.end ?? 0 };
      }
      before = after;
    }
  });

  it('say that they are invented, with an EIN that nobody has', () => {
    for (const { title, name, bytes } of filesOn('2028-02-29')) {
      expect([title, name]).toEqual([
        expect.stringContaining('demonstration data'),
        expect.stringContaining('demonstration'),
      ]);
      expect(String(bytes)).toContain('<BusinessNameLine2Txt>Demonstration data<');
      expect(String(bytes)).toContain('Demonstration data: this return was never filed.');
      expect(String(bytes)).toContain('<EIN>001234567</EIN>');
    }
  });

  it('name the people who governed on their last day', () => {
    const [first = '', second = '', , third = ''] = textsOn('2026-11-22');
    expect([first, second].map(xml => xml.includes('Henrik Dahl demo'))).toEqual([true, true]);
    expect([third.includes('Henrik Dahl demo'), third.includes('Kwame Boateng demo')]).toEqual([false, true]);
  });

  it('say of one that it is the first, and of one that it is amended', () => {
    const told = (name: string) => textsOn('2026-11-22').map(xml => xml.includes(`<${name}>X</${name}>`));
    expect(told('InitialReturnInd')).toEqual([true, false, false, false, false]);
    expect(told('AmendedReturnInd')).toEqual([false, false, true, false, false]);
  });

  it.skipIf(missing !== '')(`use the schema's names in its order${missing}`, () => {
    for (const [form, path] of [
      ['IRS990EZ', `${schemas}/TEGE990EZ/IRS990EZ/IRS990EZ.xsd`],
      ['IRS990ScheduleB', `${schemas}/Common/IRS990ScheduleB/IRS990ScheduleB.xsd`],
      ['IRS990ScheduleO', `${schemas}/Common/IRS990ScheduleO/IRS990ScheduleO.xsd`],
    ] as const) {
      const schema = [...readFileSync(path, 'utf8').matchAll(/<xsd:element name="(\w+)"/g)].map(([, name]) => name);
      for (const xml of textsOn('2026-11-22')) {
        const body = new RegExp(`<${form} [^>]*>([\\s\\S]*?)</${form}>`).exec(xml)?.[1] ?? '';
        const names = [...body.matchAll(/^ {6}<(\w+)/gm)].map(([, name]) => schema.indexOf(name));
        expect(names.length).toBeGreaterThan(0);
        expect(names).not.toContain(-1);
        expect(names).toEqual(names.toSorted((a, b) => a - b));
      }
    }
  });
});
