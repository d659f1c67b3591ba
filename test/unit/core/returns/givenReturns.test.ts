/** Real returns are read to the figures that were worked out from them elsewhere, field by field. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FigureName, ReturnContent } from '../../../../shared/core/returns/returns.ts';
import { contentOf } from './reading.ts';

const folder = '../shared/data/irs990';
const isThere = existsSync(folder);
const missing = isThere ? '' : ` (needs ${folder})`;

interface Expected {
  readonly file: string;
  readonly officers?: readonly Readonly<Record<string, unknown>>[];
  readonly partVI?: Readonly<Record<string, unknown>>;
  readonly checks?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

const all: readonly Expected[] = isThere ? JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8')) : [];

const figureOf: Readonly<Record<string, FigureName>> = {
  totalRevenue: 'totalRevenue',
  totalExpenses: 'totalExpenses',
  revenueLessExpenses: 'revenueLessExpenses',
  priorTotalRevenue: 'priorTotalRevenue',
  assetsEOY: 'totalAssetsEnd',
  liabilitiesEOY: 'totalLiabilitiesEnd',
  netAssetsEOY: 'netAssetsEnd',
  netAssetsBOY: 'netAssetsBegin',
  fmvAssetsEOY: 'fairMarketValueOfAssetsEnd',
  employees: 'employees',
};

const factOf: Readonly<Record<string, (content: ReturnContent) => unknown>> = {
  returnVersion: ({ schema }) => schema,
  returnType: ({ type }) => type,
  ein: ({ ein }) => ein,
  name: ({ name }) => name,
  taxPeriodBegin: ({ period }) => period.from,
  taxPeriodEnd: ({ period }) => period.to,
  // A tax year is called after the calendar year in which it begins.
  taxYear: ({ period }) => period.from.slice(0, 4),
  returnTs: ({ filedAt }) => filedAt,
  state: ({ state }) => state,
  documentCount: ({ documents }) => documents.length,
};

/** Pairs of what is expected and what was read, one for each field. */
function pairsOf(expected: Expected, content: ReturnContent): readonly (readonly [field: string, unknown, unknown])[] {
  const figure = (name: FigureName) => content.figures[name]?.value;
  const checks: Readonly<Record<string, () => boolean>> = {
    rev_minus_exp: () =>
      Number(figure('totalRevenue')) - Number(figure('totalExpenses')) === figure('revenueLessExpenses'),
    assets_minus_liab: () =>
      Number(figure('totalAssetsEnd')) - Number(figure('totalLiabilitiesEnd')) === figure('netAssetsEnd'),
  };
  return Object.entries(expected).flatMap(([field, value]) => {
    const name = figureOf[field];
    const fact = factOf[field];
    if (field === 'file') return [];
    if (name !== undefined) return [[field, value, figure(name)] as const];
    if (fact !== undefined) return [[field, value, fact(content)] as const];
    if (field === 'documents') return listed(field, value as readonly unknown[], content.documents);
    if (field === 'officers') {
      const columns = Object.keys(expected.officers?.[0] ?? {});
      const read = content.officers.map(officer => {
        const row: Readonly<Record<string, unknown>> = {
          name: officer.name,
          title: officer.title,
          comp: officer.compensation,
          // A box that is not ticked is null there.
          trustee: officer.director || null,
          officer: officer.officer || null,
        };
        return columns.map(column => row[column]);
      });
      const rows = expected.officers?.map(row => columns.map(column => row[column])) ?? [];
      return listed('officers', rows.flat(), read.flat());
    }
    if (field === 'partVI') {
      const answers = new Map<string, unknown>(content.partVI.map(answer => [answer.name, answer.value]));
      expect([...answers.keys()].filter(asked => !(asked in (expected.partVI ?? {})))).toEqual([]);
      return Object.entries(expected.partVI ?? {}).map(
        ([asked, answer]) => [`partVI.${asked}`, answer, answers.get(asked) ?? null] as const,
      );
    }
    if (field === 'checks')
      return Object.entries(expected.checks ?? {}).map(([check, holds]) => [check, holds, checks[check]?.()] as const);
    throw new Error(`Nobody compares "${field}"`);
  });
}

const listed = (field: string, expected: readonly unknown[], read: readonly unknown[]) => {
  expect(read.length).toBe(expected.length);
  return expected.map((value, index) => [`${field}[${index}]`, value, read[index]] as const);
};

describe.skipIf(!isThere)(`given returns${missing}`, () => {
  it('are read to the given figures: all 451 fields of nine returns are equal', () => {
    const pairs = all.flatMap(expected =>
      pairsOf(expected, contentOf(readFileSync(`${folder}/${expected.file}`, 'utf8'))).map(pair => [
        expected.file,
        ...pair,
      ]),
    );
    expect(pairs.filter(([, , expected, read]) => expected !== read)).toEqual([]);
    expect(all.length).toBe(9);
    expect(pairs.length).toBe(451);
  });

  it('say more than the given figures: accomplishments and explanations', () => {
    const content = contentOf(readFileSync(`${folder}/returns/propublica.xml`, 'utf8'));
    expect(content.accomplishments).toEqual([
      {
        description: 'INVESTIGATIVE JOURNALISM IN THE PUBLIC INTEREST - SEE SCHEDULE O FOR DETAILS',
        expenses: 10_716_533,
        grants: null,
        revenue: 111_000,
      },
    ]);
    expect(content.explanations.length).toBeGreaterThan(5);
    expect(content.restricted).toContain(
      '/Return/ReturnData/IRS990ScheduleB/ContributorInformationGrp/TotalContributionsAmt',
    );
  });
});
