/** One seat; as if it did not exist for those who may not see who sits in its body. */

import { seatsRoutes } from '../../shared/contract/seats.ts';
import { operation } from '../../shared/http/operation.ts';
import { readNames } from '../people/readNames.ts';
import { loadVisible } from './load.ts';
import { presentSeat } from './readSeats.ts';

export const getSeat = operation(seatsRoutes.getSeat, async ({ params, caller }, { records }) => {
  const { seat: stored, body } = await loadVisible(records, params.seatId, caller);
  const { id, version, data: seat } = stored;
  const names = await readNames(records, [seat.personId]);
  const presented = presentSeat(id, seat, names.get(seat.personId) ?? '', body.term);
  return { body: { ...presented, term: seat.term, version }, version };
});
