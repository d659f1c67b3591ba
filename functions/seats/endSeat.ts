/** The keepers end a seat early; its days stay on record. */

import { seatsRoutes } from '../../shared/contract/seats.ts';
import { authorise, isController } from '../../shared/core/authorisation.ts';
import { type Body, endSeat as end, type Seat, seatRows } from '../../shared/core/bodies.ts';
import { changeRecord, moveRows } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { expectVersion, readRecord } from '../../shared/http/read.ts';
import { readNames } from '../people/readNames.ts';
import { writePlaces } from './place.ts';
import { presentSeat } from './readSeats.ts';

export const endSeat = operation(seatsRoutes.endSeat, async ({ params, body, caller, expected, act }, { records }) => {
  const before = await readRecord<Seat>(records, 'seat', params.seatId);
  expectVersion(before, expected);
  if (isController(before.data.office)) authorise(caller, 'appoint controllers');
  const seat = end(before.data, body.lastDay);
  const { stored, writes } = changeRecord('seat', params.seatId, before, seat, act, body.reason);
  const within = await readRecord<Body>(records, 'body', seat.bodyId);
  const names = await readNames(records, [seat.personId]);
  const presented = presentSeat(stored.id, seat, names.get(seat.personId) ?? '', within.data.term);
  return {
    body: { ...presented, term: seat.term, version: stored.version },
    version: stored.version,
    writes: [
      ...writes,
      ...moveRows(seatRows(before), seatRows(stored)),
      ...(await writePlaces(records, stored.id, seat)),
    ],
  };
});
