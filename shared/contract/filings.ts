/** Filings: the compliance calendar, the life of each filing, and what everybody may know of their punctuality. */
import * as z from 'zod/mini';
import { cursor, limit, pageOf, year } from './fields.ts';
import { exampleCitation, exampleEntry, exampleFiling, examplePersonId, exampleSubmission } from './filingExamples.ts';
import {
  answerInput,
  assignment,
  copiesInput,
  excuseInput,
  extensionInput,
  filing,
  filingEntry,
  filingId,
  moveInput,
  papersInput,
  preparation,
  punctualYear,
  reviewInput,
  revocation,
  submissionInput,
} from './filingFields.ts';
import { resource } from './route.ts';

const params = z.strictObject({ filingId });
const command = {
  method: 'POST',
  params,
  answer: filing,
  status: 200,
  command: 'updates',
  errors: ['state-conflict'],
} as const;

export const filingsRoutes = resource({
  listFilings: {
    method: 'GET',
    path: '/v1/filings',
    summary: 'Read the compliance calendar: what is due, overdue and done',
    description:
      'Those whose due date, as the rule has it, lies in a year, by that date: extensions move no filing to another year. Or what is still to be done, of all years, by the last day as things stand. For the board and auditors.',
    query: z.strictObject({
      year,
      open: z
        .optional(z.enum(['true', 'false']))
        .check(
          z.describe('Only what is still to be done, or only the rest. With no year: of all years, or of this one.'),
        ),
      limit,
      cursor,
    }),
    answer: z
      .extend(pageOf(filingEntry), {
        revocation: z
          .nullable(revocation)
          .check(
            z.describe(
              'The danger that the tax exemption is lost, from the first year on in which no return was filed.',
            ),
          ),
      })
      .check(z.meta({ id: 'ComplianceCalendar' })),
    status: 200,
    example: { answer: { items: [exampleEntry], next: null, revocation: null } },
  },
  getFiling: {
    method: 'GET',
    path: '/v1/filings/{filingId}',
    summary: 'Read a filing',
    params,
    answer: filing,
    status: 200,
    example: { answer: exampleFiling },
  },
  assignFiling: {
    ...command,
    path: '/v1/filings/{filingId}/assign',
    summary: 'Say who sees to a filing, and is reminded of it',
    body: assignment,
    example: { body: { responsible: [examplePersonId] }, answer: exampleFiling },
  },
  prepareFiling: {
    ...command,
    path: '/v1/filings/{filingId}/prepare',
    summary: 'Record that a filing is being prepared; also one that was excused, and is owed after all',
    body: preparation,
    example: { body: { on: '2024-03-01' }, answer: exampleFiling },
  },
  reviewFiling: {
    ...command,
    path: '/v1/filings/{filingId}/review',
    summary: 'Record who of the governing body got a return before it was filed, and when',
    description:
      'Form 990, Part VI, line 11a. Of the governing body is whoever held a voting seat in a board of directors on that day. A later review takes the place of the one before.',
    body: reviewInput,
    example: {
      body: { paper: exampleCitation, given: [{ personId: examplePersonId, on: '2024-05-01' }] },
      answer: exampleFiling,
    },
  },
  extendFiling: {
    ...command,
    path: '/v1/filings/{filingId}/extend',
    summary: 'Record that more time was asked for',
    description:
      'On the due date at the latest, and once; there is no extension for Form 990-N. What was forgotten can be recorded after the filing.',
    body: extensionInput,
    example: {
      body: { askedOn: '2024-05-10', confirmation: '12345620241300000000', evidence: null },
      answer: exampleFiling,
    },
  },
  moveFiling: {
    ...command,
    path: '/v1/filings/{filingId}/move',
    summary: 'Record that the authority set another due date',
    body: moveInput,
    example: {
      body: { due: '2024-06-30', reason: 'Notice of the authority of 2 April 2024.', evidence: exampleCitation },
      answer: exampleFiling,
    },
  },
  submitFiling: {
    ...command,
    path: '/v1/filings/{filingId}/submit',
    summary: 'Record that a filing was submitted: the original, or what amends it',
    description:
      'The original is submitted once, and again only after it was rejected. What was submitted never changes: only the answer to it, and the copies for everybody, are added later.',
    body: submissionInput,
    example: { body: exampleSubmission, answer: exampleFiling },
  },
  addPapers: {
    ...command,
    path: '/v1/filings/{filingId}/papers',
    summary: 'Add the papers of a submission that was recorded without any',
    description: 'Once: what was submitted never changes.',
    body: papersInput,
    example: { body: { submission: 1, papers: [exampleCitation] }, answer: exampleFiling },
  },
  answerFiling: {
    ...command,
    path: '/v1/filings/{filingId}/answer',
    summary: 'Record whether the authority accepted or rejected a submission',
    description: 'Each submission is answered once. The public copies of one that was rejected are public no more.',
    body: answerInput,
    example: { body: { submission: 1, accepted: true, on: '2024-05-11', note: null }, answer: exampleFiling },
  },
  publishCopies: {
    ...command,
    path: '/v1/filings/{filingId}/publish-copies',
    summary: 'Say what anyone may have of a submission',
    description:
      'Documents of the access level `public`: they become public by this. Whoever names a copy is responsible that it withholds what the law withholds: the names and addresses of contributors in Schedule B of a 990 or 990-EZ (IRC 6104(d)(3)(A)), and the private addresses of officers. Of a return for the IRS no data in XML is taken but the copy that the book makes by reading it. What was named before is replaced.',
    body: copiesInput,
    example: { body: { submission: 1, copies: [exampleCitation] }, answer: exampleFiling },
  },
  excuseFiling: {
    ...command,
    path: '/v1/filings/{filingId}/excuse',
    summary: 'Record that a filing need not be made after all, and why',
    body: excuseInput,
    example: { body: { reason: 'The authority confirmed that none is owed.', evidence: null }, answer: exampleFiling },
  },
  getPunctuality: {
    method: 'GET',
    path: '/v1/filings/punctuality',
    summary: 'How many of the filings of each year were made on time',
    description:
      'By the year of the due date as the rule has it; in time is what was filed by the last day as things stood: extended, or set by the authority. What still has time is not counted, nor what need not be filed.',
    answer: z
      .strictObject({ years: z.array(punctualYear).check(z.describe('The latest first.')) })
      .check(z.meta({ id: 'Punctuality' })),
    status: 200,
    example: {
      answer: { years: [{ year: '2024', due: 3, onTime: 2, late: 1, missing: 0, percentage: 66 }] },
    },
  },
  readFilingsCalendar: {
    method: 'GET',
    path: '/v1/calendars/{code}/filings',
    summary: 'What the organisation has to file, as iCalendar (RFC 5545), at the address of a person who governs it',
    description: 'The address of the personal calendar, followed by `/filings`. It is empty for everybody else.',
    params: z.strictObject({ code: z.string().check(z.maxLength(100)) }),
    answer: z.string(),
    status: 200,
    type: 'text/calendar; charset=utf-8',
    example: { answer: 'BEGIN:VCALENDAR...' },
  },
});
