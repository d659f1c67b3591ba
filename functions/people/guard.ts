/** Keeps a keeper of the registers from taking another officer's sign-in, and with it that officer's name. */
import { authorise, type Caller, isController, isOfficer } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { Person } from '../../shared/core/people.ts';
import type { Stored } from '../../shared/core/records.ts';
import { heldSeats } from '../../shared/http/identify.ts';
import { readToday } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/**
 * For a person who governs, keeps or controls the book, or will: only an administrator may change how the person signs in.
 * A keeper may still invite a new officer who cannot sign in yet, but never a controller.
 *
 * @throws {NotAllowedError}
 */
export async function guardSignIn(
  records: RecordStore,
  caller: Caller,
  { id, data }: Stored<Person>,
  now: Instant,
): Promise<void> {
  const today = await readToday(records, now);
  const seats = await heldSeats(id, records, today);
  const canSignIn = data.email !== null || data.identity !== null;
  const isGuarded = seats.some(({ office }) => isController(office)) || (canSignIn && isOfficer(seats, today));
  if (isGuarded) authorise(caller, 'change the sign-in of officers');
}
