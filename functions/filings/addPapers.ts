/** Adds the papers of a submission that was recorded without any. */
import { filingsRoutes } from '../../shared/contract/filings.ts';
import { addPapers as add } from '../../shared/core/filings/submitting.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeFiling, citeSubmitted } from './change.ts';

export const addPapers = operation(filingsRoutes.addPapers, (input, { records }) =>
  changeFiling(records, input, async before => {
    const { papers, writes } = await citeSubmitted(records, before, input.body.papers, input);
    return { after: add(before, input.body.submission, papers), writes };
  }),
);
