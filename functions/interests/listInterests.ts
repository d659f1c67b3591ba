/** The register of interests: the latest declaration of everybody who owes one on a day. */
import { interestsRoutes } from '../../shared/contract/interests.ts';
import { type Declaration, declarationLists } from '../../shared/core/decisions/interests.ts';
import { listPartition } from '../../shared/core/records.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readToday } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { readNames } from '../people/readNames.ts';
import { readOwing } from './owing.ts';

/** Declarations of so many people are small enough for one answer, however long they are. */
const mostAtOnce = 20;

export const listInterests = operation(
  interestsRoutes.listInterests,
  async ({ query, now, nextAddress }, { records }) => {
    const on = query.on ?? (await readToday(records, now));
    const list = `interests#${on}`;
    const [after] = decodeCursor(list, query.cursor, 1) ?? [];
    const owing = await readOwing(records, { from: on, to: on });
    const left = owing.filter(personId => after === undefined || personId > after);
    const shown = left.slice(0, Math.min(query.limit, mostAtOnce));
    const last = shown.at(-1);
    const next = left.length > shown.length && last !== undefined ? encodeCursor(list, [last]) : null;
    const names = await readNames(records, shown);
    const items = await Promise.all(
      shown.map(async personId => ({
        person: { id: personId, name: names.get(personId) ?? '' },
        declaration: await latestOf(records, personId, on.slice(0, 4)),
      })),
    );
    return { body: { items, next: nextOf(next, nextAddress) } };
  },
);

/** One query. */
async function latestOf(records: RecordStore, personId: string, upTo: string) {
  const partition = listPartition(declarationLists.ofPerson(personId));
  const { items } = await records.query({ table: 'records', partition, upTo, order: 'descending', limit: 1 });
  const latest = items[0]?.data as unknown as (Declaration & { readonly version: number }) | undefined;
  return latest === undefined ? null : { ...latest, interests: [...latest.interests] };
}
