/** What anyone may inspect, whether everybody can really have it, and who asked for copies. */
import * as z from 'zod/mini';
import { findings } from '../core/filings/availability.ts';
import { waysOfAnswering, waysOfAsking } from '../core/filings/copyRequests.ts';
import { inspectedThings, reasonsForMissing } from '../core/filings/inspection.ts';
import { forms } from '../core/filings/obligations.ts';
import { sha256, size } from './documentSchemas.ts';
import { cursor, date, id, instant, limit, line, listedDate, on, pageOf, text, version, year } from './fields.ts';
import {
  exampleAnswered,
  exampleCopyRequest,
  exampleEntry,
  exampleInspectionSet,
  exampleNewCopyRequest,
} from './inspectionExamples.ts';
import { resource } from './route.ts';

const period = z.nullable(z.strictObject({ from: date, to: date }));

const file = z
  .strictObject({
    documentId: id,
    version: z.int(),
    name: z.string(),
    type: z.string().check(z.describe('Media type')),
    size,
    sha256,
    address: z.string().check(z.describe('Where everybody gets it, free and without signing in.')),
    found: z.strictObject({
      finding: z
        .enum(findings)
        .check(
          z.describe(
            'What came when the book fetched it as anybody would. `same`: the archived bytes. `changed`: others, not all of them, or none because they are known to be others. `missing`: nothing. `refused`: it was not given out. `unreachable`: no answer in time. `unchecked`: not fetched yet.',
          ),
        ),
      at: z.nullable(instant),
    }),
  })
  .check(z.meta({ id: 'InspectionFile' }));

const item = z
  .strictObject({
    what: z.enum(inspectedThings),
    title: z.string(),
    form: z.nullable(z.enum(forms)),
    period: period.check(z.describe('Of a return: the days it is about.')),
    since: date.check(z.describe('The first day on which anyone may inspect it.')),
    until: z.nullable(date).check(z.describe('The last one; null for ever.')),
    filingId: z.nullable(z.string()),
    submission: z.nullable(z.int()).check(z.describe('The number of the submission of the filing, from 1.')),
    files: z.array(file),
  })
  .check(z.meta({ id: 'InspectionItem' }));

const missing = z
  .strictObject({
    why: z.enum(reasonsForMissing),
    title: z.string(),
    filingId: z.nullable(z.string()),
    documentId: z.nullable(id),
    period,
    remedy: z.string().check(z.describe('What to do.')),
  })
  .check(z.meta({ id: 'InspectionGap' }));

const inspectionSet = z
  .strictObject({
    on: date,
    items: z
      .array(item)
      .check(z.describe('For those who do not see compliance: what has copies that everybody can have.')),
    copies: z.strictObject({
      statement: z.string().check(z.describe('How to have copies, in words for people.')),
      website: z.nullable(z.string()),
    }),
    check: z
      .nullable(
        z.strictObject({
          origin: z.string().check(z.describe('From where the files were fetched.')),
          completedAt: z
            .nullable(instant)
            .check(z.describe('When all of them were last gone over; each tells when it was fetched.')),
        }),
      )
      .check(z.describe('Null while nobody looked whether everybody can have the files.')),
    complete: z.nullable(z.boolean()).check(z.describe('Null for those who do not see compliance.')),
    missing: z.nullable(z.array(missing)).check(z.describe('Null for those who do not see compliance.')),
    dropsOut: z
      .nullable(
        z.array(
          z
            .strictObject({
              what: z.enum(inspectedThings),
              title: z.string(),
              period,
              filingId: z.nullable(z.string()),
              submission: z.nullable(z.int()),
              after: date.check(z.describe('The last day on which it is in the set.')),
            })
            .check(z.meta({ id: 'InspectionEnd' })),
        ),
      )
      .check(z.describe('What leaves the set, the first first. Null for those who do not see compliance.')),
  })
  .check(z.meta({ id: 'InspectionSet' }));

const asked = {
  receivedOn: listedDate.check(z.describe('The day on which it came: the days that the law gives begin with it.')),
  how: z.enum(waysOfAsking),
  requester: line(200).check(z.describe('Who asked. Never public.')),
  what: z
    .array(line(300))
    .check(z.minLength(1), z.maxLength(30), z.describe('What was asked for, such as "Form 990 for 2023".')),
};
const contact = z.nullable(line(300)).check(z.describe('Where to send copies. Never public.'));
const note = z.nullable(text(1000));

