/** Reads filings by their identifiers. */
import type { Filing } from '../../shared/core/filings/filings.ts';
import { recordKey, type Stored, stored } from '../../shared/core/records.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** Those that there are, each once, in the order of the identifiers. One read for every hundred. */
export async function readFilings(records: RecordStore, ids: readonly string[]): Promise<Stored<Filing>[]> {
  const unique = [...new Set(ids)];
  const found: Stored<Filing>[] = [];
  for (let from = 0; from < unique.length; from += 100) {
    const some = unique.slice(from, from + 100);
    const items = await records.getMany(some.map(id => recordKey('filing', id)));
    for (const [index, id] of some.entries()) {
      const item = items[index];
      if (item !== undefined) found.push(stored<Filing>(id, item));
    }
  }
  return found;
}
