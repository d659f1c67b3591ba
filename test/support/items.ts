/** Short ways to say which item of the store is meant, and what is written there. */
import type { Expectation, JsonObject, Key, Table, Write } from '../../shared/ports/recordStore.ts';

export function keyIn(partition: string, sort: string, table: Table = 'records'): Key {
  return { table, partition, sort };
}

/** Expects what a writer who numbers versions would: absence for the first, otherwise the version before. */
export function put(key: Key, version: number, data: JsonObject, expectation?: Expectation): Write {
  const expect = expectation ?? (version === 1 ? 'absent' : { version: version - 1 });
  return { put: { key, version, data }, expect };
}
