/** Fields of filings: what is owed, how far it is, what was submitted, what the authority said. */
import * as z from 'zod/mini';
import { mostResponsible } from '../core/filings/figures.ts';
import { filingStates, ways } from '../core/filings/filings.ts';
import { mostGiven } from '../core/filings/life.ts';
import { forms } from '../core/filings/obligations.ts';
import { mostPapers } from '../core/filings/submitting.ts';
import { date, id, instant, line, version } from './fields.ts';

export const filingId = z
  .string()
  .check(
    z.maxLength(60),
    z.regex(/^[a-z0-9-]+~\d{4}-\d{2}-\d{2}$/, 'Must be the identifier of a filing, such as us-irs-return~2023-12-31.'),
    z.describe('The rule that it follows from, and the last day of the period that it is about.'),
  );

/** A version of a document in a request; the book finds its digest. */
const citation = z.strictObject({ documentId: id, version: z.int().check(z.minimum(1)) });
const citations = z.array(citation).check(
  z.maxLength(mostPapers),
  z.refine(
    (list: readonly { readonly documentId: string }[]) =>
      new Set(list.map(({ documentId }) => documentId)).size === list.length,
    'Name each document once.',
  ),
);
const evidence = z
  ._default(z.nullable(citation), null)
  .check(z.describe('A sealed version of an archived document that shows it.'));
const confirmation = z._default(z.nullable(line(200)), null);
const form = z.nullable(z.enum(forms));

export const assignment = z.strictObject({
  responsible: z
    .array(id)
    .check(
      z.maxLength(mostResponsible),
      z.describe(
        'People who see to it. When empty, those whom the compliance settings name, or else the treasurer and the secretary.',
      ),
    ),
});

export const preparation = z.strictObject({
  on: z.optional(date).check(z.describe('Since when it is in preparation; today when absent.')),
});

export const reviewInput = z.strictObject({
  paper: citation.check(z.describe('The return that they got.')),
  given: z
    .array(z.strictObject({ personId: id, on: date }))
    .check(z.minLength(1), z.maxLength(mostGiven), z.describe('Who of the governing body got it, and when.')),
});

export const extensionInput = z.strictObject({
  askedOn: date,
  confirmation: confirmation.check(z.describe('What the authority answered; or else name a document that shows it.')),
  evidence,
});

export const moveInput = z.strictObject({
  due: date.check(z.describe('The last day, as the authority set it.')),
  reason: line(1000),
  evidence,
});

export const submissionInput = z.strictObject({
  amends: z._default(z.boolean(), false).check(z.describe('Whether it amends what was filed before.')),
  form: z._default(form, null).check(z.describe('What was filed; what is owed when absent.')),
  on: date.check(z.describe('When it was sent, or handed over: the day that decides whether it was in time.')),
  by: line(200).check(z.describe('Who submitted it, by name: an officer, a preparer.')),
  way: z.enum(ways),
  confirmation,
  papers: z
    ._default(citations, [])
    .check(
      z.describe(
        'What was submitted, to the byte: sealed versions of archived documents. It cannot be changed later; where it is left out, it can be added once. A return is read from no other file.',
      ),
    ),
});

/** Of a submission, from 1. */
const number = z.int().check(z.minimum(1), z.describe('The number of the submission, from 1.'));

export const papersInput = z.strictObject({
  submission: number,
  papers: citations.check(z.minLength(1, 'Name one paper at least.'), z.describe('What was submitted, to the byte.')),
});

export const answerInput = z.strictObject({
  submission: number,
  accepted: z.boolean(),
  on: date,
  note: z._default(z.nullable(line(1000)), null).check(z.describe('Such as what was wrong with it.')),
});

export const copiesInput = z.strictObject({
  submission: number,
  copies: citations.check(z.describe('An empty list takes all of them back.')),
});

export const excuseInput = z.strictObject({ reason: line(1000), evidence });

const paper = z
  .strictObject({
    sha256: z.string().check(z.describe('Of the file.')),
    document: z
      .nullable(
        z.strictObject({
          documentId: id,
          version: z.int(),
          title: z.string(),
          name: z.string(),
          type: z.string(),
          size: z.int(),
          url: z.string(),
        }),
      )
      .check(z.describe('Null for whoever may not see the document, and when it is gone.')),
  })
  .check(z.meta({ id: 'FilingPaper' }));

const person = z.strictObject({ id, name: z.string() });
const period = z.strictObject({ from: date, to: date });
const money = z.strictObject({
  amount: z.int().check(z.describe('In minor units, such as cents.')),
  currency: z.string().check(z.describe('ISO 4217')),
});
const optionalDate = z.nullable(date);

