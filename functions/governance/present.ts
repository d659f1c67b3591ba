/** How the API shows policies. */
import type { governanceRoutes } from '../../shared/contract/governance.ts';
import type { Answer } from '../../shared/contract/route.ts';
import type { Policy } from '../../shared/core/governance/policies.ts';
import type { Stored } from '../../shared/core/records.ts';

export function presentPolicy({ id, version, data }: Stored<Policy>): Answer<typeof governanceRoutes.designatePolicy> {
  return { topic: id, history: [...data.history], version };
}
