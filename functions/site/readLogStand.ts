/** Reads how the log stands, for people. */
import { type LogKeyCard, logKeyList } from '../../shared/core/log/keys.ts';
import { entryKey, headIn, headKey } from '../../shared/core/log/sequencing.ts';
import { listPartition } from '../../shared/core/records.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import type { LogStand } from '../../web/sealed.ts';

/** A page has no room for more keys; all of them stand in the data. */
const mostKeys = 3;

/** Null while nothing is sealed. Two reads and a query. */
export async function readLogStand(records: RecordStore): Promise<Omit<LogStand, 'address'> | null> {
  const query = { table: 'records', partition: listPartition(logKeyList), order: 'descending' } as const;
  const [item, { items }] = await Promise.all([records.get(headKey), records.query({ ...query, limit: mostKeys })]);
  const size = item === undefined ? 0 : headIn(item.data).size;
  if (size === 0) return null;
  const last = await records.get(entryKey(size - 1));
  const keys = items.map(({ data }) => (data as unknown as LogKeyCard).key);
  return {
    // A key is named as the log is.
    origin: keys[0]?.split('+')[0] ?? '',
    size,
    latestAt: last === undefined ? null : String(JSON.parse(String(last.data.entry)).at),
    keys,
  };
}
