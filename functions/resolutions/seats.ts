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

/** Everybody with a voting seat, once. One query for every thousand seats. */
export async function readVoters(records: RecordStore, bodyId: string, on: PlainDate): Promise<string[]> {
  const voters = new Set<string>();
  for await (const items of allPages(
    records,
    { partition: listPartition(seatLists.ofBody(bodyId)), upTo: `${on}$` },
    1000,
  )) {
    for (const { personId, voting, term } of items.map(item => item.data as unknown as Seat)) {
      if (voting && covers(term, on)) voters.add(personId);
    }
  }
  return [...voters];
}

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

/** @returns the caller's person. @throws {NotAllowedError} without a voting seat in the body. */
export async function demandVoter(
  records: RecordStore,
  caller: Caller,
  bodyId: string,
  on: PlainDate,
): Promise<string> {
  if (caller.personId === null) throw new NotFoundError();
  if ((await ownSeats(records, caller, bodyId, on)).some(({ voting }) => voting)) return caller.personId;
  throw new NotAllowedError('Only those who hold a voting seat in the body may do this.');
}

/** @returns the caller's person. @throws {NotAllowedError} without a chair of the body or its secretary's office. */
export async function demandLeader(
  records: RecordStore,
  caller: Caller,
  bodyId: string,
  on: PlainDate,
): Promise<string> {
  if (caller.personId === null) throw new NotFoundError();
  if (may(caller, 'lead every body')) return caller.personId;
  if ((await ownSeats(records, caller, bodyId, on)).some(({ office }) => leaders.has(office))) return caller.personId;
  throw new NotAllowedError("Only the body's chair or secretary, or the secretary of the organisation, may do this.");
}

/** @returns the caller's person. @throws {NotAllowedError} who neither votes in the body nor leads it. */
export async function demandAuthor(
  records: RecordStore,
  caller: Caller,
  bodyId: string,
  on: PlainDate,
): Promise<string> {
  if (caller.personId === null) throw new NotFoundError();
  if (may(caller, 'lead every body')) return caller.personId;
  const seats = await ownSeats(records, caller, bodyId, on);
  if (seats.some(({ voting, office }) => voting || leaders.has(office))) return caller.personId;
  throw new NotAllowedError('Only those who vote in the body, or lead it, may do this.');
}
