/** Events: every change to every record, for those who control the book. */
import * as z from 'zod/mini';
import { recordKinds } from '../core/records.ts';
import { cursor, id, instant, limit, pageOf } from './fields.ts';
import { resource } from './route.ts';

const kind = z.enum(recordKinds);

/** Which record. */
export const recordParams = z.strictObject({
  kind,
  recordId: z
    .string()
    .check(
      z.regex(/^[0-9a-z-]{1,60}(~[0-9a-z-]{1,60}){0,2}$/, 'Must be the identifier of a record.'),
      z.describe('A UUIDv7, or what else a record of its kind is named by, such as us-irs-return~2023-12-31.'),
    ),
});

const told = {
  id,
  at: instant,
  by: z
    .nullable(id)
    .check(z.describe('The person who acted; null for the founding, and for what the system does by itself.')),
  operation: z.string(),
  record: z.strictObject({ kind, id: z.string(), version: z.int() }),
  reason: z.nullable(z.string()),
};
const entry = z.strictObject(told).check(z.meta({ id: 'EventEntry' }));

export const event = z
  .strictObject({
    ...told,
    changes: z.array(z.strictObject({ field: z.string(), from: z.json(), to: z.json() })),
    erased: z
      .optional(z.array(z.string()))
      .check(z.describe('Fields whose values stood here and were erased. Nothing proves any more what they were.')),
  })
  .check(z.meta({ id: 'Event' }));

export const exampleEntry = {
  id: '01890a5d-ac96-774b-bcce-b302099a8061',
  at: '2024-02-09T17:00:00.000Z',
  by: '01890a5d-ac96-774b-bcce-b302099a8058',
  operation: 'publishDisclosure',
  record: { kind: 'disclosure', id: '01890a5d-ac96-774b-bcce-b302099a8060', version: 2 },
  reason: null,
};

export const eventsRoutes = resource({
  listEvents: {
    method: 'GET',
    path: '/v1/events/{kind}/{recordId}',
    summary: 'List the events of one record, the latest first',
    params: recordParams,
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(event),
    status: 200,
    example: {
      answer: {
        items: [{ ...exampleEntry, changes: [{ field: 'publishAt', from: null, to: '2024-02-09T17:00:00.000Z' }] }],
        next: null,
      },
    },
  },
  listBookEvents: {
    method: 'GET',
    path: '/v1/events',
    summary: 'List all events of the book in one month, the latest first',
    description: 'What changed stands with the events of each record.',
    query: z.strictObject({
      month: z
        .optional(z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Must be a month, such as 2024-02.')))
        .check(z.describe('In UTC; this month when absent.')),
      limit,
      cursor,
    }),
    answer: pageOf(entry),
    status: 200,
    example: { answer: { items: [exampleEntry], next: null } },
  },
});
