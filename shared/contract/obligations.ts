/** What the organisation owes to authorities and others, and the facts from which that follows. */
import * as z from 'zod/mini';
import {
  type circumstanceNames,
  mostAssignments,
  mostOwnObligations,
  mostPlaces,
  mostResponsible,
} from '../core/filings/figures.ts';
import { forms } from '../core/filings/obligations.ts';
import { ruleIds } from '../core/filings/rules.ts';
import { holidayCalendars } from '../core/holidays.ts';
import { cursor, date, id, limit, line, pageOf, text, version } from './fields.ts';
import {
  exampleCompliance,
  exampleFigures,
  exampleObligation,
  exampleOwn,
  exampleOwnFacts,
  exampleYear,
} from './obligationExamples.ts';
import { resource } from './route.ts';

const money = z.strictObject({
  amount: z.int().check(z.minimum(0), z.maximum(1e15), z.describe('In minor units, such as cents.')),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/, 'Must be an ISO 4217 code, such as USD.')),
});

const ruleId = z.string().check(
  z.refine(
    value => (ruleIds as readonly string[]).includes(value) || z.safeParse(id, value).success,
    `Must be ${ruleIds.join(', ')}, or the identifier of an own obligation.`,
  ),
  z.describe(`A rule of law (${ruleIds.join(', ')}), or the identifier of an own obligation.`),
);

const period = z.strictObject({ from: date, to: date });

const obligation = z
  .strictObject({
    filingId: z.string().check(z.describe('Of the filing that it asks for.')),
    ruleId,
    title: z.string(),
    authority: z.string().check(z.describe('To whom it is owed.')),
    explanation: z.string(),
    citation: z.string().check(z.describe('Where the law says so, or what was agreed.')),
    period,
    form: z.nullable(z.enum(forms)).check(z.describe('Null while the figures of the year do not tell.')),
    named: date.check(z.describe('The due date as the rule names it.')),
    due: date.check(z.describe('The last day: moved past days on which no business is done.')),
    extendable: z
      .nullable(date)
      .check(z.describe('The last day with an extension that is asked for in time; null where there is none.')),
    fee: z.nullable(money),
  })
  .check(z.meta({ id: 'Obligation' }));

const ownFacts = {
  title: line(200),
  authority: line(200).check(z.describe('To whom it is owed.')),
  explanation: text(2000).check(z.describe('What has to be done, in plain words.')),
  citation: line(500).check(z.describe('What was agreed, or where the law says so.')),
  firstDue: date,
  everyMonths: z
    .nullable(z.int().check(z.minimum(1), z.maximum(120)))
    .check(
      z.describe(
        'Due again every so many months, on the same day of the month, or on its last day where it has no such day; null when it is due once.',
      ),
    ),
  from: date.check(z.describe('It holds for due dates from that day on.')),
  to: z.nullable(date).check(z.describe('And until that day; null while it lasts.')),
  movesPast: z
    .nullable(z.enum(holidayCalendars))
    .check(
      z.describe(
        'Whose Saturdays, Sundays and holidays move the due date to the next business day (none: Saturdays and Sundays only); null when nothing moves it.',
      ),
    ),
  fee: z.nullable(money),
  replaces: z
    .nullable(z.enum(ruleIds))
    .check(
      z.describe(
        'The rule in whose place it stands: for due dates from `from` to `to` that rule asks for nothing. The returns to the IRS cannot be replaced.',
      ),
    ),
};

const own = z.strictObject({ id, ...ownFacts, version }).check(z.meta({ id: 'OwnObligation' }));

const settings = {
  solicitsIn: z
    .array(z.string().check(z.regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/, 'Must be an ISO 3166-2 code, such as US-VA.')))
    .check(z.maxLength(mostPlaces), z.describe('Where it asks the public for gifts.')),
  responsible: z
    .array(
      z.strictObject({
        ruleId,
        personIds: z.array(id).check(z.minLength(1), z.maxLength(mostResponsible)),
      }),
    )
    .check(
      z.maxLength(mostAssignments),
      z.describe('Who sees to what; for everything else, the treasurer and the secretary of the board.'),
    ),
};
const since = date.check(
  z.describe(
    'Periods that end before that day are not looked at. It lies thirty years back at most, and a year ahead at most.',
  ),
);
const versionFromZero = z.int().check(z.minimum(0), z.describe('0 while nothing is recorded; If-Match names it.'));

const compliance = z.strictObject({
  since: z.nullable(since).check(z.describe('Null while nothing is recorded: until then no filing is expected.')),
  ...settings,
  version: versionFromZero,
});

