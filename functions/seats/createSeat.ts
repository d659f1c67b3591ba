/** The keepers seat a person in a body. */
import { seatsRoutes } from '../../shared/contract/seats.ts';
import { authorise, isController } from '../../shared/core/authorisation.ts';
import { type Body, type Seat, seatRows, withinBody } from '../../shared/core/bodies.ts';
import type { Person } from '../../shared/core/people.ts';
import { changeRecord, moveRows, recordKey } from '../../shared/core/records.ts';
import { StateConflictError, wrongField } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord } from '../../shared/http/read.ts';
import { writePlaces } from './place.ts';
import { presentSeat } from './readSeats.ts';

export const createSeat = operation(
  seatsRoutes.createSeat,
  async ({ params, body, caller, act }, { records, newId }) => {
    if (isController(body.office)) authorise(caller, 'appoint controllers');
    const { personId, from, to, ...facts } = body;
    if (to !== null && to < from) throw wrongField('/to', 'The last day is before the first.');
    const { data: within } = await readRecord<Body>(records, 'body', params.bodyId);
    const person = await records.get(recordKey('person', personId));
    if (person === undefined) throw wrongField('/personId', 'There is no such person.');
    if (withinBody({ from, to }, within.term) === null) {
      throw new StateConflictError(`The body existed from ${within.term.from} until ${within.term.to}.`);
    }
    const id = newId();
    const seat: Seat = { bodyId: params.bodyId, personId, ...facts, term: { from, to } };
    const { stored, writes } = changeRecord('seat', id, undefined, seat, act);
    const presented = presentSeat(id, seat, (person.data as unknown as Person).name, within.term);
    return {
      body: { ...presented, term: seat.term, version: stored.version },
      version: stored.version,
      location: `/v1/seats/${id}`,
      writes: [...writes, ...moveRows([], seatRows(stored)), ...(await writePlaces(records, id, seat))],
    };
  },
);
