/** The policies of the organisation, by topic. */
import { governanceRoutes } from '../../shared/contract/governance.ts';
import { type Policy, policyList } from '../../shared/core/governance/policies.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage } from '../../shared/http/read.ts';
import { presentPolicy } from './present.ts';

export const listPolicies = operation(governanceRoutes.listPolicies, async ({ query, nextAddress }, { records }) => {
  const { items, next } = await readPage(records, {
    partition: listPartition(policyList),
    order: 'ascending',
    limit: query.limit,
    cursor: query.cursor,
    large: true,
  });
  const policies = items.map(({ key, data }) => {
    const { version, ...policy } = data as unknown as Policy & { readonly version: number };
    return presentPolicy({ id: key.sort, version, data: policy });
  });
  return { body: { items: policies, next: nextOf(next, nextAddress) } };
});
