/** Records that more time was asked for. */
import { filingsRoutes } from '../../shared/contract/filings.ts';
import { extend } from '../../shared/core/filings/life.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeFiling, citePaper } from './change.ts';

export const extendFiling = operation(filingsRoutes.extendFiling, (input, { records }) =>
  changeFiling(records, input, async (before, today) => {
    const { paper, checks } = await citePaper(records, input.body.evidence, input, '/evidence');
    const { askedOn, confirmation } = input.body;
    return { after: extend(before, { askedOn, confirmation, evidence: paper }, today), writes: checks };
  }),
);
