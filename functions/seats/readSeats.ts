/** Reads seats with the names of those who hold them, in the form of the API. */
import type { Answer } from '../../shared/contract/route.ts';
import type { seatsRoutes } from '../../shared/contract/seats.ts';
import { type Body, type Seat, seatLists, withinBody } from '../../shared/core/bodies.ts';
import { covers, type PlainDate, type Term } from '../../shared/core/calendar.ts';
import { listPartition } from '../../shared/core/records.ts';
import { readPage } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { readNames } from '../people/readNames.ts';

export type PresentedSeat = Answer<typeof seatsRoutes.listSeats>['items'][number];

/** A seat with its holder; its term as the body's life bounds it. */
export function presentSeat(id: string, seat: Seat, name: string, body: Term): PresentedSeat {
  const { bodyId, personId, office, title, voting, weight, group, term } = seat;
  const { from, to } = withinBody(term, body) ?? term;
  return { id, bodyId, person: { id: personId, name }, office, title, voting, weight, group, from, to };
}

/** One page of the seats of a body that were held on that day, the longest held first. Two reads. */
export async function readSeats(
  records: RecordStore,
  body: Pick<Body, 'term'> & { readonly id: string },
  on: PlainDate,
  limit: number,
  cursor: string | undefined,
): Promise<{ items: PresentedSeat[]; next: string | null }> {
  if (!covers(body.term, on)) return { items: [], next: null };
  const page = await readPage(records, {
    partition: listPartition(seatLists.ofBody(body.id)),
    upTo: `${on}$`,
    order: 'ascending',
    limit,
    cursor,
    keep: item => covers((item.data as unknown as Seat).term, on),
  });
  const seats = page.items.map(item => item.data as unknown as Seat & { id: string });
  const names = await readNames(
    records,
    seats.map(seat => seat.personId),
  );
  const items = seats.map(({ id, ...seat }) => presentSeat(id, seat, names.get(seat.personId) ?? '', body.term));
  return { items, next: page.next };
}
