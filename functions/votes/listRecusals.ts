/** Who stepped aside from a decision, and why; for most only how many. */
import { votesRoutes } from '../../shared/contract/votes.ts';
import { may } from '../../shared/core/authorisation.ts';
import { type Recusal, recusalList } from '../../shared/core/decisions/votes.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { allPages, nextOf, readPage } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { readNames } from '../people/readNames.ts';
import { loadVisible } from '../resolutions/load.ts';

export const listRecusals = operation(
  votesRoutes.listRecusals,
  async ({ params, query, caller, now, nextAddress }, { records }) => {
    const { id, data } = await loadVisible(records, params.resolutionId, caller, now);
    const partition = listPartition(recusalList(id));
    const count = await countIn(records, partition);
    if (!caller.bodies.has(data.bodyId) && !may(caller, 'see drafts of every body')) {
      return { body: { items: [], next: null, count } };
    }
    const { items, next } = await readPage(records, {
      partition,
      order: 'ascending',
      limit: query.limit,
      cursor: query.cursor,
    });
    const recusals = items.map(item => item.data as unknown as Recusal);
    const names = await readNames(
      records,
      recusals.map(({ personId }) => personId),
    );
    const shown = recusals.map(({ personId, facts, at }) => ({
      person: { id: personId, name: names.get(personId) ?? '' },
      facts,
      at,
    }));
    return { body: { items: shown, next: nextOf(next, nextAddress), count } };
  },
);

/** One query for each thousand. */
async function countIn(records: RecordStore, partition: string): Promise<number> {
  let count = 0;
  for await (const items of allPages(records, { partition }, 1000)) count += items.length;
  return count;
}
