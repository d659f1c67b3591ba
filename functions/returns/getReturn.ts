/** What a return says, without what is withheld from its public copy. */
import { returnsRoutes } from '../../shared/contract/returns.ts';
import { operation } from '../../shared/http/operation.ts';
import { loadReturn } from './load.ts';
import { presentReturn } from './present.ts';

export const getReturn = operation(returnsRoutes.getReturn, async ({ params, caller }, { records }) => {
  const known = await loadReturn(records, params.returnId, caller);
  return { body: presentReturn(known, caller), version: known.recorded.version };
});
