/** What a body is to decide, as far as the caller may see it, the latest first. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { may } from '../../shared/core/authorisation.ts';
import type { Body } from '../../shared/core/bodies.ts';
import { type ResolutionCard, resolutionLists } from '../../shared/core/decisions/resolutions.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage, readRecord } from '../../shared/http/read.ts';

export const listPending = operation(
  resolutionsRoutes.listPending,
  async ({ params, query, caller, nextAddress }, { records }) => {
    await readRecord<Body>(records, 'body', params.bodyId);
    const seesDrafts = may(caller, 'see drafts of every body') || caller.bodies.has(params.bodyId);
    const { items, next } = await readPage(records, {
      partition: listPartition(resolutionLists.pending(params.bodyId)),
      order: 'descending',
      limit: query.limit,
      cursor: query.cursor,
      keep: item => seesDrafts || (item.data as unknown as ResolutionCard).closesAt !== null,
    });
    const cards = items.map(item => item.data as unknown as ResolutionCard);
    return { body: { items: cards, next: nextOf(next, nextAddress) } };
  },
);
