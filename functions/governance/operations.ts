/** What the function `governance` does. */
import type { governanceRoutes } from '../../shared/contract/governance.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { designatePolicy } from './designatePolicy.ts';
import { getGovernance } from './getGovernance.ts';
import { listPolicies } from './listPolicies.ts';

export const governanceOperations: Implementation<typeof governanceRoutes> = {
  getGovernance,
  listPolicies,
  designatePolicy,
};
