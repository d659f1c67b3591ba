/** What was submitted, what the authority said of it, and what anyone may have of it. What was submitted never changes. */
import { StateConflictError, wrongField } from '../../errors.ts';
import type { Instant, PlainDate } from '../calendar.ts';
import { type Answer, type Filing, type Paper, type Submission, standing } from './filings.ts';
import { annualReturn } from './inspection.ts';
import { demandDay, demandOwed } from './life.ts';
import type { Form } from './obligations.ts';

export const mostSubmissions = 20;
/** Of one submission, and as many public copies. */
export const mostPapers = 10;

export interface Submitted extends Omit<Submission, 'publicCopies' | 'answer' | 'recordedAt'> {}

/**
 * The original once, and again after a rejection; what amends it, once it stands.
 * @throws {StateConflictError} it need not be filed, is filed already, or there is nothing to amend.
 */
export function submit(filing: Filing, submitted: Submitted, today: PlainDate, at: Instant): Filing {
  demandOwed(filing);
  const { submissions } = filing;
  const { amends, on } = submitted;
  const original = standing(filing)[0];
  if (!amends && original !== undefined) {
    throw new StateConflictError(`It was filed on ${original.on}. What follows amends that: say so.`);
  }
  if (amends && original === undefined) {
    throw new StateConflictError('Nothing that was filed stands, so there is nothing to amend: it is the original.');
  }
  if (submissions.length >= mostSubmissions) {
    throw new StateConflictError(`${mostSubmissions} submissions are on record, which is as many as there can be.`);
  }
  demandDay('/on', on, filing, today);
  const before = submissions.at(-1);
  const earliest = amends ? before?.on : (before?.answer?.on ?? before?.on);
  if (earliest !== undefined && on < earliest) {
    throw wrongField('/on', `Is before ${earliest}, the day of what came before it.`);
  }
  const form = formOf(filing, submitted.form);
  const made: Submission = { ...submitted, form, publicCopies: [], answer: null, recordedAt: at };
  return { ...filing, submissions: [...submissions, made] };
}

/** A larger return may stand in for a smaller one, as any of the annual returns that there are. */
const annualReturns: readonly Form[] = ['990', '990-EZ', '990-N', '990-PF'];

/** What was filed: what was said, or else what is owed. @throws {ValidationError} it cannot be that form. */
function formOf({ obligation }: Filing, said: Form | null): Form | null {
  const form = said ?? obligation.form;
  if (obligation.ruleId === annualReturn) {
    if (form !== null && annualReturns.includes(form)) return form;
    throw wrongField('/form', `Say which annual return it is: ${annualReturns.join(', ')}.`);
  }
  if (form !== obligation.form) {
    throw wrongField('/form', obligation.form === null ? 'It has no form.' : `What is owed is ${obligation.form}.`);
  }
  return form;
}

/**
 * What was submitted, when it was recorded without: once.
 * @param number of the submission, from 1.
 * @throws {StateConflictError} its papers are on record.
 */
export function addPapers(filing: Filing, number: number, papers: readonly Paper[]): Filing {
  const submission = submissionOf(filing, number);
  if (submission.papers.length > 0) {
    throw new StateConflictError('Its papers are on record, and what was submitted never changes.');
  }
  return withSubmission(filing, number, { ...submission, papers });
}

/**
 * @param number of the submission, from 1.
 * @throws {StateConflictError} it was answered already, or what amends it has not been rejected.
 */
export function answer(filing: Filing, number: number, given: Answer, today: PlainDate): Filing {
  const submission = submissionOf(filing, number);
  if (submission.answer !== null) {
    throw new StateConflictError(`The answer of ${submission.answer.on} is on record. Each submission has one.`);
  }
  if (given.on > today) throw wrongField('/on', `Is still to come: today is ${today}.`);
  if (given.on < submission.on) throw wrongField('/on', `It was submitted on ${submission.on}, after that.`);
  const later = filing.submissions.slice(number).filter(one => one.answer?.accepted !== false);
  if (!given.accepted && later.length > 0) {
    throw new StateConflictError(
      'Something that was filed later amends it. Record what the authority said of that first.',
    );
  }
  return withSubmission(filing, number, { ...submission, answer: given });
}

/**
 * Says what anyone may have of a submission, in the place of what was said before; nothing takes all of it back.
 * @param number of the submission, from 1.
 * @throws {StateConflictError} the authority rejected it: it is no filing.
 */
export function publishCopies(filing: Filing, number: number, copies: readonly Paper[]): Filing {
  const submission = submissionOf(filing, number);
  if (submission.answer?.accepted === false) {
    throw new StateConflictError('The authority rejected this submission, so nobody is to inspect it.');
  }
  return withSubmission(filing, number, { ...submission, publicCopies: copies });
}

/** What anyone may have of all that stands. What was rejected has no copies any more. */
export const copiesOf = (filing: Pick<Filing, 'submissions'>): readonly Paper[] =>
  standing(filing).flatMap(({ publicCopies }) => publicCopies);

/** @throws {ValidationError} there is none of that number. */
export function submissionOf({ submissions }: Filing, number: number): Submission {
  const submission = submissions[number - 1];
  if (submission !== undefined) return submission;
  const there = submissions.length === 0 ? 'There is none yet.' : `There are ${submissions.length} of them.`;
  throw wrongField('/submission', `No submission has this number. ${there}`);
}

const withSubmission = (filing: Filing, number: number, changed: Submission): Filing => ({
  ...filing,
  submissions: filing.submissions.map((one, index) => (index === number - 1 ? changed : one)),
});
