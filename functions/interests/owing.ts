/** Who owes a declaration of interests. */
import { type Body, type Seat, seatLists } from '../../shared/core/bodies.ts';
import type { Term } from '../../shared/core/calendar.ts';
import { owesDeclaration } from '../../shared/core/decisions/interests.ts';
import { listPartition } from '../../shared/core/records.ts';
import { allPages } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/**
 * Everybody with such a seat on one of the days, once, by identifier. Boards of directors are few and small: one query for every
 * hundred bodies, and one for every thousand seats that the boards have had.
 */
export async function readOwing(records: RecordStore, days: Term | null): Promise<string[]> {
  if (days === null) return [];
  const owing = new Set<string>();
  const upTo = days.to === null ? {} : { upTo: `${days.to}$` };
  for await (const bodies of allPages(records, { partition: listPartition('bodies'), ...upTo })) {
    for (const body of bodies.map(item => item.data as unknown as Body & { readonly id: string })) {
      if (body.kind !== 'board-of-directors') continue;
      const partition = listPartition(seatLists.ofBody(body.id));
      for await (const items of allPages(records, { partition, ...upTo }, 1000)) {
        for (const seat of items.map(item => item.data as unknown as Seat))
          if (owesDeclaration(seat, body, days)) owing.add(seat.personId);
      }
    }
  }
  return [...owing].sort();
}
