/** What happened to a disclosure, the latest first. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf } from '../../shared/http/read.ts';
import { loadVisible } from './load.ts';
import { readHistory } from './readHistory.ts';

export const getDisclosureHistory = operation(
  disclosuresRoutes.getDisclosureHistory,
  async ({ params, query, caller, now, nextAddress }, { records }) => {
    const disclosure = await loadVisible(records, params.disclosureId, caller, now);
    const { items, next } = await readHistory(records, disclosure, { caller, now, ...query, cursor: query.cursor });
    return { body: { items, next: nextOf(next, nextAddress) } };
  },
);
