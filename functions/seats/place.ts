/** The item of the store on which two seats for the same place conflict. */
import { type Place, placeOf, type Seat, takePlace } from '../../shared/core/bodies.ts';
import { pointerKey } from '../../shared/core/records.ts';
import type { JsonObject, RecordStore, Write } from '../../shared/ports/recordStore.ts';

/**
 * Takes the seat's place for its term, or changes the term in which the seat takes it.
 * @throws {StateConflictError} the place is taken.
 */
export async function writePlace(records: RecordStore, seatId: string, seat: Seat): Promise<Write> {
  const key = pointerKey('place', placeOf(seat));
  const item = await records.get(key);
  const place = takePlace((item?.data as unknown as Place | undefined) ?? { terms: [] }, seatId, seat.term);
  return {
    put: { key, version: (item?.version ?? 0) + 1, data: place as unknown as JsonObject },
    expect: item === undefined ? 'absent' : { version: item.version },
  };
}
