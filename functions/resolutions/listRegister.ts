/** What a body has adopted in a year, by number. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Body } from '../../shared/core/bodies.ts';
import { resolutionLists } from '../../shared/core/decisions/resolutions.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readRecord, readToday } from '../../shared/http/read.ts';
import { readCards } from './presentCards.ts';

export const listRegister = operation(resolutionsRoutes.listRegister, async (input, { records }) => {
  const { params, query, now, nextAddress } = input;
  await readRecord<Body>(records, 'body', params.bodyId);
  const year = query.year ?? (await readToday(records, now)).slice(0, 4);
  const partition = listPartition(resolutionLists.register(params.bodyId, year));
  const { items, next } = await readCards(
    records,
    { partition, order: 'ascending', limit: query.limit, cursor: query.cursor },
    input,
    () => true,
  );
  return { body: { items, next: nextOf(next, nextAddress) } };
});
