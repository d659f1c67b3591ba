/** Resolutions: what bodies decide, by which rule, with which votes. */
import * as z from 'zod/mini';
import { choices } from '../core/decisions/resolutions.ts';
import { cursor, date, id, instant, instantInput, limit, on, pageOf, reason } from './fields.ts';
import { exampleBallot, exampleMotion, exampleResolution, exampleRules } from './resolutionExamples.ts';
import { entry, motionInput, resolution, ruleName, ruleSet, who } from './resolutionFields.ts';
import { resource } from './route.ts';

const bodyParams = z.strictObject({ bodyId: id });
const params = z.strictObject({ resolutionId: id });
const command = {
  params,
  answer: resolution,
  status: 200,
  command: 'updates',
  errors: ['state-conflict'],
} as const;

export const resolutionsRoutes = resource({
  getRules: {
    method: 'GET',
    path: '/v1/bodies/{bodyId}/rules',
    summary: 'Read the rules by which a body decides, today or on a day',
    params: bodyParams,
    query: z.strictObject({ on }),
    answer: z
      .strictObject({
        ...ruleSet,
        from: z.nullable(date).check(z.describe('Since when; null for what holds where a body has recorded none.')),
        version: z.int().check(z.minimum(0)),
      })
      .check(z.meta({ id: 'RuleSet' })),
    status: 200,
    example: { answer: { ...exampleRules, from: null, version: 0 } },
  },
  updateRules: {
    method: 'PUT',
    path: '/v1/bodies/{bodyId}/rules',
    summary: 'Record the rules by which a body decides from a day on',
    params: bodyParams,
    body: z.strictObject({ ...ruleSet, from: date, reason }),
    answer: z.strictObject({ ...ruleSet, from: z.nullable(date), version: z.int() }),
    status: 200,
    command: 'updates',
    errors: ['state-conflict'],
    example: {
      body: { ...exampleRules, from: '2024-01-01', reason: 'Adopted with the bylaws.' },
      answer: { ...exampleRules, from: '2024-01-01', version: 1 },
    },
  },
  listRegister: {
    method: 'GET',
    path: '/v1/bodies/{bodyId}/register',
    summary: 'List what a body has adopted in a year, by number',
    params: bodyParams,
    query: z.strictObject({
      year: z
        .optional(z.string().check(z.regex(/^[12]\d{3}$/, 'Must be a year, such as 2023.')))
        .check(z.describe('This year when absent.')),
      limit,
      cursor,
    }),
    answer: pageOf(entry),
    status: 200,
    example: {
      answer: {
        items: [
          {
            id: exampleResolution.id,
            bodyId: exampleResolution.bodyId,
            title: exampleMotion.title,
            number: '2024-001',
            decidedAt: '2024-02-09T18:00:00.000Z',
            closesAt: null,
          },
        ],
        next: null,
      },
    },
  },
  listPending: {
    method: 'GET',
    path: '/v1/bodies/{bodyId}/pending',
    summary: 'List what a body is to decide, the latest first',
    params: bodyParams,
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(entry),
    status: 200,
    example: { answer: { items: [], next: null } },
  },
  createResolution: {
    method: 'POST',
    path: '/v1/bodies/{bodyId}/resolutions',
    summary: 'Draft a resolution',
    params: bodyParams,
    body: motionInput,
    answer: resolution,
    status: 201,
    command: 'creates',
    errors: ['state-conflict', 'not-found'],
    example: { body: exampleMotion, answer: exampleResolution },
  },
  getResolution: {
    method: 'GET',
    path: '/v1/resolutions/{resolutionId}',
    summary: 'Read a resolution, its vote and why it came out as it did',
    params,
    answer: resolution,
    status: 200,
    example: { answer: exampleResolution },
  },
  updateResolution: {
    ...command,
    method: 'PUT',
    path: '/v1/resolutions/{resolutionId}',
    summary: 'Change the text before the vote; it has to be moved and seconded anew',
    body: motionInput,
    example: { body: exampleMotion, answer: exampleResolution },
  },
  moveResolution: {
    ...command,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/move',
    summary: 'Move a draft',
    example: { answer: exampleResolution },
  },
  secondResolution: {
    ...command,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/second',
    summary: 'Second a motion of somebody else',
    example: { answer: exampleResolution },
  },
  withdrawResolution: {
    ...command,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/withdraw',
    summary: 'Take back your motion before the vote',
    body: z.strictObject({ reason }),
    example: { body: { reason: 'It is not needed any more.' }, answer: exampleResolution },
  },
  putAsideResolution: {
    ...command,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/put-aside',
    summary: 'Postpone a motion, or refer it to a body',
    body: z.strictObject({
      reason,
      to: z.nullable(id).check(z.describe('The body it is referred to; null to postpone it.')),
    }),
    example: { body: { reason: 'Figures are missing.', to: null }, answer: exampleResolution },
  },
  openVote: {
    ...command,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/open',
    summary: 'Open the vote: whoever holds a voting seat in the body now is entitled',
    body: z.strictObject({ closesAt: instantInput, rule: z._default(ruleName, 'ordinary') }),
    example: { body: { closesAt: '2024-02-09T18:00:00Z', rule: 'ordinary' }, answer: exampleResolution },
  },
  castVote: {
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/vote',
    summary: 'Vote; voting again before the end replaces the vote before',
    params,
    body: z.strictObject({ choice: z.enum(choices) }),
    answer: z.strictObject({ choice: z.enum(choices), at: instant }).check(z.meta({ id: 'CastBallot' })),
    status: 200,
    command: 'creates',
    errors: ['state-conflict', 'not-found'],
    example: { body: { choice: 'yes' }, answer: { choice: 'yes', at: '2024-02-09T17:30:00.000Z' } },
  },
  closeVote: {
    ...command,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/close',
    summary: 'Close the vote now, and count',
    example: { answer: exampleResolution },
  },
  listBallots: {
    method: 'GET',
    path: '/v1/resolutions/{resolutionId}/ballots',
    summary: 'List who voted how',
    params,
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(
      z.strictObject({ person: who, choice: z.enum(choices), at: instant }).check(z.meta({ id: 'Ballot' })),
    ),
    status: 200,
    example: { answer: { items: [exampleBallot], next: null } },
  },
});
