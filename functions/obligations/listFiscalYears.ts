/** The fiscal years until now, with what is recorded of each. */
import { obligationsRoutes } from '../../shared/contract/obligations.ts';
import { fiscalYears } from '../../shared/core/filings/fiscalYears.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf } from '../../shared/http/read.ts';
import { presentYear } from './fiscalYears.ts';
import { readFacts } from './readFacts.ts';

const list = 'fiscal-years';

export const listFiscalYears = operation(
  obligationsRoutes.listFiscalYears,
  async ({ query, now, nextAddress }, { records }) => {
    const [before] = decodeCursor(list, query.cursor, 1) ?? [];
    const { facts, years, today } = await readFacts(records, now);
    const all = fiscalYears(facts.organisation, today).toReversed();
    const left = before === undefined ? all : all.filter(({ to }) => to < before);
    const shown = left.slice(0, query.limit);
    const last = shown.at(-1);
    const next = left.length > shown.length && last !== undefined ? encodeCursor(list, [last.to]) : null;
    const recorded = new Map(years.map(year => [year.id, year]));
    return {
      body: { items: shown.map(year => presentYear(year, recorded.get(year.to))), next: nextOf(next, nextAddress) },
    };
  },
);
