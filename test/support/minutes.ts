/** One record and its events, as the processes of minuteWriter.ts leave them in a store. */
import type { Item, Key, RecordStore } from '../../shared/ports/recordStore.ts';

export const minute: Key = { table: 'records', partition: 'minute', sort: 'minute' };

export function minuteEvent(version: number): Key {
  return { table: 'records', partition: 'minute-events', sort: String(version).padStart(9, '0') };
}

export async function allOf(store: RecordStore, partition: string, limit = 1000): Promise<Item[]> {
  const items: Item[] = [];
  for (let more = true; more; ) {
    const after = items.at(-1)?.key.sort;
    const page = await store.query({
      table: 'records',
      partition,
      order: 'ascending',
      limit,
      ...(after === undefined ? {} : { after }),
    });
    items.push(...page.items);
    more = page.more;
  }
  return items;
}
