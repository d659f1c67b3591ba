/** The policy by which others may verify the log, as a file. */
import { logRoutes } from '../../shared/contract/log.ts';
import { operation } from '../../shared/http/operation.ts';
import { policyOf } from './policyOf.ts';
import { readPublished } from './prove.ts';
import { readKeys } from './readKeys.ts';

export const readLogPolicy = operation(logRoutes.readLogPolicy, async ({ origin }, { records, publishedLog }) => {
  const keys = await readKeys(records, await readPublished(publishedLog));
  return { body: policyOf(keys, publishedLog.policy, origin()) };
});