const circumstance = z.nullable(z.boolean());
const figures = {
  grossReceipts: z.nullable(money).check(z.describe('Gross receipts of the year: Form 990, heading, item G.')),
  totalAssets: z.nullable(money).check(z.describe('Total assets at its end.')),
  unrelatedIncome: z
    .nullable(money)
    .check(z.describe('Gross income from a trade or business that has nothing to do with the purpose.')),
  source: line(500).check(z.describe('Where the figures are from.')),
  circumstances: z
    .strictObject({
      committeesActForBoard: circumstance.check(z.describe('Committees may act for the board: line 8b.')),
      chapters: circumstance.check(z.describe('It has local chapters, branches or affiliates: line 10a.')),
      paysTopOfficial: circumstance.check(z.describe('It pays its top management official: line 15a.')),
      paysOtherOfficers: circumstance.check(z.describe('It pays other officers or key employees: line 15b.')),
      jointVenture: circumstance.check(z.describe('It takes part in a joint venture with a taxable entity: line 16a.')),
    } satisfies Record<(typeof circumstanceNames)[number], typeof circumstance>)
    .check(z.describe('What the questions of Form 990, Part VI depend on; null while nobody said.')),
};

const fiscalYear = z
  .strictObject({
    from: date,
    to: date,
    ...figures,
    source: z.nullable(line(500)).check(z.describe('Where the figures are from; null while nothing is recorded.')),
    version: versionFromZero,
  })
  .check(z.meta({ id: 'FiscalYear' }));

const end = date.check(z.describe('The last day of a fiscal year that has begun.'));

export const obligationsRoutes = resource({
  listObligations: {
    method: 'GET',
    path: '/v1/obligations',
    summary: 'List what is due in a span of days, today and a year ahead unless told',
    description:
      'Worked out from rules of law, which are data with their sources, and from what the organisation recorded. Not legal advice. While it is not recorded since when the book keeps filings, this shows what would be due; no filing is expected yet.',
    query: z.strictObject({ from: z.optional(date), to: z.optional(date), limit, cursor }),
    answer: z.strictObject({ notice: z.string(), ...pageOf(obligation).shape }),
    status: 200,
    example: {
      answer: {
        notice: 'This is worked out by rules. It is not legal advice.',
        items: [exampleObligation],
        next: null,
      },
    },
  },
  listOwnObligations: {
    method: 'GET',
    path: '/v1/own-obligations',
    summary: 'List the obligations that the organisation added itself, the oldest first',
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(own),
    status: 200,
    example: { answer: { items: [exampleOwn], next: null } },
  },
  createObligation: {
    method: 'POST',
    path: '/v1/own-obligations',
    summary: 'Add an obligation of your own: due once, or again and again',
    description: `Such as a report to a funder, an insurance, a registration in another state. It can take the place of a rule where an authority set another date for good. A book holds up to ${mostOwnObligations} of them.`,
    body: z.strictObject(ownFacts),
    answer: own,
    status: 201,
    command: 'creates',
    errors: ['state-conflict'],
    example: { body: exampleOwnFacts, answer: exampleOwn },
  },
  updateObligation: {
    method: 'PUT',
    path: '/v1/own-obligations/{obligationId}',
    summary: 'Change an obligation of your own, or end it',
    description: 'It ends with its `to`. What was filed already stays as it is.',
    params: z.strictObject({ obligationId: id }),
    body: z.strictObject(ownFacts),
    answer: own,
    status: 200,
    command: 'updates',
    example: {
      body: { ...exampleOwnFacts, to: '2027-12-31' },
      answer: { ...exampleOwn, to: '2027-12-31', version: 2 },
    },
  },
  getCompliance: {
    method: 'GET',
    path: '/v1/compliance',
    summary: 'Read since when the book keeps filings, where gifts are asked for, and who sees to what',
    answer: compliance,
    status: 200,
    example: { answer: exampleCompliance },
  },
  updateCompliance: {
    method: 'PUT',
    path: '/v1/compliance',
    summary: 'Record since when the book keeps filings, where gifts are asked for, and who sees to what',
    body: z.strictObject({ since, ...settings }),
    answer: compliance,
    status: 200,
    command: 'updates',
    example: {
      body: {
        since: exampleCompliance.since,
        solicitsIn: exampleCompliance.solicitsIn,
        responsible: exampleCompliance.responsible,
      },
      answer: exampleCompliance,
    },
  },
  listFiscalYears: {
    method: 'GET',
    path: '/v1/fiscal-years',
    summary: 'List the fiscal years from incorporation until now, the latest first, with what is recorded of each',
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(fiscalYear),
    status: 200,
    example: { answer: { items: [exampleYear], next: null } },
  },
  getFiscalYear: {
    method: 'GET',
    path: '/v1/fiscal-years/{end}',
    summary: 'Read what is recorded of a fiscal year',
    params: z.strictObject({ end }),
    answer: fiscalYear,
    status: 200,
    example: { answer: exampleYear },
  },
  recordFiscalYear: {
    method: 'PUT',
    path: '/v1/fiscal-years/{end}',
    summary: 'Record the figures and circumstances of a fiscal year',
    description:
      'Which return is owed follows from them. Fiscal years themselves follow from the profile of the organisation.',
    params: z.strictObject({ end }),
    body: z.strictObject(figures),
    answer: fiscalYear,
    status: 200,
    command: 'updates',
    example: { body: exampleFigures, answer: exampleYear },
  },
});
