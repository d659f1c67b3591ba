// A return is taken for a filing only when it is the organisation's own, for that period, on that form.
import { describe, expect, it } from 'vitest';
import type { Form } from '../../../../shared/core/filings/obligations.ts';
import { forms } from '../../../../shared/core/filings/obligations.ts';
import { type Demand, demandFits } from '../../../../shared/core/returns/demandFits.ts';
import type { ReturnType } from '../../../../shared/core/returns/returns.ts';
import { sample, sampleXml } from '../../../support/sampleReturns.ts';
import { contentOf } from './reading.ts';

const content = contentOf(sampleXml(sample('990', '2022v5.0')));
const demand: Demand = {
  eins: ['98-7654321', '01-2345678'],
  period: { from: '2022-07-01', to: '2023-06-30' },
  form: '990',
};
const header = '/Return/ReturnHeader';

it('fits when number, period and form are those that were asked for', () => {
  expect(demandFits(content, demand)).toEqual([]);
});

it('fits whatever is not asked: an organisation without a number, a year of which the form is not known', () => {
  expect(demandFits(content, { ...demand, eins: ['01-2345678', '12-3456780'], form: null })).toEqual([]);
});

describe('names what is another one:', () => {
  it.each<[string, Partial<Demand>, string, RegExp]>([
    ['organisation', { eins: ['12-3456780'] }, 'Filer/EIN', /123456780.*012345678, RIVER & HILL LIBRARY FRIENDS/],
    ['number by its zero only', { eins: ['12-345678'] }, 'Filer/EIN', /012345678/],
    ['beginning', { period: { from: '2022-01-01', to: '2023-06-30' } }, 'TaxPeriodBeginDt', /2022-01-01.*2022-07-01/],
    ['end', { period: { from: '2022-07-01', to: '2022-12-31' } }, 'TaxPeriodEndDt', /2022-12-31.*2023-06-30/],
    ['form', { form: '990-EZ' }, 'ReturnTypeCd', /Form 990-EZ.*type 990/],
    ['kind of filing', { form: 'va-102' }, 'ReturnTypeCd', /va-102/],
  ])('%s', (_, change, field, message) => {
    expect(demandFits(content, { ...demand, ...change })).toEqual([
      { field: `${header}/${field}`, message: expect.stringMatching(message) },
    ]);
  });

  it('in sentences, however long the name is', () => {
    const [problem] = demandFits({ ...content, name: 'N'.repeat(1_000_000) }, { ...demand, eins: ['12-3456780'] });
    expect(problem?.message.length).toBeLessThan(400);
  });

  it('all of them at once', () => {
    const other: Demand = { eins: ['98-7654321'], period: { from: '2021-01-01', to: '2021-12-31' }, form: '990-T' };
    expect(demandFits(content, other).map(({ field }) => field)).toEqual([
      `${header}/Filer/EIN`,
      `${header}/TaxPeriodBeginDt`,
      `${header}/TaxPeriodEndDt`,
      `${header}/ReturnTypeCd`,
    ]);
  });
});

it('knows for every form which type of return it is', () => {
  const types: Readonly<Record<Form, ReturnType | null>> = {
    '990': '990',
    '990-EZ': '990EZ',
    '990-PF': '990PF',
    '990-T': '990T',
    '990-N': null,
    'va-annual-report': null,
    'va-102': null,
  };
  for (const form of forms) {
    for (const type of ['990', '990EZ', '990PF', '990T'] as const) {
      const fits = demandFits({ ...content, type }, { ...demand, form }).length === 0;
      expect(fits, `${form} as ${type}`).toBe(types[form] === type);
    }
  }
});
