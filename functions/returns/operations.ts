/** What the function `returns` does. */
import type { returnsRoutes } from '../../shared/contract/returns.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { getFigures } from './getFigures.ts';
import { getReturn } from './getReturn.ts';
import { listReturns } from './listReturns.ts';
import { readReturn } from './readReturn.ts';
import { recordPostcard } from './recordPostcard.ts';

export const returnsOperations: Implementation<typeof returnsRoutes> = {
  readReturn,
  recordPostcard,
  listReturns,
  getReturn,
  getFigures,
};
