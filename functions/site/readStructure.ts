/** Reads the bodies of a day with everybody who sat in them, as the public may see it. */
import { type Seat, seatLists } from '../../shared/core/bodies.ts';
import { covers, type PlainDate } from '../../shared/core/calendar.ts';
import { listPartition } from '../../shared/core/records.ts';
import { readPage } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import type { SeatedBody } from '../../web/bodyTree.ts';
import type { Structure } from '../../web/structure.ts';
import { type PresentedBody, readBodies } from '../bodies/readBodies.ts';
import { readNames } from '../people/readNames.ts';
import { presentSeat } from '../seats/readSeats.ts';

/** At most so many bodies, and so many seats of each; a store names up to 100 people in one read. */
const most = 100;

/** One query. */
export const readBodiesOn = (records: RecordStore, on: PlainDate) => readBodies(records, on, most, undefined);

/** Of these bodies: one query for each that shows its seats, and one read for every 100 people. */
export async function readStructure(
  records: RecordStore,
  { items, next }: Awaited<ReturnType<typeof readBodiesOn>>,
  on: PlainDate,
): Promise<Structure> {
  const seated = await Promise.all(items.map(body => readRows(records, body, on)));
  const personIds = [...new Set(seated.flatMap(rows => rows?.seats.map(seat => seat.personId) ?? []))];
  const batches = Array.from({ length: Math.ceil(personIds.length / most) }, (_, index) =>
    readNames(records, personIds.slice(index * most, (index + 1) * most)),
  );
  const names = new Map((await Promise.all(batches)).flatMap(batch => [...batch]));
  const bodies = items.map((body, index): SeatedBody => {
    const rows = seated[index] ?? null;
    const term = { from: body.established, to: body.dissolved };
    const seats = rows?.seats.map(seat => presentSeat(seat.id, seat, names.get(seat.personId) ?? '', term)) ?? null;
    return { ...body, seats, moreSeats: rows?.more ?? false };
  });
  return { bodies, moreBodies: next !== null };
}

/** Null for a body that keeps its seats from the public, and for a membership: it may have thousands. */
async function readRows(records: RecordStore, { id, kind, publishesSeats }: PresentedBody, on: PlainDate) {
  if (!publishesSeats || kind === 'membership') return null;
  const { items, next } = await readPage(records, {
    partition: listPartition(seatLists.ofBody(id)),
    upTo: `${on}$`,
    order: 'ascending',
    limit: most,
    cursor: undefined,
    keep: item => covers((item.data as unknown as Seat).term, on),
  });
  return { seats: items.map(item => item.data as unknown as Seat & { id: string }), more: next !== null };
}
