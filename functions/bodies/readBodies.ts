/** Reads bodies as they were on a day, in the form of the API. */
import type { bodiesRoutes } from '../../shared/contract/bodies.ts';
import type { Answer } from '../../shared/contract/route.ts';
import { type Body, bodyOn, type DatedFacts, knownFacts } from '../../shared/core/bodies.ts';
import type { PlainDate } from '../../shared/core/calendar.ts';
import { listPartition, type Stored } from '../../shared/core/records.ts';
import { readPage } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

export type PresentedBody = Answer<typeof bodiesRoutes.listBodies>['items'][number];

/** A body with the facts that held on the day asked for. */
export function presentEntry({ id, version, data }: Stored<Body>, facts: DatedFacts): PresentedBody {
  const { kind, term, publishesSeats } = data;
  return { id, kind, ...facts, established: term.from, dissolved: term.to, publishesSeats, version };
}

/** The same, with the facts of all other days. */
export function presentBody(stored: Stored<Body>, facts: DatedFacts): Answer<typeof bodiesRoutes.getBody> {
  return { ...presentEntry(stored, facts), history: [...knownFacts(stored.data)] };
}

/** One page of the bodies that existed on that day, the oldest first. */
export async function readBodies(records: RecordStore, on: PlainDate, limit: number, cursor: string | undefined) {
  const page = await readPage(records, {
    partition: listPartition('bodies'),
    upTo: `${on}$`,
    order: 'ascending',
    limit,
    cursor,
    keep: item => bodyOn(item.data as unknown as Body, on) !== undefined,
  });
  const items = page.items.flatMap(item => {
    const { id, version, ...data } = item.data as unknown as Body & { id: string; version: number };
    const facts = bodyOn(data, on);
    return facts === undefined ? [] : [presentEntry({ id, version, data }, facts)];
  });
  return { items, next: page.next };
}
