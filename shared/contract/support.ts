/** Grants and supporters, so that everybody sees who funds the organisation, as far as they agreed. */
import * as z from 'zod/mini';
import { type Support, supportKinds, supportProblem } from '../core/support.ts';
import { cursor, date, id, limit, line, listedDate, pageOf, proofState, text, version, year } from './fields.ts';
import { resource } from './route.ts';

/** As much as anybody gives: the sum of thousands of such amounts is still a whole number that JSON carries. */
const mostMinorUnits = 1_000_000_000_000;
const minorUnits = z.int().check(z.minimum(0), z.maximum(mostMinorUnits), z.describe('In minor units, such as cents.'));
const sum = z.int().check(z.minimum(0), z.describe('In minor units, such as cents.'));
const currency = z
  .string()
  .check(z.regex(/^[A-Z]{3}$/, 'Must be a currency such as USD (ISO 4217).'), z.describe('ISO 4217'));
const upTo = z.nullable(minorUnits).check(z.describe('Null where no end is known.'));

const amount = z.union([
  z.strictObject({ amount: minorUnits, currency }),
  z.strictObject({ from: minorUnits, to: upTo, currency }),
]);

const shows = z
  .discriminatedUnion('as', [
    z.strictObject({ as: z.literal('recorded') }),
    z.strictObject({ as: z.literal('range'), from: minorUnits, to: upTo }),
    z.strictObject({ as: z.literal('nothing') }),
  ])
  .check(z.describe('What everybody may see of the amount: as it is recorded, a range that holds it, or nothing.'));

const cited = { documentId: id, version: z.int().check(z.minimum(1)) };

const consentFacts = {
  given: z.boolean().check(z.describe('Whether the supporter agreed to be named. False takes it back at once.')),
  on: z.nullable(date).check(z.describe('When it was given, refused or taken back; null while nobody asked.')),
  shows,
};

const facts = {
  supporter: line(200).check(z.describe('The name, as the supporter wants it.')),
  kind: z.enum(supportKinds),
  amount,
  purpose: line(500),
  period: z
    .nullable(
      z
        .strictObject({ from: date, to: z.nullable(date) })
        .check(
          z.refine(
            (days: { readonly from: string; readonly to: string | null }) => days.to === null || days.from <= days.to,
            'The last day is before the first.',
          ),
        ),
    )
    .check(z.describe('The days for which it is meant.')),
  on: listedDate.check(z.describe('When it was received or agreed.')),
};

const body = z
  .strictObject({
    ...facts,
    consent: z.strictObject({
      ...consentFacts,
      evidence: z.nullable(z.strictObject(cited)).check(z.describe('A version of a document of the archive.')),
    }),
    note: z.nullable(text(2000)).check(z.describe('For the officers; never public.')),
  })
  .check(
    z.superRefine(
      (value: Pick<Support, 'amount'> & { readonly consent: Omit<Support['consent'], 'evidence'> }, context) => {
        const problem = supportProblem({ amount: value.amount, consent: { ...value.consent, evidence: null } });
        if (problem === null) return;
        context.addIssue({ code: 'custom', message: problem.message, path: problem.field.slice(1).split('/') });
      },
    ),
  );

const shown = {
  id,
  ...facts,
  supporter: z.string(),
  amount: z.nullable(amount).check(z.describe('As the supporter agreed; null for nothing.')),
  named: z.boolean().check(z.describe('Whether everybody sees it.')),
  consent: z
    .nullable(
      z.strictObject({ ...consentFacts, evidence: z.nullable(z.strictObject({ ...cited, sha256: z.string() })) }),
    )
    .check(z.describe('Null for the public.')),
};

const entry = z.strictObject({ ...shown, version, proof: proofState }).check(z.meta({ id: 'SupportEntry' }));
const support = z
  .strictObject({
    ...shown,
    note: z.nullable(z.string()).check(z.describe('Null for the public.')),
    version,
    proof: proofState,
  })
  .check(z.meta({ id: 'Support' }));

const page = z.strictObject({
  year: z.string(),
  ...pageOf(entry).shape,
  unnamed: z
    .strictObject({
      supporters: z.int(),
      sums: z.array(z.strictObject({ currency, about: sum })),
    })
    .check(
      z.describe(
        'Supporters of the year that are not named: how many, and, once the year is over, what they and those named without their amount, or with a range, gave together, rounded to two digits. A sum is told only when three or more of them are not named, of exact amounts, and when none gave more than half of it.',
      ),
    ),
  totals: z
    .nullable(
      z.array(
        z
          .strictObject({ currency, from: sum, to: z.nullable(sum), count: z.int() })
          .check(z.describe('From and to differ where ranges were added up.')),
      ),
    )
    .check(z.describe('All of the year, named or not; null for the public.')),
});

const exampleFacts = {
  supporter: 'Example Foundation',
  kind: 'grant' as const,
  purpose: 'Documentation of open standards.',
  period: { from: '2024-01-01', to: '2024-12-31' },
  on: '2024-01-15',
};
const exampleAmount = { amount: 2_500_000, currency: 'USD' };
const exampleRange = { as: 'range' as const, from: 2_000_000, to: 5_000_000 };
const exampleConsent = { given: true, on: '2024-01-15', shows: exampleRange, evidence: null };
const exampleId = '01890a5d-ac96-774b-bcce-b302099a8071';
const exampleBody = { ...exampleFacts, amount: exampleAmount, consent: exampleConsent, note: null };
const exampleSupport = { id: exampleId, ...exampleBody, named: true, version: 1, proof: 'pending' as const };
const exampleEntry = {
  id: exampleId,
  ...exampleFacts,
  amount: { from: 2_000_000, to: 5_000_000, currency: 'USD' },
  named: true,
  consent: null,
  version: 1,
  proof: { index: 1204, url: `/v1/log/records/support/${exampleId}/versions/1` },
};

export const supportRoutes = resource({
  listSupport: {
    method: 'GET',
    path: '/v1/support',
    summary: 'List who supported the organisation in a year, the latest first',
    description:
      'Everybody sees supporters that agreed to be named, with the amount or the range that they agreed to, and how many others there are. The board and auditors see all, and totals by currency.',
    query: z.strictObject({ year, limit, cursor }),
    answer: page,
    status: 200,
    proves: { kind: 'support' },
    example: {
      answer: {
        year: '2024',
        items: [exampleEntry],
        next: null,
        unnamed: { supporters: 4, sums: [{ currency: 'USD', about: 120_000 }] },
        totals: null,
      },
    },
  },
  getSupport: {
    method: 'GET',
    path: '/v1/support/{supportId}',
    summary: 'Read what a supporter gave',
    params: z.strictObject({ supportId: id }),
    answer: support,
    status: 200,
    proves: { kind: 'support', id: '{supportId}' },
    example: { answer: { ...exampleEntry, note: null } },
  },
  createSupport: {
    method: 'POST',
    path: '/v1/support',
    summary: 'Record what a supporter gives',
    body,
    answer: support,
    status: 201,
    command: 'creates',
    proves: { kind: 'support' },
    example: { body: exampleBody, answer: exampleSupport },
  },
  updateSupport: {
    method: 'PUT',
    path: '/v1/support/{supportId}',
    summary: 'Correct what is recorded of a supporter, or what they agreed to',
    description: 'A consent that is taken back holds from that moment on; earlier versions stay in the history.',
    params: z.strictObject({ supportId: id }),
    body,
    answer: support,
    status: 200,
    command: 'updates',
    proves: { kind: 'support', id: '{supportId}' },
    example: { body: exampleBody, answer: { ...exampleSupport, version: 2 } },
  },
});
