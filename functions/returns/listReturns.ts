/** The returns that were filed and read, the latest period first. */
import { returnsRoutes } from '../../shared/contract/returns.ts';
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Filing } from '../../shared/core/filings/filings.ts';
import { listPartition } from '../../shared/core/records.ts';
import { type RecordedReturn, type ReturnCard, returnList } from '../../shared/core/returns/recorded.ts';
import { operation } from '../../shared/http/operation.ts';
import { allPages, nextOf, readEach, readPage } from '../../shared/http/read.ts';
import type { Item, RecordStore } from '../../shared/ports/recordStore.ts';
import { mayKnow } from './load.ts';
import { presentCard } from './present.ts';

type Entry = ReturnType<typeof presentCard>;

export const listReturns = operation(returnsRoutes.listReturns, async ({ query, caller, nextAddress }, { records }) => {
  // All of them, which are few: no page, and no address of the next one, may tell of what the caller may not know.
  const known = await readKnown(records, caller);
  const { items, next } = await readPage(records, {
    partition: listPartition(returnList),
    order: 'descending',
    limit: query.limit,
    cursor: query.cursor,
    keep: item => known.has(idOf(item)),
  });
  return { body: { items: items.flatMap(item => known.get(idOf(item)) ?? []), next: nextOf(next, nextAddress) } };
});

const cardIn = ({ data }: Item) => data as unknown as ReturnCard;
const idOf = (item: Item) => cardIn(item).id;

/** One query and two reads for every hundred returns. */
async function readKnown(records: RecordStore, caller: Caller): Promise<ReadonlyMap<string, Entry>> {
  const known = new Map<string, Entry>();
  for await (const items of allPages(records, { partition: listPartition(returnList) })) {
    const cards = items.map(cardIn);
    const [filings, returns] = await Promise.all([
      readEach<Filing>(
        records,
        'filing',
        cards.map(({ filingId }) => filingId),
      ),
      readEach<RecordedReturn>(
        records,
        'return',
        cards.map(({ id }) => id),
      ),
    ]);
    for (const { id, filingId, submission: number } of cards) {
      const submission = filings.get(filingId)?.submissions[number - 1];
      const data = returns.get(id);
      if (submission === undefined || data === undefined || !mayKnow(caller, data, submission)) continue;
      known.set(id, presentCard({ id, version: 1, data }, submission));
    }
  }
  return known;
}
