/** Loads a seat, with its body, for a caller. */
import { type Caller, may } from '../../shared/core/authorisation.ts';
import type { Body, Seat } from '../../shared/core/bodies.ts';
import type { Stored } from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { readRecord } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** Two reads. @throws {NotFoundError} there is none, or the caller may not see who sits in its body: the two do not differ. */
export async function loadVisible(
  records: RecordStore,
  id: string,
  caller: Caller,
): Promise<{ readonly seat: Stored<Seat>; readonly body: Body }> {
  const seat = await readRecord<Seat>(records, 'seat', id);
  const { data: body } = await readRecord<Body>(records, 'body', seat.data.bodyId);
  if (!body.publishesSeats && !may(caller, 'see unpublished seats')) throw new NotFoundError();
  return { seat, body };
}
