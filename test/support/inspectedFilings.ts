/** Filings, papers and days for tests of what anyone may inspect: samples, and any that there could be. */
import fc from 'fast-check';
import type { Filing, Paper, Submission } from '../../shared/core/filings/filings.ts';
import type { KeptPaper, PublicFile } from '../../shared/core/filings/inspection.ts';
import type { Obligation } from '../../shared/core/filings/obligations.ts';

export const firstDay = '2018-01-01';
/** Ten years, with three leap days. */
export const daysInTenYears = 3652;

export const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export const paperOf = (name: string): Paper => ({ documentId: name, version: 1, sha256: name });
export const fileOf = (paper: Paper): PublicFile => ({ ...paper, name: 'copy.pdf', type: 'application/pdf', size: 10 });

export const obligationOf = (year: number, more: Partial<Obligation> = {}): Obligation => ({
  ruleId: 'us-irs-return',
  title: 'Annual return',
  authority: 'Internal Revenue Service',
  explanation: '',
  citation: '',
  period: { from: `${year}-01-01`, to: `${year}-12-31` },
  form: '990',
  named: `${year + 1}-05-15`,
  due: `${year + 1}-05-15`,
  extendable: null,
  fee: null,
  ...more,
});

export const submissionOf = (on: string, more: Partial<Submission> = {}): Submission => ({
  amends: false,
  form: '990',
  on,
  by: 'p',
  way: 'electronic',
  confirmation: null,
  papers: [],
  publicCopies: [paperOf(`copy of ${on}`)],
  answer: null,
  recordedAt: `${on}T12:00:00.000Z`,
  ...more,
});

export const filingOf = (year: number, more: Partial<Filing> = {}): Filing => ({
  obligation: obligationOf(year),
  moved: null,
  responsible: [],
  preparedSince: null,
  review: null,
  extension: null,
  submissions: [],
  excuse: null,
  ...more,
});

const dayBetween = (from: string, days: number) => fc.integer({ min: 0, max: days }).map(more => dayAfter(from, more));

const anyDay = dayBetween('2014-06-01', 5000);

const anySubmission = fc
  .record({
    on: fc.oneof(anyDay, fc.constantFrom('2020-02-29', '2024-02-29', '2016-02-29')),
    amends: fc.boolean(),
    answer: fc.constantFrom('none', 'accepted', 'rejected'),
    copies: fc.subarray(['public', 'withdrawn']),
  })
  .map(({ on, amends, answer, copies }) =>
    submissionOf(on, {
      amends,
      publicCopies: copies.map(copy => paperOf(`${copy} copy of ${on}`)),
      answer: answer === 'none' ? null : { accepted: answer === 'accepted', on, note: null },
    }),
  );

/** Of one year: early, in time, late or missing; extended, moved, amended, rejected, excused; of a state, too. */
const anyFiling = (year: number) =>
  fc
    .record({
      ruleId: fc.constantFrom('us-irs-return', 'us-irs-return', 'us-irs-990t', 'us-va-102'),
      due: fc.oneof(fc.constant(`${year + 1}-05-15`), dayBetween(`${year + 1}-01-15`, 330)),
      moved: fc.option(dayBetween(`${year + 1}-05-15`, 300), { freq: 2 }),
      afterExtension: fc.boolean(),
      extended: fc.option(dayBetween(`${year + 1}-06-15`, 200), { freq: 2 }),
      submissions: fc.array(anySubmission, { maxLength: 3 }),
      excused: fc.option(fc.constant('Not required.'), { freq: 6 }),
    })
    .map(({ ruleId, due, moved, afterExtension, extended, submissions, excused }) =>
      filingOf(year, {
        obligation: obligationOf(year, { ruleId, due, form: ruleId === 'us-irs-990t' ? '990-T' : '990' }),
        moved: moved === null ? null : { due: moved, reason: 'Moved.', evidence: null, afterExtension },
        extension: extended === null ? null : { askedOn: due, until: extended, confirmation: null, evidence: null },
        submissions: submissions.toSorted((a, b) => (a.on < b.on ? -1 : 1)),
        excuse: excused === null ? null : { reason: excused, evidence: null, lapsed: false },
      }),
    );

const anyPaper: fc.Arbitrary<KeptPaper> = fc.record({
  documentId: fc.uuid(),
  kind: fc.constantFrom('exemption-application', 'determination-letter'),
  title: fc.constant('A paper'),
  since: anyDay,
  files: fc.constantFrom([], [fileOf(paperOf('public paper'))]),
  replaced: fc.boolean(),
});

export const anyFacts = fc.record({
  filings: fc
    .tuple(...[2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025].map(anyFiling))
    .map(filings => filings.map((filing, index) => ({ id: `filing-${index}`, filing }))),
  papers: fc.array(anyPaper, { maxLength: 4 }),
  statuses: fc.tuple(
    fc.constantFrom(null, '501(c)(3)', '501(c)(6)'),
    fc.constantFrom(null, '501(c)(3)', '501(c)(6)'),
    anyDay,
  ),
});
