/** Resolutions: what bodies decide, by which rule, with which votes. */
import * as z from 'zod/mini';
import { cursor, date, historyOf, id, limit, on, pageOf, proofState, reason, year } from './fields.ts';
import { exampleEntry, exampleMotion, exampleResolution, exampleRules } from './resolutionExamples.ts';
import { confidential, entry, link, motionInput, resolution, shownText, textEntry } from './resolutionFields.ts';
import { resource } from './route.ts';
import { ruleSet } from './voteFields.ts';

const bodyParams = z.strictObject({ bodyId: id });

const shownRules = z
  .strictObject({
    ...ruleSet,
    from: z.nullable(date).check(z.describe('Since when; null for what holds where a body has recorded none.')),
    history: historyOf(z.strictObject({ ...ruleSet, from: date })),
    version: z.int().check(z.minimum(0)),
    proof: proofState,
  })
  .check(z.meta({ id: 'RuleSet' }));
const provesRules = { kind: 'rulebook', id: '{bodyId}' } as const;

export const resolutionParams = z.strictObject({ resolutionId: id });
const params = resolutionParams;
const proves = { kind: 'resolution', id: '{resolutionId}' } as const;

/** A command on one resolution. */
export const resolutionCommand = {
  params,
  answer: resolution,
  status: 200,
  proves,
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
    answer: shownRules,
    status: 200,
    proves: provesRules,
    example: { answer: { ...exampleRules, from: null, history: [], version: 0, proof: null } },
  },
  updateRules: {
    method: 'PUT',
    path: '/v1/bodies/{bodyId}/rules',
    summary: 'Record the rules by which a body decides from a day on',
    params: bodyParams,
    body: z.strictObject({ ...ruleSet, from: date, reason }),
    answer: shownRules,
    status: 200,
    command: 'updates',
    proves: provesRules,
    errors: ['state-conflict'],
    example: {
      body: { ...exampleRules, from: '2024-01-01', reason: 'Adopted with the bylaws.' },
      answer: {
        ...exampleRules,
        from: '2024-01-01',
        history: [{ ...exampleRules, from: '2024-01-01' }],
        version: 1,
        proof: 'pending',
      },
    },
  },
  listRegister: {
    method: 'GET',
    path: '/v1/bodies/{bodyId}/register',
    summary: 'List what a body has adopted in a year, by number',
    params: bodyParams,
    description:
      'Of what the body keeps confidential there are the number, when it was adopted, what later became of it, the reason and the date of review; nothing else for those who may not see it.',
    query: z.strictObject({ year, limit, cursor }),
    answer: pageOf(entry),
    status: 200,
    example: { answer: { items: [exampleEntry], next: null } },
  },
  listEnded: {
    method: 'GET',
    path: '/v1/bodies/{bodyId}/ended',
    summary: 'List what failed, or was put aside, in a year, the latest first',
    description: 'Members see what failed in a vote; what was put aside is for the body.',
    params: bodyParams,
    query: z.strictObject({ year, limit, cursor }),
    answer: pageOf(entry),
    status: 200,
    example: { answer: { items: [], next: null } },
  },
  listFollowUps: {
    method: 'GET',
    path: '/v1/bodies/{bodyId}/follow-ups',
    summary: 'List what is still to be done of what a body has adopted, by its due date',
    params: bodyParams,
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(entry),
    status: 200,
    example: { answer: { items: [], next: null } },
  },
  listConfidential: {
    method: 'GET',
    path: '/v1/confidential-resolutions',
    summary: 'List what bodies keep confidential, by the date of its review',
    description: 'Of bodies whose confidential resolutions you may not see there are the numbers of what they adopted.',
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(entry),
    status: 200,
    example: { answer: { items: [], next: null } },
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
    proves: { kind: 'resolution' },
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
    proves,
    example: { answer: exampleResolution },
  },
  listTexts: {
    method: 'GET',
    path: '/v1/resolutions/{resolutionId}/texts',
    summary: 'List the texts that a motion has had, the latest first, each with its differences to the one before',
    description: 'Ten at most on a page.',
    params,
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(textEntry),
    status: 200,
    example: {
      answer: {
        items: [
          {
            textVersion: 2,
            textHash: exampleResolution.textHash,
            at: '2024-02-09T17:00:00.000Z',
            by: exampleResolution.author,
            amendment: null,
            changes: {
              title: [{ kind: 'same', text: exampleMotion.title }],
              preamble: [],
              text: [
                { kind: 'same', text: '1. The board ' },
                { kind: 'removed', text: 'notes' },
                { kind: 'added', text: 'approves' },
                { kind: 'same', text: ' the Year in Review 2023.' },
              ],
            },
          },
        ],
        next: null,
      },
    },
  },
  getInForce: {
    method: 'GET',
    path: '/v1/resolutions/{resolutionId}/in-force',
    summary: 'Read whether an adopted resolution holds, today or on a day, how it reads then, and by what',
    params,
    query: z.strictObject({ on }),
    answer: z
      .strictObject({
        on: date,
        holds: z.boolean(),
        since: z.nullable(date).check(z.describe('From when on; null for what was never adopted.')),
        text: z
          .nullable(shownText)
          .check(z.describe('As it reads on that day, or read last; null before, and where you may not see it.')),
        amended: z.nullable(link).check(z.describe('What made the text; null while it reads as it was adopted.')),
        ended: z.nullable(link).check(z.describe('What rescinded or superseded it.')),
        changes: z.array(link).check(z.describe('What this resolution changes, in the order of its effects.')),
        changedBy: z.array(link).check(z.describe('What later resolutions did to it, in the order of their adoption.')),
      })
      .check(z.meta({ id: 'InForce' })),
    status: 200,
    example: {
      answer: {
        on: '2024-03-01',
        holds: true,
        since: '2024-02-09',
        text: { title: exampleMotion.title, preamble: exampleMotion.preamble, text: exampleMotion.text },
        amended: null,
        ended: null,
        changes: [],
        changedBy: [],
      },
    },
  },
  updateResolution: {
    ...resolutionCommand,
    method: 'PUT',
    path: '/v1/resolutions/{resolutionId}',
    summary: 'Change the text before the vote; it has to be moved and seconded anew',
    body: motionInput,
    example: { body: exampleMotion, answer: exampleResolution },
  },
  moveResolution: {
    ...resolutionCommand,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/move',
    summary: 'Move a draft',
    example: { answer: exampleResolution },
  },
  secondResolution: {
    ...resolutionCommand,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/second',
    summary: 'Second a motion of somebody else',
    example: { answer: exampleResolution },
  },
  withdrawResolution: {
    ...resolutionCommand,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/withdraw',
    summary: 'Take back your motion before the vote',
    body: z.strictObject({ reason }),
    example: { body: { reason: 'It is not needed any more.' }, answer: exampleResolution },
  },
  putAsideResolution: {
    ...resolutionCommand,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/put-aside',
    summary: 'Postpone a motion, or refer it to a body',
    body: z.strictObject({
      reason,
      to: z.nullable(id).check(z.describe('The body it is referred to; null to postpone it.')),
    }),
    example: { body: { reason: 'Figures are missing.', to: null }, answer: exampleResolution },
  },
  takeUpResolution: {
    ...resolutionCommand,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/take-up',
    summary: 'Take up again what was postponed or referred',
    example: { answer: exampleResolution },
  },
  recordFollowUp: {
    ...resolutionCommand,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/follow-up',
    summary: 'Record that what had to be done is done, or is not',
    description: 'For the person whom the resolution names, and for whoever leads the body.',
    body: z.strictObject({ done: z.boolean(), note: reason.check(z.describe('What was done, or why it is not.')) }),
    example: { body: { done: true, note: 'Published on the website.' }, answer: exampleResolution },
  },
  changeConfidentiality: {
    ...resolutionCommand,
    method: 'PUT',
    path: '/v1/resolutions/{resolutionId}/confidentiality',
    summary: 'Keep a resolution confidential, as long as it is not public; or lift that, for good',
    body: z.strictObject({ confidential: z.nullable(confidential).check(z.describe('Null to lift it.')), reason }),
    example: {
      body: {
        confidential: { reason: 'It concerns the employment of one person.', reviewOn: '2025-02-09' },
        reason: 'Decided in closed session.',
      },
      answer: exampleResolution,
    },
  },
});
