/** One filing, with everything that is on record of it. */
import { filingsRoutes } from '../../shared/contract/filings.ts';
import { operation } from '../../shared/http/operation.ts';
import { loadFiling } from './load.ts';
import { presentFiling } from './present.ts';

export const getFiling = operation(filingsRoutes.getFiling, async ({ params, caller, now }, { records }) => {
  const { filing, today } = await loadFiling(records, params.filingId, now);
  return { body: await presentFiling(records, filing, { caller, now, today }), version: filing.version };
});
