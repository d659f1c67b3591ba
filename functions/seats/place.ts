/** The items of the store on which seats that exclude each other conflict. */
import { keepAdministrated, type Place, placeOf, type Seat, takePlace } from '../../shared/core/bodies.ts';
import { administratorsKey, pointerKey, replaceItem } from '../../shared/core/records.ts';
import type { JsonObject, Key, RecordStore, Write } from '../../shared/ports/recordStore.ts';

/**
 * Takes the seat's place for its term, or changes the term in which the seat takes it.
 * @throws {StateConflictError} the place is taken, or the book would be left without an administrator.
 */
export async function writePlaces(records: RecordStore, seatId: string, seat: Seat): Promise<Write[]> {
  const write = async (key: Key, change: (place: Place) => Place): Promise<Write> => {
    const item = await records.get(key);
    const place = change((item?.data as unknown as Place | undefined) ?? { terms: [] });
    return replaceItem(key, item, place as unknown as JsonObject);
  };
  const taken = await write(pointerKey('place', placeOf(seat)), place => takePlace(place, seatId, seat.term));
  if (seat.office !== 'administrator') return [taken];
  return [taken, await write(administratorsKey, place => keepAdministrated(place, seatId, seat.term))];
}
