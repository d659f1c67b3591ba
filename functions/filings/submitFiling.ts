/** Records that a filing was submitted. */
import { filingsRoutes } from '../../shared/contract/filings.ts';
import { submit } from '../../shared/core/filings/submitting.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeFiling, citePapers } from './change.ts';

export const submitFiling = operation(filingsRoutes.submitFiling, (input, { records }) =>
  changeFiling(records, input, async (before, today) => {
    const { papers, checks } = await citePapers(records, input.body.papers, input, '/papers');
    return { after: submit(before, { ...input.body, papers }, today, input.now), writes: checks };
  }),
);
