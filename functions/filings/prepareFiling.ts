/** Records that a filing is being prepared. */
import { filingsRoutes } from '../../shared/contract/filings.ts';
import { prepare } from '../../shared/core/filings/life.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeFiling } from './change.ts';

export const prepareFiling = operation(filingsRoutes.prepareFiling, (input, { records }) =>
  changeFiling(records, input, async (before, today) => ({
    after: prepare(before, input.body.on ?? today, today),
  })),
);
