/** Bodies of the organisation. */
import * as z from 'zod/mini';
import { bodyKinds } from '../core/authorisation.ts';
import { cursor, date, historyOf, id, limit, line, markdown, on, pageOf, proofState, version } from './fields.ts';
import { exampleProofOf } from './proofExample.ts';
import { resource } from './route.ts';

const facts = {
  name: line(200),
  purpose: markdown(2000),
  parentBodyId: z.nullable(id),
};

const from = date.check(z.describe('Since when its name, purpose and parent are these.'));

const entry = z
  .strictObject({
    id,
    kind: z.enum(bodyKinds),
    ...facts,
    established: date,
    dissolved: z.nullable(date).check(z.describe('Its last day; null while it exists.')),
    publishesSeats: z.boolean().check(z.describe('Whether the public may see who sits in it.')),
    from,
    version,
  })
  .check(z.meta({ id: 'BodyEntry' }));

const body = z
  .strictObject({ ...entry.shape, history: historyOf(z.strictObject({ ...facts, from })), proof: proofState })
  .check(z.meta({ id: 'Body' }));

const params = z.strictObject({ bodyId: id });

const boardId = '01890a5d-ac96-774b-bcce-b302099a8057';
const exampleFacts = { name: 'Board of Directors', purpose: 'Governs the organisation.', parentBodyId: null };
const exampleNew = {
  kind: 'board-of-directors',
  ...exampleFacts,
  established: '2022-01-14',
  publishesSeats: true,
};
const exampleEntry = { id: boardId, ...exampleNew, dissolved: null, from: '2022-01-14', version: 1 };
const exampleBody = {
  ...exampleEntry,
  history: [{ ...exampleFacts, from: '2022-01-14' }],
  proof: exampleProofOf('body', boardId, 1),
};

const proves = { kind: 'body', id: '{bodyId}' } as const;

export const bodiesRoutes = resource({
  listBodies: {
    method: 'GET',
    path: '/v1/bodies',
    summary: 'List the bodies that exist, today or on a day, the oldest first',
    query: z.strictObject({ on, limit, cursor }),
    answer: pageOf(entry),
    status: 200,
    example: { answer: { items: [exampleEntry], next: null } },
  },
  getBody: {
    method: 'GET',
    path: '/v1/bodies/{bodyId}',
    summary: 'Read one body, today or on a day',
    params,
    query: z.strictObject({ on }),
    answer: body,
    status: 200,
    proves,
    example: { answer: exampleBody },
  },
  createBody: {
    method: 'POST',
    path: '/v1/bodies',
    summary: 'Record a body',
    body: z.strictObject({ kind: z.enum(bodyKinds), ...facts, established: date, publishesSeats: z.boolean() }),
    answer: body,
    status: 201,
    command: 'creates',
    proves: { kind: 'body' },
    example: { body: exampleNew, answer: { ...exampleBody, proof: 'pending' } },
  },
  updateBody: {
    method: 'PUT',
    path: '/v1/bodies/{bodyId}',
    summary: 'Record facts about a body that hold from a day on, or its end',
    params,
    body: z.strictObject({
      ...facts,
      from: date.check(z.describe('The first day on which these facts hold.')),
      dissolved: z.nullable(date).check(z.describe('Its last day; its seats end with it.')),
      publishesSeats: z.boolean(),
    }),
    answer: body,
    status: 200,
    command: 'updates',
    proves,
    errors: ['state-conflict'],
    example: {
      body: { ...exampleFacts, from: '2024-01-01', dissolved: null, publishesSeats: true },
      answer: {
        ...exampleBody,
        from: '2024-01-01',
        history: [...exampleBody.history, { ...exampleFacts, from: '2024-01-01' }],
        version: 2,
        proof: 'pending',
      },
    },
  },
});
