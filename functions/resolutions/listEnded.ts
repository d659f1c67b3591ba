/** What failed, or was put aside, in a year, the latest first. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Body } from '../../shared/core/bodies.ts';
import { resolutionLists } from '../../shared/core/decisions/resolutions.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readRecord, readToday } from '../../shared/http/read.ts';
import { readCards } from './presentCards.ts';

export const listEnded = operation(resolutionsRoutes.listEnded, async (input, { records }) => {
  const { params, query, now, nextAddress } = input;
  await readRecord<Body>(records, 'body', params.bodyId);
  const year = query.year ?? (await readToday(records, now)).slice(0, 4);
  const partition = listPartition(resolutionLists.ended(params.bodyId, year));
  const { items, next } = await readCards(
    records,
    { partition, order: 'descending', limit: query.limit, cursor: query.cursor },
    input,
    ({ ended, confidential }, isInsider) => isInsider || (ended === 'failed' && confidential === null),
  );
  return { body: { items, next: nextOf(next, nextAddress) } };
});
