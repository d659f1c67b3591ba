/** What bodies keep confidential, by the date on which they look at it again. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { resolutionLists } from '../../shared/core/decisions/resolutions.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf } from '../../shared/http/read.ts';
import { readCards } from './presentCards.ts';

export const listConfidential = operation(resolutionsRoutes.listConfidential, async (input, { records }) => {
  const { query, nextAddress } = input;
  const { items, next } = await readCards(
    records,
    {
      partition: listPartition(resolutionLists.reviews),
      order: 'ascending',
      limit: query.limit,
      cursor: query.cursor,
    },
    input,
    ({ number }, isInsider) => isInsider || number !== null,
  );
  return { body: { items, next: nextOf(next, nextAddress) } };
});
