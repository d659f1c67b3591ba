/** What is recorded of one fiscal year; version 0 while that is nothing. */
import { obligationsRoutes } from '../../shared/contract/obligations.ts';
import { operation } from '../../shared/http/operation.ts';
import { presentYear, readYear } from './fiscalYears.ts';

export const getFiscalYear = operation(obligationsRoutes.getFiscalYear, async ({ params, now }, { records }) => {
  const { year, recorded } = await readYear(records, params.end, now);
  return { body: presentYear(year, recorded), version: recorded?.version ?? 0 };
});
