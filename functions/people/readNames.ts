/** Reads the names of people. */
import type { Person } from '../../shared/core/people.ts';
import { recordKey } from '../../shared/core/records.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** The names of up to 100 people, by their id: one read. */
export async function readNames(records: RecordStore, personIds: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(personIds)];
  if (ids.length === 0) return new Map();
  const people = await records.getMany(ids.map(id => recordKey('person', id)));
  return new Map(ids.map((id, index) => [id, (people[index]?.data as unknown as Person | undefined)?.name ?? '']));
}
