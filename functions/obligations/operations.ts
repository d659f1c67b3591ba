/** What the function `obligations` does. */
import type { obligationsRoutes } from '../../shared/contract/obligations.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { createObligation } from './createObligation.ts';
import { getCompliance } from './getCompliance.ts';
import { getFiscalYear } from './getFiscalYear.ts';
import { listFiscalYears } from './listFiscalYears.ts';
import { listObligations } from './listObligations.ts';
import { listOwnObligations } from './listOwnObligations.ts';
import { recordFiscalYear } from './recordFiscalYear.ts';
import { updateCompliance } from './updateCompliance.ts';
import { updateObligation } from './updateObligation.ts';

export const obligationsOperations: Implementation<typeof obligationsRoutes> = {
  listObligations,
  listOwnObligations,
  createObligation,
  updateObligation,
  getCompliance,
  updateCompliance,
  listFiscalYears,
  getFiscalYear,
  recordFiscalYear,
};
