/** Records that a filing was submitted. */
import { filingsRoutes } from '../../shared/contract/filings.ts';
import { submit } from '../../shared/core/filings/submitting.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeFiling, citeSubmitted } from './change.ts';

export const submitFiling = operation(filingsRoutes.submitFiling, (input, { records }) =>
  changeFiling(records, input, async (before, today) => {
    const { papers, writes } = await citeSubmitted(records, before, input.body.papers, input);
    return { after: submit(before, { ...input.body, papers }, today, input.now), writes };
  }),
);
