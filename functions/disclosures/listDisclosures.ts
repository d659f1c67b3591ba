/** What is public now, the newest first. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf } from '../../shared/http/read.ts';
import { readDisclosures } from './readDisclosures.ts';

export const listDisclosures = operation(
  disclosuresRoutes.listDisclosures,
  async ({ query, now, nextAddress }, { records }) => {
    const period = query.period === undefined ? undefined : Number(query.period);
    const { items, next } = await readDisclosures(records, { ...query, period, cursor: query.cursor }, now);
    return { body: { items, next: nextOf(next, nextAddress) } };
  },
);
