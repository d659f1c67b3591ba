/** Reads the bodies of the organisation, and who sits in its boards. */
import { type Body, type Seat, seatLists, withinBody } from '../../shared/core/bodies.ts';
import { covers, type PlainDate } from '../../shared/core/calendar.ts';
import type { Named } from '../../shared/core/governance/facts.ts';
import type { Person } from '../../shared/core/people.ts';
import { listPartition } from '../../shared/core/records.ts';
import { allPages, readEach } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

export type ReadBody = Body & { readonly id: string };

export interface BoardSeat {
  readonly seat: Seat;
  readonly body: ReadBody;
}

/** All that began by that day. One query for every hundred. */
export async function readBodies(records: RecordStore, by: PlainDate): Promise<ReadBody[]> {
  const bodies: ReadBody[] = [];
  for await (const items of allPages(records, { partition: listPartition('bodies'), upTo: `${by}$` }))
    bodies.push(...items.map(({ data }) => data as unknown as ReadBody));
  return bodies;
}

/** All seats that the boards of directors have had. One query for each board and thousand seats. */
export async function readBoardSeats(records: RecordStore, bodies: readonly ReadBody[]): Promise<BoardSeat[]> {
  const seats: BoardSeat[] = [];
  for (const body of bodies.filter(({ kind }) => kind === 'board-of-directors')) {
    for await (const items of allPages(records, { partition: listPartition(seatLists.ofBody(body.id)) }, 1000))
      seats.push(...items.map(({ data }) => ({ seat: data as unknown as Seat, body })));
  }
  return seats;
}

/** Everybody with a vote in a board on that day, once. One read for every hundred. */
export async function votersOn(records: RecordStore, seats: readonly BoardSeat[], day: PlainDate): Promise<Named[]> {
  const votes = ({ seat, body }: BoardSeat) => {
    const term = withinBody(seat.term, body.term);
    return seat.voting && term !== null && covers(term, day);
  };
  return readNamed(
    records,
    seats.filter(votes).map(({ seat }) => seat.personId),
  );
}

/** Each once, by identifier. */
export async function readNamed(records: RecordStore, personIds: readonly string[]): Promise<Named[]> {
  const ids = [...new Set(personIds)].sort();
  const people = await readEach<Person>(records, 'person', ids);
  return ids.map(id => ({ id, name: people.get(id)?.name ?? '' }));
}
