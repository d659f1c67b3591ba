/** What a supporter gave, as far as the caller may know of it. */
import { supportRoutes } from '../../shared/contract/support.ts';
import { may } from '../../shared/core/authorisation.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { loadSupport } from './load.ts';
import { presentPublicly, presentSupport } from './present.ts';

export const getSupport = operation(supportRoutes.getSupport, async ({ params, caller }, { records }) => {
  const support = await loadSupport(records, params.supportId, caller);
  const body = may(caller, 'see compliance') ? presentSupport(support) : presentPublicly(support);
  if (body === null) throw new NotFoundError();
  return { body, version: support.version };
});
