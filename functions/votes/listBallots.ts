/** Who voted how. */
import { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { type Ballot, ballotList, shards } from '../../shared/core/decisions/resolutions.ts';
import { listPartition } from '../../shared/core/records.ts';
import { decodeCursor, encodeCursor, notOfThisList } from '../../shared/http/cursor.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf } from '../../shared/http/read.ts';
import { readNames } from '../people/readNames.ts';
import { loadVisible } from './load.ts';

export const listBallots = operation(
  resolutionsRoutes.listBallots,
  async ({ params, query, caller, now, nextAddress }, { records }) => {
    const { id } = await loadVisible(records, params.resolutionId, caller, now);
    const list = `ballots#${id}`;
    const [from = '0', behind = '-'] = decodeCursor(list, query.cursor, 2) ?? [];
    if (!/^\d{1,2}$/.test(from)) throw notOfThisList();
    const ballots: Ballot[] = [];
    let next: string | null = null;
    for (let shard = Number(from), after = behind; shard < shards && next === null; shard++, after = '-') {
      const page = await records.query({
        table: 'records',
        partition: listPartition(ballotList(id, shard)),
        after,
        order: 'ascending',
        limit: query.limit - ballots.length,
      });
      ballots.push(...page.items.map(item => item.data as unknown as Ballot));
      const isFull = ballots.length === query.limit;
      if (page.more) next = encodeCursor(list, [String(shard), page.items.at(-1)?.key.sort ?? after]);
      else if (isFull && shard + 1 < shards) next = encodeCursor(list, [String(shard + 1), '-']);
    }
    const names = await readNames(
      records,
      ballots.map(({ personId }) => personId),
    );
    const items = ballots.map(({ personId, choice, at }) => ({
      person: { id: personId, name: names.get(personId) ?? '' },
      choice,
      at,
    }));
    return { body: { items, next: nextOf(next, nextAddress) } };
  },
);
