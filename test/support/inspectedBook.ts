/** A book with something to inspect: filings and documents, written as the functions write them. */

import { copyReferences } from '../../functions/filings/publicCopies.ts';
import { writeFiling } from '../../functions/filings/write.ts';
import type { Filing, Paper, Submission } from '../../shared/core/filings/filings.ts';
import { filingIdOf } from '../../shared/core/filings/obligations.ts';
import { recordKey, stored } from '../../shared/core/records.ts';
import { organisation, type TestBook } from './book.ts';
import { sealedOf } from './documents.ts';
import { filingOf, obligationOf, submissionOf } from './inspectedFilings.ts';

/** A sealed document of the level `public`; nothing refers to it yet. */
export async function copyOf(book: TestBook, content?: string): Promise<Paper> {
  const { documentId, sha256 } = await sealedOf(book, { kind: 'return', access: 'public' }, content);
  return { documentId, version: 1, sha256 };
}

/** Writes a filing as it is to be, with the references to its public copies. @returns its identifier. */
export async function writeFiled(book: TestBook, filing: Filing): Promise<string> {
  const { records, services } = book;
  const id = filingIdOf(filing.obligation);
  const item = await records.get(recordKey('filing', id));
  const before = item === undefined ? undefined : stored<Filing>(id, item);
  const at = services.now().toISOString();
  const act = { operation: 'submitFiling', by: null, at, eventId: services.newId() };
  const { writes } = writeFiling(id, before, filing, { act, timeZone: organisation.timeZone });
  const references = await copyReferences(records, id, before?.data, filing, at);
  await records.commit([...writes, ...references]);
  return id;
}

/** The annual return of a year, or its Form 990-T. */
export const returnOf = (year: number, submissions: readonly Submission[], ruleId = 'us-irs-return') =>
  filingOf(year, { obligation: obligationOf(year, { ruleId }), submissions });

export const submittedOn = (on: string, publicCopies: readonly Paper[], more: Partial<Submission> = {}) =>
  submissionOf(on, { publicCopies, ...more });
