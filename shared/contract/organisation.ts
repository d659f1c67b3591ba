/** The organisation whose book this is. */
import * as z from 'zod';
import { isFiscalYearEnd } from '../core/organisation.ts';
import { date, line, markdown, on, timeZone, version, webAddress } from './fields.ts';
import { resource } from './route.ts';

export const profile = z.strictObject({
  legalName: line(200),
  shortName: line(40).nullable(),
  jurisdiction: z.strictObject({
    code: z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'Must be an ISO 3166-2 code, such as US-VA.'),
    name: line(100),
  }),
  incorporatedOn: date,
  taxStatus: line(60).nullable(),
  ein: z
    .string()
    .regex(/^\d{2}-\d{7}$/, 'Must look like 12-3456789.')
    .nullable()
    .describe('Employer Identification Number'),
  fiscalYearEnd: z.string().refine(isFiscalYearEnd, 'Must be a month and day, such as 12-31.'),
  timeZone,
  mission: markdown(5000),
  website: webAddress.nullable(),
  demonstration: z.boolean().describe('True while the book holds invented data.'),
});

const organisation = z
  .strictObject({ ...profile.shape, from: date.describe('Since when these facts hold.'), version })
  .meta({ id: 'Organisation' });

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

export const organisationRoutes = resource({
  getOrganisation: {
    method: 'GET',
    path: '/v1/organisation',
    summary: 'Read who the organisation is, today or on a day',
    query: z.strictObject({ on }),
    answer: organisation,
    status: 200,
    example: { answer: { ...exampleProfile, from: '2022-01-14', version: 1 } },
  },
  updateOrganisation: {
    method: 'PUT',
    path: '/v1/organisation',
    summary: 'Record facts about the organisation that hold from a day on',
    description: 'The facts that held before stay on record and answer for earlier days.',
    body: z.strictObject({ ...profile.shape, from: date.describe('The first day on which these facts hold.') }),
    answer: organisation,
    status: 200,
    command: 'updates',
    example: {
      body: { ...exampleProfile, from: '2024-01-01' },
      answer: { ...exampleProfile, from: '2024-01-01', version: 2 },
    },
  },
});
