/** What the function `support` does. */
import type { supportRoutes } from '../../shared/contract/support.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { createSupport } from './createSupport.ts';
import { getSupport } from './getSupport.ts';
import { listSupport } from './listSupport.ts';
import { updateSupport } from './updateSupport.ts';

export const supportOperations: Implementation<typeof supportRoutes> = {
  listSupport,
  getSupport,
  createSupport,
  updateSupport,
};
