/** Filings for tests: written to the store as the job writes them, and carried on through the API as people would. */
import { v7 } from 'uuid';
import { writeFiling } from '../../functions/filings/write.ts';
import { addDays, dateIn, instant } from '../../shared/core/calendar.ts';
import { newFiling } from '../../shared/core/filings/expected.ts';
import type { Filing, Paper } from '../../shared/core/filings/filings.ts';
import { filingIdOf, type Obligation } from '../../shared/core/filings/obligations.ts';
import type { TestBook } from './book.ts';
import { sealedOf } from './documents.ts';

/** Complete; what matters to a test is given. */
export const obligationOf = (more: Partial<Obligation> = {}): Obligation => ({
  ruleId: 'us-irs-return',
  title: 'Annual return',
  authority: 'Internal Revenue Service',
  explanation: 'It tells what was taken in and spent.',
  citation: 'IRC 6033(a)(1)',
  period: { from: '2023-01-01', to: '2023-12-31' },
  form: '990-EZ',
  named: '2024-05-15',
  due: '2024-05-15',
  extendable: '2024-11-15',
  fee: null,
  ...more,
});

export const filingOf = (more: Partial<Filing> = {}): Filing => ({ ...newFiling(obligationOf()), ...more });

export const paperOf = (name: string, version = 1): Paper => ({
  documentId: name,
  version,
  sha256: `sha256 of ${name}`,
});

/** Where the organisation of the test book is. */
export const timeZone = 'America/New_York';

/** An expected filing; of a rule of its own unless one is given. */
export async function expectedOf({ records, services }: TestBook, more: Partial<Obligation> = {}) {
  const obligation = obligationOf({ ruleId: v7(), ...more });
  const id = filingIdOf(obligation);
  const act = { operation: 'expectFilings', by: null, at: instant(services.now()), eventId: v7() };
  const { stored, writes } = writeFiling(id, undefined, newFiling(obligation), { act, timeZone });
  await records.commit(writes);
  return { filingId: id, version: stored.version };
}

/** A number of days from today, where the organisation is. */
export const inDays = ({ services }: TestBook, days: number) =>
  addDays(dateIn(timeZone, instant(services.now())), days);

/** A filing that was submitted, with one paper. */
export async function submittedOf(book: TestBook, more: Partial<Obligation> = {}, content?: string) {
  const { filingId, version } = await expectedOf(book, more);
  const { documentId } = await sealedOf(book, { access: 'confidential' }, content);
  const body = { on: '2024-05-10', by: 'Somebody', way: 'electronic' as const, papers: [{ documentId, version: 1 }] };
  const submitted = (await book.as.treasurer.submitFiling({ params: { filingId }, version, body })).body;
  return { filingId, version: submitted.version, documentId };
}
