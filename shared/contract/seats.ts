/** Seats: who holds which office in which body, from one day to another. */
import * as z from 'zod/mini';
import { offices } from '../core/authorisation.ts';
import { cursor, date, id, limit, line, on, pageOf, proofState, reason, version } from './fields.ts';
import { exampleProofOf } from './proofExample.ts';
import { resource } from './route.ts';

const term = {
  from: date.check(z.describe('First day.')),
  to: z.nullable(date).check(z.describe('Last day; null while no end is known.')),
};

const facts = {
  office: z.enum(offices),
  title: z.nullable(line(100)).check(z.describe('What the office is called here; null for its plain name.')),
  voting: z.boolean(),
};

const weight = z
  .int()
  .check(
    z.minimum(1),
    z.maximum(1_000_000),
    z.describe('How many votes it has; 1 unless the rules of the body say otherwise.'),
  );
const group = z
  .nullable(line(80))
  .check(z.describe('The group of the body that it belongs to, such as a region, where majorities of groups count.'));

const entry = z
  .strictObject({ id, bodyId: id, person: z.strictObject({ id, name: line(200) }), ...facts, weight, group, ...term })
  .check(z.meta({ id: 'SeatEntry' }));

const seat = z
  .strictObject({
    ...entry.shape,
    term: z
      .strictObject(term)
      .check(z.describe('For which it was given; `from` and `to` are the part of it in which the body exists.')),
    version,
    proof: proofState,
  })
  .check(z.meta({ id: 'Seat' }));

const exampleEntry = {
  id: '01890a5d-ac96-774b-bcce-b302099a8059',
  bodyId: '01890a5d-ac96-774b-bcce-b302099a8057',
  person: { id: '01890a5d-ac96-774b-bcce-b302099a8058', name: 'Jamie Boex' },
  office: 'member',
  title: 'Executive Director',
  voting: false,
  weight: 1,
  group: null,
  from: '2022-01-14',
  to: null,
};
const exampleSeat = {
  ...exampleEntry,
  term: { from: '2022-01-14', to: null },
  version: 1,
  proof: exampleProofOf('seat', exampleEntry.id, 1),
};

const proves = { kind: 'seat', id: '{seatId}' } as const;

export const seatsRoutes = resource({
  listSeats: {
    method: 'GET',
    path: '/v1/bodies/{bodyId}/seats',
    summary: 'List the seats of a body, today or on a day, the longest held first',
    params: z.strictObject({ bodyId: id }),
    query: z.strictObject({ on, limit, cursor }),
    answer: pageOf(entry),
    status: 200,
    example: { answer: { items: [exampleEntry], next: null } },
  },
  getSeat: {
    method: 'GET',
    path: '/v1/seats/{seatId}',
    summary: 'Read one seat',
    params: z.strictObject({ seatId: id }),
    answer: seat,
    status: 200,
    proves,
    example: { answer: exampleSeat },
  },
  createSeat: {
    method: 'POST',
    path: '/v1/bodies/{bodyId}/seats',
    summary: 'Seat a person in a body',
    description:
      'A person holds one office of a body once at a time; chair, secretary and treasurer are held by one person at a time. Seats of auditors and administrators are given by administrators only.',
    params: z.strictObject({ bodyId: id }),
    body: z.strictObject({
      personId: id,
      ...facts,
      weight: z._default(weight, 1),
      group: z._default(group, null),
      ...term,
    }),
    answer: seat,
    status: 201,
    command: 'creates',
    proves: { kind: 'seat' },
    errors: ['state-conflict'],
    example: {
      body: {
        personId: exampleSeat.person.id,
        office: 'member',
        title: 'Executive Director',
        voting: false,
        from: '2022-01-14',
        to: null,
      },
      answer: { ...exampleSeat, proof: 'pending' },
    },
  },
  endSeat: {
    method: 'POST',
    path: '/v1/seats/{seatId}/end',
    summary: 'End a seat early',
    description: 'The seat stays on record and still answers for the days on which it was held.',
    params: z.strictObject({ seatId: id }),
    body: z.strictObject({ lastDay: date, reason }),
    answer: seat,
    status: 200,
    command: 'updates',
    proves,
    errors: ['state-conflict'],
    example: {
      body: { lastDay: '2024-06-30', reason: 'Resigned.' },
      answer: {
        ...exampleSeat,
        to: '2024-06-30',
        term: { from: '2022-01-14', to: '2024-06-30' },
        version: 2,
        proof: 'pending',
      },
    },
  },
});
