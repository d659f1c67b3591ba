/** Form 990, Part VI, answered from the book's own records, and the policies that it asks for. */
import * as z from 'zod/mini';
import { isTopic, policiesAskedFor } from '../core/governance/policies.ts';
import { lines, verdicts } from '../core/governance/questions.ts';
import { recordKinds } from '../core/records.ts';
import { cursor, date, id, limit, pageOf, reason, version } from './fields.ts';
import { resource } from './route.ts';

const evidence = z
  .strictObject({
    kind: z.enum(recordKinds),
    id: z.nullable(z.string()).check(z.describe('Null for what you may not see.')),
    title: z.nullable(z.string()),
    date: z.nullable(date),
  })
  .check(z.meta({ id: 'Evidence' }));

const answer = z
  .strictObject({
    line: z.enum(lines),
    question: z.string().check(z.describe('In plain words.')),
    source: z.string(),
    answer: z
      .enum(verdicts)
      .check(
        z.describe(
          '"no": the book shows that it was not so. "unknown": the book does not tell, or the time for it is not over. "not-applicable": the form does not ask, as things are.',
        ),
      ),
    description: z.nullable(z.string()).check(z.describe('How it was done, in words for Schedule O.')),
    evidence: z.array(evidence).check(z.describe('The records that show it.')),
    missing: z.array(z.string()).check(z.describe('What is missing to say yes, and what to do.')),
  })
  .check(z.meta({ id: 'GovernanceAnswer' }));

const topic = z
  .string()
  .check(
    z.refine(isTopic, 'Must be words in lower case, joined by hyphens, such as conflict-of-interest.'),
    z.describe(`What the policy is about. The form asks for ${Object.keys(policiesAskedFor).join(', ')}.`),
  );

const text = {
  documentId: id,
  version: z.int().check(z.minimum(1), z.describe('Of the document.')),
  resolutionId: z.nullable(id).check(z.describe('The resolution that adopted it; null when the book has none.')),
};

const policy = z
  .strictObject({
    topic,
    history: z
      .array(
        z.strictObject({
          from: date,
          text: z.nullable(z.strictObject({ ...text, sha256: z.string() })),
        }),
      )
      .check(z.describe('Which text holds from when on, in order; null from a day on from which there is none.')),
    version,
  })
  .check(z.meta({ id: 'Policy' }));

const exampleText = {
  documentId: '01890a5d-ac96-774b-bcce-b302099a8061',
  version: 1,
  resolutionId: '01890a5d-ac96-774b-bcce-b302099a8062',
};
const examplePolicy = {
  topic: 'conflict-of-interest',
  history: [{ from: '2023-03-01', text: { ...exampleText, sha256: 'a'.repeat(64) } }],
  version: 1,
};

export const governanceRoutes = resource({
  getGovernance: {
    method: 'GET',
    path: '/v1/governance/{end}',
    summary: 'Answer the questions of Form 990, Part VI, for a fiscal year',
    description:
      'From the records of the book, each with those that prove it, or with what is missing to say yes. Policies count as of the end of the year, or of today while it lasts; what the public can have counts as of today. Nothing here is legal advice.',
    params: z.strictObject({ end: date.check(z.describe('The last day of the fiscal year.')) }),
    answer: z.strictObject({
      period: z.strictObject({ from: date, to: date }),
      asOf: date,
      answers: z.array(answer),
    }),
    status: 200,
    example: {
      answer: {
        period: { from: '2023-01-01', to: '2023-12-31' },
        asOf: '2024-02-09',
        answers: [
          {
            line: '13',
            question: 'Was there a written whistleblower policy at the end of the year?',
            source: 'Form 990 (2023), Part VI, line 13',
            answer: 'yes',
            description: null,
            evidence: [{ kind: 'policy', id: 'whistleblower', title: 'whistleblower policy', date: '2023-03-01' }],
            missing: [],
          },
        ],
      },
    },
  },
  listPolicies: {
    method: 'GET',
    path: '/v1/policies',
    summary: 'List the policies of the organisation, by topic',
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(policy),
    status: 200,
    example: { answer: { items: [examplePolicy], next: null } },
  },
  designatePolicy: {
    method: 'PUT',
    path: '/v1/policies/{topic}',
    summary: 'Say which document is the policy on a topic, from a day on',
    description:
      'The document is one of the archive, of the kind "policy"; the resolution is the adopted one that made it the policy, and it holds from that day or earlier. A text of null says that there is none any more. If-Match names version 0 for a topic that has no policy yet.',
    params: z.strictObject({ topic }),
    body: z.strictObject({ from: date, text: z.nullable(z.strictObject(text)), reason }),
    answer: policy,
    status: 200,
    command: 'updates',
    errors: ['state-conflict'],
    example: {
      body: { from: '2023-03-01', text: exampleText, reason: 'Adopted by the board.' },
      answer: examplePolicy,
    },
  },
});
