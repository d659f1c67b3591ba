/** People, and how they come to be known by their sign-in. */
import * as z from 'zod/mini';
import { roles } from '../core/authorisation.ts';
import { cursor, email, id, instant, limit, line, pageOf, version } from './fields.ts';
import { resource } from './route.ts';

const person = z
  .strictObject({
    id,
    name: line(200),
    email: z.optional(z.nullable(z.email())).check(z.describe('Only for those who may see contact data.')),
    signsIn: z.boolean().check(z.describe('Whether a sign-in is bound to the person.')),
    version,
  })
  .check(z.meta({ id: 'Person' }));

const params = z.strictObject({ personId: id });
const fields = z.strictObject({ name: line(200), email: z.nullable(email) });

const examplePerson = {
  id: '01890a5d-ac96-774b-bcce-b302099a8058',
  name: 'Jamie Boex',
  email: 'jamie@example.org',
  signsIn: true,
  version: 1,
};
const me = z
  .strictObject({
    person: z
      .nullable(z.strictObject({ id, name: line(200) }))
      .check(z.describe('Null when the book does not know the sign-in.')),
    roles: z.array(z.enum(roles)),
  })
  .check(z.meta({ id: 'Me' }));
const exampleMe = {
  person: { id: examplePerson.id, name: examplePerson.name },
  roles: ['public', 'signed-in', 'member'],
};

export const peopleRoutes = resource({
  listPeople: {
    method: 'GET',
    path: '/v1/people',
    summary: 'List people by name',
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(z.strictObject({ id, name: line(200) })),
    status: 200,
    example: { answer: { items: [{ id: examplePerson.id, name: examplePerson.name }], next: null } },
  },
  getPerson: {
    method: 'GET',
    path: '/v1/people/{personId}',
    summary: 'Read one person',
    params,
    answer: person,
    status: 200,
    example: { answer: examplePerson },
  },
  createPerson: {
    method: 'POST',
    path: '/v1/people',
    summary: 'Record a person',
    body: fields,
    answer: person,
    status: 201,
    command: 'creates',
    errors: ['already-exists'],
    example: {
      body: { name: examplePerson.name, email: examplePerson.email },
      answer: { ...examplePerson, signsIn: false },
    },
  },
  updatePerson: {
    method: 'PUT',
    path: '/v1/people/{personId}',
    summary: "Change a person's name or e-mail address",
    params,
    body: fields,
    answer: person,
    status: 200,
    command: 'updates',
    errors: ['already-exists'],
    example: {
      body: { name: examplePerson.name, email: 'jamie.boex@example.org' },
      answer: { ...examplePerson, email: 'jamie.boex@example.org', version: 2 },
    },
  },
  eraseContact: {
    method: 'POST',
    path: '/v1/people/{personId}/erase-contact',
    summary: 'Erase how somebody who left was reached and signed in',
    description:
      'Takes the e-mail address and the sign-in from the record and from all its earlier events. The seals of those events stay in the log, and prove nothing any more. The name stays: it is part of the record of the organisation.',
    params,
    answer: z
      .strictObject({
        erased: z.int().check(z.nonnegative(), z.describe('Events that told of them until now.')),
        remaining: z
          .int()
          .check(z.nonnegative(), z.describe('Events that still do: send the request again while there are any.')),
        version,
      })
      .check(z.meta({ id: 'ErasedContact' })),
    status: 200,
    command: 'updates',
    errors: ['state-conflict'],
    example: { answer: { erased: 2, remaining: 0, version: 4 } },
  },
  invitePerson: {
    method: 'POST',
    path: '/v1/people/{personId}/invite',
    summary: 'Make a code with which the person binds a sign-in',
    description: 'The code is shown once, here. It works once and for 14 days; a new one ends the one before.',
    params,
    answer: z.strictObject({ code: z.string(), expiresAt: instant }).check(z.meta({ id: 'Invitation' })),
    status: 201,
    command: 'updates',
    answeredOnce: true,
    example: {
      answer: { code: 'kQ3vV0r8mX2nT5yB7cJ1wA', expiresAt: '2024-02-23T12:00:00.000Z' },
    },
  },
  acceptInvitation: {
    method: 'POST',
    path: '/v1/invitations/accept',
    summary: 'Bind your sign-in to the person you were invited as',
    body: z.strictObject({ code: z.string().check(z.minLength(1), z.maxLength(100)) }),
    answer: me,
    status: 200,
    command: 'creates',
    errors: ['not-found', 'already-exists', 'state-conflict'],
    example: { body: { code: 'kQ3vV0r8mX2nT5yB7cJ1wA' }, answer: exampleMe },
  },
  getMe: {
    method: 'GET',
    path: '/v1/me',
    summary: 'Read who you are to the book, and the roles you have today',
    answer: me,
    status: 200,
    example: { answer: exampleMe },
  },
});