const submission = z
  .strictObject({
    number,
    amends: z.boolean(),
    form,
    on: date,
    by: z.string(),
    way: z.enum(ways),
    confirmation: z.nullable(z.string()),
    papers: z.array(paper),
    publicCopies: z.array(paper).check(z.describe('What anyone may have of it.')),
    answer: z.nullable(z.strictObject({ accepted: z.boolean(), on: date, note: z.nullable(z.string()) })),
    recordedAt: instant,
  })
  .check(z.meta({ id: 'Submission' }));

const penalty = z
  .strictObject({
    amount: z.nullable(money).check(z.describe('What it comes to so far; null where the book cannot tell.')),
    atLeast: z.boolean().check(z.describe('The amount is the least.')),
    explanation: z.string(),
    citation: z.string(),
  })
  .check(z.meta({ id: 'FilingPenalty' }));

/** What a list shows, and everything else too. */
const common = {
  id: filingId,
  version,
  ruleId: z.string(),
  title: z.string(),
  authority: z.string(),
  period,
  form: form.check(
    z.describe('Which form is owed; null while the figures of the year do not tell, and where there is none.'),
  ),
  fee: z.nullable(money),
  named: date.check(
    z.describe('The day that the rule names, before it was moved past a day on which no business is done.'),
  ),
  ruleDue: date.check(z.describe('The last day, as the rule has it.')),
  due: date.check(z.describe('The last day as things stand: extended, set by the authority, or as the rule has it.')),
  state: z.enum(filingStates),
  filedOn: optionalDate.check(z.describe('When what stands was first filed. What was rejected was not filed.')),
  filedForm: form,
  status: z.enum(['due', 'overdue', 'done', 'excused']),
  daysLeft: z.nullable(z.int()).check(z.describe('Until its last day; null when it is not to be done, or overdue.')),
  daysLate: z.int().check(z.describe('How late it was filed, or is by today; 0 when it is not.')),
  penalties: z.array(penalty).check(z.describe('Known ones, as far as it is late.')),
  askUntil: optionalDate.check(z.describe('The last day on which more time can be asked for; null when none can.')),
  extendable: optionalDate.check(
    z.describe('The last day, when more time was asked for; null where there is no more.'),
  ),
  responsible: z
    .array(person)
    .check(z.describe('Who sees to it. When empty, the treasurer and the secretary of the board.')),
};

export const filingEntry = z.strictObject(common).check(z.meta({ id: 'FilingEntry' }));

export const filing = z
  .strictObject({
    ...common,
    explanation: z.string().check(z.describe('What the duty is, in plain words.')),
    citation: z.string().check(z.describe('Where the law says so; for an own obligation, what was agreed.')),
    preparedSince: optionalDate,
    review: z
      .nullable(z.strictObject({ paper, given: z.array(z.strictObject({ person, on: date })) }))
      .check(
        z.describe('Who of the governing body got it before it was filed, and when: Form 990, Part VI, line 11a.'),
      ),
    moved: z.nullable(
      z.strictObject({
        due: date,
        reason: z.string(),
        evidence: z.nullable(paper),
        afterExtension: z
          .boolean()
          .check(z.describe('It was set when more time had been asked for, and counts instead.')),
      }),
    ),
    extension: z.nullable(
      z.strictObject({
        askedOn: date,
        until: date,
        confirmation: z.nullable(z.string()),
        evidence: z.nullable(paper),
      }),
    ),
    submissions: z.array(submission).check(z.describe('In their order; the first is the original.')),
    excuse: z.nullable(
      z.strictObject({
        reason: z.string(),
        evidence: z.nullable(paper),
        lapsed: z.boolean().check(z.describe('The rules ask for it no more: nobody decided that.')),
      }),
    ),
  })
  .check(z.meta({ id: 'Filing' }));

export const revocation = z
  .strictObject({
    missed: z.array(z.strictObject({ filingId, period, due: date })).check(z.describe('The years missed in a row.')),
    left: z.int().check(z.describe('How many more would have to be missed.')),
    on: date.check(z.describe('The day on which the exemption is lost.')),
    revoked: z.boolean().check(z.describe('That day is over.')),
    explanation: z.string(),
    citation: z.string(),
  })
  .check(z.meta({ id: 'RevocationRisk' }));

export const punctualYear = z
  .strictObject({
    year: z.string(),
    due: z.int().check(z.describe('How many were due, and were filed or are too late.')),
    onTime: z.int(),
    late: z.int().check(z.describe('Filed after the last day.')),
    missing: z.int().check(z.describe('Not filed, and the last day is over.')),
    percentage: z.nullable(z.int()).check(z.describe('Filed on time, of 100; null when none was due.')),
  })
  .check(z.meta({ id: 'PunctualYear' }));
