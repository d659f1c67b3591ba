/** Records that a filing need not be made after all. */
import { filingsRoutes } from '../../shared/contract/filings.ts';
import { excuse } from '../../shared/core/filings/life.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeFiling, citePaper } from './change.ts';

export const excuseFiling = operation(filingsRoutes.excuseFiling, (input, { records }) =>
  changeFiling(records, input, async before => {
    const { reason, evidence } = input.body;
    const { paper, checks } = await citePaper(records, evidence, input, '/evidence');
    return { after: excuse(before, { reason, evidence: paper }), reason, writes: checks };
  }),
);
