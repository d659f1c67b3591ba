/** Who votes in a body, and who leads it, on a day. */
import { type Caller, may, type Office } from '../../shared/core/authorisation.ts';
import { type Body, type Seat, seatLists } from '../../shared/core/bodies.ts';
import { covers, type PlainDate } from '../../shared/core/calendar.ts';
import { listPartition, recordKey } from '../../shared/core/records.ts';
import { NotAllowedError, NotFoundError, StateConflictError } from '../../shared/errors.ts';
import { allPages } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** @throws {StateConflictError} the body is not there on that day. */
export function demandExists({ term }: Body, on: PlainDate): void {
  if (covers(term, on)) return;
  throw new StateConflictError(
    `The body existed from ${term.from} until ${term.to ?? 'now'}; it decides nothing today.`,
  );
}

/** Everybody with a voting seat, once, by the seat that counts for most. One query for every thousand seats. */
export async function readVotingSeats(records: RecordStore, bodyId: string, on: PlainDate): Promise<Seat[]> {
  const seats = new Map<string, Seat>();
  const range = { partition: listPartition(seatLists.ofBody(bodyId)), upTo: `${on}$` };
  for await (const items of allPages(records, range, 1000)) {
    for (const seat of items.map(item => item.data as unknown as Seat)) {
      if (!seat.voting || !covers(seat.term, on)) continue;
      const other = seats.get(seat.personId);
      if (other === undefined || other.weight < seat.weight) seats.set(seat.personId, seat);
    }
  }
  return [...seats.values()];
}

/** Everybody with a voting seat, once. */
export const readVoters = async (...[records, bodyId, on]: Parameters<typeof readVotingSeats>): Promise<string[]> =>
  (await readVotingSeats(records, bodyId, on)).map(({ personId }) => personId);

const leaders: ReadonlySet<Office> = new Set<Office>(['chair', 'co-chair', 'secretary']);

/** None in a body that is not there on the day: its seats end with it. */
async function ownSeats(records: RecordStore, caller: Caller, bodyId: string, on: PlainDate): Promise<Seat[]> {
  const body = await records.get(recordKey('body', bodyId));
  if (body === undefined || !covers((body.data as unknown as Body).term, on)) return [];
  const seats: Seat[] = [];
  const partition = listPartition(seatLists.ofPerson(caller.personId ?? ''));
  for await (const items of allPages(records, { partition }, 1000))
    seats.push(...items.map(item => item.data as unknown as Seat));
  return seats.filter(seat => seat.bodyId === bodyId && covers(seat.term, on));
}

/** Finds the caller's person among those who may do something in a body. */
export type Demand = (records: RecordStore, caller: Caller, bodyId: string, on: PlainDate) => Promise<string>;

/** @param leads whether whoever leads every body may, too. */
const demandSeat =
  (suffices: (seat: Seat) => boolean, leads: boolean, otherwise: string): Demand =>
  async (records, caller, bodyId, on) => {
    if (caller.personId === null) throw new NotFoundError();
    if (leads && may(caller, 'lead every body')) return caller.personId;
    if ((await ownSeats(records, caller, bodyId, on)).some(suffices)) return caller.personId;
    throw new NotAllowedError(otherwise);
  };

const leadsBody = ({ office }: Seat) => leaders.has(office);
const votes = ({ voting }: Seat) => voting;

/** @throws {NotAllowedError} without a voting seat in the body. */
export const demandVoter = demandSeat(votes, false, 'Only those who hold a voting seat in the body may do this.');

/** @throws {NotAllowedError} without a chair of the body or its secretary's office. */
export const demandLeader = demandSeat(
  leadsBody,
  true,
  "Only the body's chair or secretary, or the secretary of the organisation, may do this.",
);

/** @throws {NotAllowedError} without a chair of the body. */
export const demandChair = demandSeat(
  ({ office }) => office === 'chair' || office === 'co-chair',
  false,
  'Only who chairs the body may do this.',
);

/** @throws {NotAllowedError} who neither votes in the body nor leads it. */
export const demandAuthor = demandSeat(
  seat => votes(seat) || leadsBody(seat),
  true,
  'Only those who vote in the body, or lead it, may do this.',
);
