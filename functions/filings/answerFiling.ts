/** Records what the authority said of a submission. */
import { filingsRoutes } from '../../shared/contract/filings.ts';
import { answer } from '../../shared/core/filings/submitting.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeFiling } from './change.ts';
import { copyReferences } from './publicCopies.ts';

export const answerFiling = operation(filingsRoutes.answerFiling, (input, { records }) =>
  changeFiling(records, input, async (before, today) => {
    const { submission, accepted, on, note } = input.body;
    const after = answer(before, submission, { accepted, on, note }, today);
    return { after, writes: await copyReferences(records, input.params.filingId, before, after, input.now) };
  }),
);
