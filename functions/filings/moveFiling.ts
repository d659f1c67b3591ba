/** Records that the authority set another due date. */
import { filingsRoutes } from '../../shared/contract/filings.ts';
import { move } from '../../shared/core/filings/life.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeFiling, citePaper } from './change.ts';

export const moveFiling = operation(filingsRoutes.moveFiling, (input, { records }) =>
  changeFiling(records, input, async before => {
    const { due, reason, evidence } = input.body;
    const { paper, checks } = await citePaper(records, evidence, input, '/evidence');
    return { after: move(before, { due, reason, evidence: paper }), reason, writes: checks };
  }),
);
