/** What a command on a filing writes fits into one commit, with what is to be sealed of it, at its largest. */
import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import { writeFiling } from '../../../../functions/filings/write.ts';
import type { Filing, Submission } from '../../../../shared/core/filings/filings.ts';
import { move } from '../../../../shared/core/filings/life.ts';
import { mostPapers, mostSubmissions } from '../../../../shared/core/filings/submitting.ts';
import { withOutbox } from '../../../../shared/core/log/outbox.ts';
import { filingOf, obligationOf, paperOf, timeZone } from '../../../support/filings.ts';

const at = '2024-01-02T15:00:00.000Z';
const act = { operation: 'moveFiling', by: v7(), at, eventId: v7() };
const papers = Array.from({ length: mostPapers }, (_, index) => paperOf(`paper ${index}`));
const submission: Submission = {
  ...{ amends: false, form: '990-EZ', on: '2024-01-02', by: 'Somebody', way: 'electronic', confirmation: null },
  ...{ papers, publicCopies: papers, answer: null, recordedAt: at },
};
/** Each submission stands among what anyone may inspect; a year ahead all reminders are still to come. */
const full = (count: number): Filing =>
  filingOf({
    obligation: obligationOf({ due: '2025-05-15', named: '2025-05-15' }),
    submissions: Array(count).fill(submission),
  });

const writesOf = (before: Filing, after: Filing) =>
  withOutbox(writeFiling('f', { id: 'f', version: 1, data: before }, after, { act, timeZone }).writes).length;

const extension = { askedOn: '2024-01-01', until: '2025-11-15', confirmation: null, evidence: null };
/** With the first submission a notice, for which there is no more time to ask for, all that anyone may inspect moves to another day. */
const noticed: Filing = {
  ...full(20),
  extension,
  submissions: [{ ...submission, form: '990-N' }, ...full(19).submissions],
};

/** The answer under an Idempotency-Key. */
const remembered = 1;
/** Each with its document as it was read, and whether it is withheld. */
const cited = 2 * mostPapers;
/** Each with its document as it was read, who refers to it now, and who did to the one whose place it takes. */
const published = 3 * mostPapers;

it.each([
  ['moves the due date of', writesOf(full(20), move(full(20), { due: '2025-06-16', reason: 'x', evidence: null })) + 1],
  ['adds the last submission to', writesOf(full(19), { ...full(20), review: null }) + cited],
  ['files the notice in place of', writesOf({ ...full(19), extension }, noticed) + cited],
  ['names other copies of', writesOf(full(20), { ...full(20), preparedSince: '2024-01-01' }) + published],
])('%s a filing with as much in it as there can be', (_, writes) => {
  expect(mostSubmissions).toBe(20);
  expect(writes + remembered).toBeGreaterThan(40);
  expect(writes + remembered).toBeLessThanOrEqual(100);
});

it('seals one event, and says nothing in public of a filing itself', () => {
  const plain = writeFiling('f', undefined, full(1), { act, timeZone }).writes;
  expect(withOutbox(plain)).toHaveLength(plain.length + 1);
});
