/** What DynamoDB Streams are on AWS: tells of rows that were put on a list, and of events, once they are there. */
import { isEvent } from '../shared/core/log/outbox.ts';
import { listPartition } from '../shared/core/records.ts';
import type { RecordStore } from '../shared/ports/recordStore.ts';

/** The same store; whenever a commit put something on one of the lists, its listener is called, and `onEvent` when it brought an event. */
export function withFeed(
  records: RecordStore,
  listeners: Readonly<Record<string, () => void>>,
  onEvent: () => void,
): RecordStore {
  const byPartition = new Map(Object.entries(listeners).map(([list, listener]) => [listPartition(list), listener]));
  return {
    get: key => records.get(key),
    getMany: keys => records.getMany(keys),
    query: query => records.query(query),
    async commit(writes) {
      await records.commit(writes);
      const touched = new Set(writes.flatMap(write => ('put' in write ? [write.put.key.partition] : [])));
      for (const partition of touched) byPartition.get(partition)?.();
      if (writes.some(write => 'put' in write && isEvent(write.put))) onEvent();
    },
  };
}
