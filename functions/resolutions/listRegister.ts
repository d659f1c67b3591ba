/** What a body has adopted in a year, by number. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Body } from '../../shared/core/bodies.ts';
import { type ResolutionCard, resolutionLists } from '../../shared/core/decisions/resolutions.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage, readRecord, readToday } from '../../shared/http/read.ts';

export const listRegister = operation(
  resolutionsRoutes.listRegister,
  async ({ params, query, now, nextAddress }, { records }) => {
    await readRecord<Body>(records, 'body', params.bodyId);
    const year = query.year ?? (await readToday(records, now)).slice(0, 4);
    const { items, next } = await readPage(records, {
      partition: listPartition(resolutionLists.register(params.bodyId, year)),
      order: 'ascending',
      limit: query.limit,
      cursor: query.cursor,
    });
    const cards = items.map(item => item.data as unknown as ResolutionCard);
    return { body: { items: cards, next: nextOf(next, nextAddress) } };
  },
);