const told = {
  on: date.check(z.describe('The day on which it was answered.')),
  how: z
    .enum(waysOfAnswering)
    .check(
      z.describe(
        '`widely-available`: no copies, for the documents are on the web and the requester was told where. `declined`: nothing was asked for that anyone may have.',
      ),
    ),
  note,
};

const answer = z
  .nullable(
    z.strictObject({
      ...told,
      lookedFor: z
        .nullable(z.strictObject({ at: instant, found: z.boolean() }))
        .check(z.describe('Whether everything could be had on the web when that was last looked for.')),
      by: z.nullable(id),
      recordedAt: instant,
    }),
  )
  .check(z.describe('Null while it waits for one.'));

const clock = {
  due: date.check(z.describe('The last day on which it is answered in time.')),
  state: z.enum(['open', 'overdue', 'answered', 'answered-late']),
  daysLeft: z.int().check(z.describe('From today, or from the day of the answer; negative when the time was over.')),
  answer,
};

const entry = z.strictObject({ id, ...asked, ...clock }).check(z.meta({ id: 'CopyRequestEntry' }));
const copyRequest = z.strictObject({ id, ...asked, contact, ...clock, version }).check(z.meta({ id: 'CopyRequest' }));
const params = z.strictObject({ requestId: id });

export const inspectionRoutes = resource({
  getInspectionSet: {
    method: 'GET',
    path: '/v1/inspection',
    summary: 'Read what anyone may inspect, today or on a day',
    description:
      'The application for exemption and the letters about it for ever; annual returns for three years: IRC 6104(d). With the copies that there are now, and what the book found when it fetched them as anybody would.',
    query: z.strictObject({ on }),
    answer: inspectionSet,
    status: 200,
    example: { answer: exampleInspectionSet },
  },
  checkAvailability: {
    method: 'POST',
    path: '/v1/inspection/check',
    summary: 'Have every public file fetched as anybody would, and compared with the archive, now',
    description: 'It is done in the background within minutes; the inspection set then tells the time and the results.',
    answer: z.strictObject({ askedAt: instant }).check(z.meta({ id: 'AskedAvailabilityCheck' })),
    status: 200,
    command: 'creates',
    example: { answer: { askedAt: '2024-06-03T15:00:00.000Z' } },
  },
  createCopyRequest: {
    method: 'POST',
    path: '/v1/copy-requests',
    summary: 'Record that somebody asked for copies',
    description: 'In person they are owed the same day, in writing within 30 days: Treas. Reg. 301.6104(d)-1(d).',
    body: z.strictObject({ ...asked, contact }).check(z.meta({ id: 'NewCopyRequest' })),
    answer: copyRequest,
    status: 201,
    command: 'creates',
    example: { body: exampleNewCopyRequest, answer: exampleCopyRequest },
  },
  listCopyRequests: {
    method: 'GET',
    path: '/v1/copy-requests',
    summary:
      'List the requests for copies of a year, the latest first; or those that wait for an answer, the most urgent first',
    query: z.strictObject({
      open: z
        .optional(z.enum(['true', 'false']))
        .check(z.describe('`true`: those of any year that wait for an answer.')),
      year,
      limit,
      cursor,
    }),
    answer: pageOf(entry),
    status: 200,
    example: { answer: { items: [exampleEntry], next: null } },
  },
  getCopyRequest: {
    method: 'GET',
    path: '/v1/copy-requests/{requestId}',
    summary: 'Read a request for copies',
    params,
    answer: copyRequest,
    status: 200,
    example: { answer: exampleCopyRequest },
  },
  answerCopyRequest: {
    method: 'POST',
    path: '/v1/copy-requests/{requestId}/answer',
    summary: 'Record how a request for copies was answered; after that it does not change',
    params,
    body: z.strictObject(told).check(z.meta({ id: 'CopyAnswer' })),
    answer: copyRequest,
    status: 200,
    command: 'updates',
    errors: ['state-conflict'],
    example: {
      body: { on: '2024-06-10', how: 'widely-available', note: null },
      answer: exampleAnswered,
    },
  },
});
