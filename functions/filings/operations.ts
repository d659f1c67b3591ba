/** What the function `filings` does. */
import type { filingsRoutes } from '../../shared/contract/filings.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { addPapers } from './addPapers.ts';
import { answerFiling } from './answerFiling.ts';
import { assignFiling } from './assignFiling.ts';
import { excuseFiling } from './excuseFiling.ts';
import { extendFiling } from './extendFiling.ts';
import { getFiling } from './getFiling.ts';
import { getPunctuality } from './getPunctuality.ts';
import { listFilings } from './listFilings.ts';
import { moveFiling } from './moveFiling.ts';
import { prepareFiling } from './prepareFiling.ts';
import { publishCopies } from './publishCopies.ts';
import { readFilingsCalendar } from './readFilingsCalendar.ts';
import { reviewFiling } from './reviewFiling.ts';
import { submitFiling } from './submitFiling.ts';

export const filingsOperations: Implementation<typeof filingsRoutes> = {
  addPapers,
  answerFiling,
  assignFiling,
  excuseFiling,
  extendFiling,
  getFiling,
  getPunctuality,
  listFilings,
  moveFiling,
  prepareFiling,
  publishCopies,
  readFilingsCalendar,
  reviewFiling,
  submitFiling,
};
