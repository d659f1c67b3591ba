/** The organisation whose book this is. */
import * as z from 'zod/mini';
import { isFiscalYearEnd, organisationId } from '../core/organisation.ts';
import { date, historyOf, line, markdown, on, proofState, timeZone, version, webAddress } from './fields.ts';
import { exampleProofOf } from './proofExample.ts';
import { resource } from './route.ts';

export const profile = z.strictObject({
  legalName: line(200),
  shortName: z.nullable(line(40)),
  jurisdiction: z.strictObject({
    code: z.string().check(z.regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'Must be an ISO 3166-2 code, such as US-VA.')),
    name: line(100),
  }),
  incorporatedOn: date,
  taxStatus: z.nullable(line(60)),
  ein: z
    .nullable(z.string().check(z.regex(/^\d{2}-\d{7}$/, 'Must look like 12-3456789.')))
    .check(z.describe('Employer Identification Number')),
  fiscalYearEnd: z
    .string()
    .check(
      z.refine(
        isFiscalYearEnd,
        'Must be the last day of a month, such as 12-31 or, in leap years too, 02-28. Fiscal years of 52 or 53 weeks (IRC 441(f)) are not worked out here: name the last day of the month in or near which they end, and move the due date of a filing where theirs differs.',
      ),
      z.describe('The last day of a month; 02-28 means 29 February in leap years.'),
    ),
  timeZone,
  mission: markdown(2000),
  website: z.nullable(webAddress),
  demonstration: z.boolean().check(z.describe('True while the book holds invented data.')),
});

const dated = z.strictObject({ ...profile.shape, from: date.check(z.describe('Since when these facts hold.')) });

const organisation = z
  .strictObject({ ...dated.shape, history: historyOf(dated), version, proof: proofState })
  .check(z.meta({ id: 'Organisation' }));

const exampleProfile = {
  legalName: 'Local Public Sector Alliance',
  shortName: 'LPSA',
  jurisdiction: { code: 'US-VA', name: 'Commonwealth of Virginia' },
  incorporatedOn: '2022-01-14',
  taxStatus: '501(c)(3)',
  ein: null,
  fiscalYearEnd: '12-31',
  timeZone: 'America/New_York',
  mission: 'Inclusive and efficient decentralization and localization.',
  website: null,
  demonstration: true,
};

const exampleProof = exampleProofOf('organisation', organisationId, 1);
const exampleFacts = { ...exampleProfile, from: '2022-01-14' };
const proves = { kind: 'organisation', id: organisationId } as const;

export const organisationRoutes = resource({
  getOrganisation: {
    method: 'GET',
    path: '/v1/organisation',
    summary: 'Read who the organisation is, today or on a day',
    query: z.strictObject({ on }),
    answer: organisation,
    status: 200,
    proves,
    example: { answer: { ...exampleFacts, history: [exampleFacts], version: 1, proof: exampleProof } },
  },
  updateOrganisation: {
    method: 'PUT',
    path: '/v1/organisation',
    summary: 'Record facts about the organisation that hold from a day on',
    description:
      'The facts that held before stay on record and answer for earlier days. The answer is what was recorded, which holds from its `from` on.',
    body: z.strictObject({
      ...profile.shape,
      from: date.check(z.describe('The first day on which these facts hold.')),
    }),
    answer: organisation,
    status: 200,
    command: 'updates',
    proves,
    errors: ['state-conflict'],
    example: {
      body: { ...exampleProfile, from: '2024-01-01' },
      answer: {
        ...exampleProfile,
        from: '2024-01-01',
        history: [exampleFacts, { ...exampleProfile, from: '2024-01-01' }],
        version: 2,
        proof: 'pending',
      },
    },
  },
});
