/** What a body is to decide, as far as the caller may see it, the latest first. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Body } from '../../shared/core/bodies.ts';
import { resolutionLists } from '../../shared/core/decisions/resolutions.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readRecord } from '../../shared/http/read.ts';
import { readCards } from './presentCards.ts';

export const listPending = operation(resolutionsRoutes.listPending, async (input, { records }) => {
  const { params, query, nextAddress } = input;
  await readRecord<Body>(records, 'body', params.bodyId);
  const partition = listPartition(resolutionLists.pending(params.bodyId));
  const { items, next } = await readCards(
    records,
    { partition, order: 'descending', limit: query.limit, cursor: query.cursor },
    input,
    ({ closesAt, confidential }, isInsider) => isInsider || (closesAt !== null && confidential === null),
  );
  return { body: { items, next: nextOf(next, nextAddress) } };
});
