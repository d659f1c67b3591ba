/** Says what anyone may have of a submission. */
import { filingsRoutes } from '../../shared/contract/filings.ts';
import { operation } from '../../shared/http/operation.ts';
import { changeFiling } from './change.ts';
import { nameCopies } from './publicCopies.ts';

export const publishCopies = operation(filingsRoutes.publishCopies, (input, { records }) =>
  changeFiling(records, input, before => nameCopies(records, input.params.filingId, before, input.body, input.now)),
);
