/** What a supporter gave, as far as the caller may know of it. */
import { supportRoutes } from '../../shared/contract/support.ts';
import { may } from '../../shared/core/authorisation.ts';
import type { Support } from '../../shared/core/support.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord } from '../../shared/http/read.ts';
import { presentPublicly, presentSupport } from './present.ts';

export const getSupport = operation(supportRoutes.getSupport, async ({ params, caller }, { records }) => {
  const support = await readRecord<Support>(records, 'support', params.supportId);
  const body = may(caller, 'see compliance') ? presentSupport(support) : presentPublicly(support);
  if (body === null) throw new NotFoundError();
  return { body, version: support.version };
});
