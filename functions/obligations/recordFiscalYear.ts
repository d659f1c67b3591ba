/** The secretary or the treasurer records the figures and circumstances of a fiscal year. */
import { obligationsRoutes } from '../../shared/contract/obligations.ts';
import { expectAgain } from '../../shared/core/filings/expecting.ts';
import { type YearFigures, yearRow } from '../../shared/core/filings/figures.ts';
import { faultsOfFigures } from '../../shared/core/filings/ownObligations.ts';
import { changeRecord, moveRows } from '../../shared/core/records.ts';
import { PreconditionFailedError, ValidationError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { presentYear, readYear } from './fiscalYears.ts';

export const recordFiscalYear = operation(
  obligationsRoutes.recordFiscalYear,
  async ({ params, body, now, expected, act }, { records }) => {
    const { year, recorded } = await readYear(records, params.end, now);
    const faults = faultsOfFigures(body);
    if (faults.length > 0) throw new ValidationError(faults);
    if ((recorded?.version ?? 0) !== expected) throw new PreconditionFailedError();
    const { stored, writes } = changeRecord<YearFigures>('fiscal-year', params.end, recorded, body, act);
    return {
      body: presentYear(year, stored),
      version: stored.version,
      writes: [...writes, ...moveRows([], [yearRow(stored)]), expectAgain(act.at)],
    };
  },
);
