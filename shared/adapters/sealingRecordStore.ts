/** The record store of a book whose events are sealed: whatever is committed through it will be in the log. */
import { withOutbox } from '../core/log/outbox.ts';
import type { RecordStore } from '../ports/recordStore.ts';

export function sealingRecordStore(records: RecordStore): RecordStore {
  return {
    get: key => records.get(key),
    getMany: keys => records.getMany(keys),
    query: query => records.query(query),
    commit: writes => records.commit(withOutbox(writes)),
  };
}
