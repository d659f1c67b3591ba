/** One seat; as if it did not exist for those who may not see who sits in its body. */

import { seatsRoutes } from '../../shared/contract/seats.ts';
import { may } from '../../shared/core/authorisation.ts';
import type { Body, Seat } from '../../shared/core/bodies.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord } from '../../shared/http/read.ts';
import { readNames } from '../people/readNames.ts';
import { presentSeat } from './readSeats.ts';

export const getSeat = operation(seatsRoutes.getSeat, async ({ params, caller }, { records }) => {
  const { id, version, data: seat } = await readRecord<Seat>(records, 'seat', params.seatId);
  const { data: body } = await readRecord<Body>(records, 'body', seat.bodyId);
  if (!body.publishesSeats && !may(caller, 'see unpublished seats')) throw new NotFoundError();
  const names = await readNames(records, [seat.personId]);
  return { body: { ...presentSeat(id, seat, names.get(seat.personId) ?? '', body.term), version }, version };
});
