/** What is still to be done of what a body has adopted, by its due date. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Body } from '../../shared/core/bodies.ts';
import { resolutionLists } from '../../shared/core/decisions/resolutions.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readRecord } from '../../shared/http/read.ts';
import { readCards } from './presentCards.ts';

export const listFollowUps = operation(resolutionsRoutes.listFollowUps, async (input, { records }) => {
  const { params, query, nextAddress } = input;
  await readRecord<Body>(records, 'body', params.bodyId);
  const partition = listPartition(resolutionLists.due(params.bodyId));
  const { items, next } = await readCards(
    records,
    { partition, order: 'ascending', limit: query.limit, cursor: query.cursor },
    input,
    ({ confidential }, isInsider) => isInsider || confidential === null,
  );
  return { body: { items, next: nextOf(next, nextAddress) } };
});
