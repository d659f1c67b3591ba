/** Keeps a keeper of the registers from taking another officer's sign-in, and with it that officer's name. */
import { authorise, type Caller, isController, isOfficer } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { Person } from '../../shared/core/people.ts';
import type { Stored } from '../../shared/core/records.ts';
import { heldSeats } from '../../shared/http/identify.ts';
import { readToday } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/**
 * True for a person whose sign-in only an administrator may change: whoever controls the book, and whoever governs or keeps it
 * and can sign in already. A keeper may still invite a new officer who cannot.
 */
export async function isGuarded(
  records: RecordStore,
  { id, data }: Pick<Stored<Person>, 'id' | 'data'>,
  now: Instant,
): Promise<boolean> {
  const today = await readToday(records, now);
  const seats = await heldSeats(id, records, today);
  const canSignIn = data.email !== null || data.identity !== null;
  return seats.some(({ office }) => isController(office)) || (canSignIn && isOfficer(seats, today));
}

/** @throws {NotAllowedError} */
export async function guardSignIn(
  records: RecordStore,
  caller: Caller,
  person: Stored<Person>,
  now: Instant,
): Promise<void> {
  if (await isGuarded(records, person, now)) authorise(caller, 'change the sign-in of officers');
}
