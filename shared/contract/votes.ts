/** Votes on resolutions: who is entitled, ballots, recusals, counts. */
import * as z from 'zod/mini';
import { cursor, id, instant, instantInput, limit, line, pageOf, proofState } from './fields.ts';
import { exampleBallot, exampleRecusal, exampleResolution } from './resolutionExamples.ts';
import { resolutionCommand as command, resolutionParams as params } from './resolutions.ts';
import { resource } from './route.ts';
import { actor, ruleName, said, who } from './voteFields.ts';

/** What one voter does: it stands beside the resolution, so nobody has to have read the resolution's last version. */
const act = { params, status: 200, command: 'creates', errors: ['state-conflict', 'not-found'] } as const;

const ballot = z
  .strictObject({
    person: actor,
    choice: said,
    at: instant,
    weight: z.int(),
    group: z.nullable(z.string()),
    byProxy: z.boolean(),
    /** Null, too, for those who are not told whose ballot it is: the proof tells it. */
    proof: proofState,
  })
  .check(z.meta({ id: 'Ballot' }));

const recusal = z.strictObject({ person: who, facts: z.string(), at: instant }).check(z.meta({ id: 'Recusal' }));

const facts = line(2000).check(z.describe('The interest, and all that the others should know of it.'));

export const votesRoutes = resource({
  openVote: {
    ...command,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/open',
    summary: 'Open the vote: whoever holds a voting seat in the body now is entitled',
    body: z.strictObject({
      closesAt: instantInput,
      rule: z._default(ruleName, 'ordinary'),
      meetingId: z
        ._default(z.nullable(id), null)
        .check(z.describe('A meeting of the body that is open now: whoever is there at the end takes part.')),
    }),
    example: {
      body: { closesAt: '2024-02-09T18:00:00Z', rule: 'ordinary', meetingId: null },
      answer: exampleResolution,
    },
  },
  castVote: {
    ...act,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/vote',
    summary:
      'Vote, for yourself or for somebody whose proxy you are; voting again before the end replaces the vote before',
    description:
      'Of a secret vote nobody, not even you, is shown later how you voted. Send a random Idempotency-Key, such as a UUID: one that can be guessed could help to guess your vote for a day.',
    body: z.strictObject({
      choice: said,
      for: z.optional(id).check(z.describe('The voter whose proxy you are; yourself when absent.')),
    }),
    answer: z
      .strictObject({ choice: z.nullable(said).check(z.describe('Null in secret votes.')), at: instant })
      .check(z.meta({ id: 'CastBallot' })),
    example: { body: { choice: 'yes' }, answer: { choice: 'yes', at: '2024-02-09T17:30:00.000Z' } },
  },
  giveProxy: {
    ...act,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/proxy',
    summary: 'Let somebody else vote for you, or take that back',
    description: 'You may still vote yourself. The last ballot counts, whoever of you cast it.',
    body: z.strictObject({ to: z.nullable(id).check(z.describe('A person of the book; null to take it back.')) }),
    answer: z.strictObject({ to: z.nullable(id), at: instant }).check(z.meta({ id: 'Proxy' })),
    example: {
      body: { to: exampleBallot.person.id },
      answer: { to: exampleBallot.person.id, at: '2024-02-09T17:30:00.000Z' },
    },
  },
  recuse: {
    ...act,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/recuse',
    summary:
      'Step aside from this decision because of an interest; a vote that you cast is void, and there is no way back',
    body: z.strictObject({ facts }),
    answer: z.strictObject({ facts: z.string(), at: instant }).check(z.meta({ id: 'OwnRecusal' })),
    example: {
      body: { facts: exampleRecusal.facts },
      answer: { facts: exampleRecusal.facts, at: exampleRecusal.at },
    },
  },
  listRecusals: {
    method: 'GET',
    path: '/v1/resolutions/{resolutionId}/recusals',
    summary: 'Read how many stepped aside; who, and why, for the body, the secretary and auditors',
    params,
    query: z.strictObject({ limit, cursor }),
    answer: z.strictObject({ ...pageOf(recusal).shape, count: z.int() }),
    status: 200,
    example: { answer: { items: [exampleRecusal], next: null, count: 1 } },
  },
  closeVote: {
    ...command,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/close',
    summary: 'Close the vote now; it is counted within a minute',
    example: { answer: exampleResolution },
  },
  decideTie: {
    ...command,
    method: 'POST',
    path: '/v1/resolutions/{resolutionId}/casting-vote',
    summary: 'Decide as the chair between as many for as against, or leave it undecided',
    body: z.strictObject({ choice: z.nullable(z.enum(['yes', 'no'])) }),
    example: { body: { choice: 'yes' }, answer: exampleResolution },
  },
  listBallots: {
    method: 'GET',
    path: '/v1/resolutions/{resolutionId}/ballots',
    summary: 'List who voted how in an open ballot',
    description:
      'Members see it while the vote is open; afterwards whoever may see the resolution, with names where the body publishes its seats.',
    params,
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(ballot),
    status: 200,
    errors: ['state-conflict'],
    example: { answer: { items: [exampleBallot], next: null } },
  },
});
