/** The register of interests: annual declarations of directors and officers. Nothing of it is public. */
import * as z from 'zod/mini';
import { mostInterests, relations } from '../core/decisions/interests.ts';
import { cursor, date, id, instant, limit, line, on, pageOf, version } from './fields.ts';
import { resource } from './route.ts';

const year = z.string().check(z.regex(/^[1-9]\d{3}$/, 'Must be a year, such as 2026.'), z.describe('A calendar year.'));

const interest = z
  .strictObject({
    party: line(200).check(z.describe('With whom: a person, a company, an authority.')),
    relation: z.enum(relations),
    description: line(500).check(z.describe('What it is, and what it could have to do with the organisation.')),
    from: z.nullable(date).check(z.describe('First day; null when it is not known.')),
    to: z.nullable(date).check(z.describe('Last day; null while it lasts.')),
  })
  .check(z.meta({ id: 'Interest' }));

const interests = z
  .array(interest)
  .check(z.maxLength(mostInterests), z.describe('An empty list declares that there is nothing.'));

const declaration = z
  .strictObject({ personId: id, year, interests, declaredAt: instant, version })
  .check(z.meta({ id: 'InterestDeclaration' }));

const person = z.strictObject({ id, name: line(200) });

const own = z.strictObject({
  year,
  interests,
  declaredAt: z.nullable(instant).check(z.describe('Null while nothing is declared.')),
  version: z.int().check(z.minimum(0), z.describe('0 while nothing is declared; If-Match names it.')),
});

const entry = z
  .strictObject({
    person,
    owed: z.boolean().check(z.describe('Whether the person owes a declaration for the year: others may declare, too.')),
    declaredAt: z.nullable(instant).check(z.describe('Null while it is missing.')),
    interests: z.nullable(z.int()).check(z.describe('How many were declared.')),
  })
  .check(z.meta({ id: 'DeclarationEntry' }));

const registered = z
  .strictObject({
    person,
    declaration: z
      .nullable(declaration)
      .check(z.describe('The latest up to the year of that day; null when there is none.')),
  })
  .check(z.meta({ id: 'RegisteredInterests' }));

const examplePerson = { id: '01890a5d-ac96-774b-bcce-b302099a8058', name: 'Example Director' };
const exampleInterest = {
  party: 'Example Press',
  relation: 'contract' as const,
  description: 'Writes for it; it could print what the organisation publishes.',
  from: '2020-08-15',
  to: null,
};
const exampleOwn = { year: '2026', interests: [exampleInterest], declaredAt: '2026-01-12T15:04:05.000Z', version: 1 };
const exampleDeclaration = { personId: examplePerson.id, ...exampleOwn };

export const interestsRoutes = resource({
  getMyDeclaration: {
    method: 'GET',
    path: '/v1/me/declarations/{year}',
    summary: 'Read what you declared for a year',
    params: z.strictObject({ year }),
    answer: own,
    status: 200,
    example: { answer: exampleOwn },
  },
  declareInterests: {
    method: 'PUT',
    path: '/v1/me/declarations/{year}',
    summary: 'Declare your interests for this year or the last',
    description:
      'A person declares for themselves. To declare again corrects what was declared; the earlier versions stay in the history.',
    params: z.strictObject({ year }),
    body: z.strictObject({ interests }),
    answer: own,
    status: 200,
    command: 'updates',
    example: { body: { interests: [exampleInterest] }, answer: exampleOwn },
  },
  listDeclarations: {
    method: 'GET',
    path: '/v1/declarations',
    summary: 'List who declared interests for a year, and who owes it still',
    description:
      'Owed by whoever holds a voting seat in a board of directors, or is its secretary or treasurer, on a day from 31 January on. For the board and auditors.',
    query: z.strictObject({ year: z.optional(year), limit, cursor }),
    answer: pageOf(entry),
    status: 200,
    example: {
      answer: {
        items: [{ person: examplePerson, owed: true, declaredAt: exampleOwn.declaredAt, interests: 1 }],
        next: null,
      },
    },
  },
  getDeclarationState: {
    method: 'GET',
    path: '/v1/declarations/{year}',
    summary: 'Count how many of those who owe a declaration for a year have made it',
    description: 'What Form 990, Part VI, line 12b asks for, with the records that show it.',
    params: z.strictObject({ year }),
    answer: z.strictObject({
      year,
      owed: z.int(),
      declared: z.int(),
      evidence: z.array(z.string()).check(z.describe('Identifiers of declarations.')),
      missing: z.array(id).check(z.describe('People who owe one.')),
    }),
    status: 200,
    example: {
      answer: { year: '2026', owed: 1, declared: 1, evidence: [`${examplePerson.id}~2026`], missing: [] },
    },
  },
  listInterests: {
    method: 'GET',
    path: '/v1/interests',
    summary: 'Read the register of interests, today or on a day',
    description: 'The latest declaration of everybody who owes one on that day. For the board and auditors.',
    query: z.strictObject({ on, limit, cursor }),
    answer: pageOf(registered),
    status: 200,
    example: { answer: { items: [{ person: examplePerson, declaration: exampleDeclaration }], next: null } },
  },
  listPersonInterests: {
    method: 'GET',
    path: '/v1/people/{personId}/interests',
    summary: 'List what a person declared, the latest year first',
    params: z.strictObject({ personId: id }),
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(declaration),
    status: 200,
    example: { answer: { items: [exampleDeclaration], next: null } },
  },
});
