/** Returns for tests: archived, filed and read through the API, as people would. */
import type { Form } from '../../shared/core/filings/obligations.ts';
import type { TestBook } from './book.ts';
import { documentOf, uploadedOf } from './documents.ts';
import { expectedOf } from './filings.ts';
import { type ReturnFacts, returnXml } from './returnXml.ts';

interface Filed {
  readonly form?: Form;
  readonly ruleId?: string;
  /** The file; made of the facts when absent. */
  readonly xml?: string;
  readonly facts?: ReturnFacts;
  readonly period?: { readonly from: string; readonly to: string };
}

const typeOf = { '990': '990', '990-EZ': '990EZ', '990-PF': '990PF' } as const;

/** A file in the archive, as the secretary puts it there: nobody but a few may see it. */
export async function archivedXmlOf(book: TestBook, xml: string) {
  const { id: documentId } = await documentOf(book, { access: 'confidential', kind: 'return', title: 'As filed' });
  const upload = await uploadedOf(book.as.secretary, documentId, 'return.xml', xml, 'application/xml');
  if (upload.state !== 'sealed') throw new Error(`It was ${upload.state}: ${upload.refusal}`);
  return { documentId, sha256: upload.sha256 };
}

/** A filing that was submitted with a return in XML as its paper; nobody has read it yet. */
export async function filedOf(book: TestBook, { form = '990', ruleId, xml, facts, period }: Filed = {}) {
  const type = typeOf[form as keyof typeof typeOf] ?? '990';
  const days = period ?? { from: '2023-01-01', to: '2023-12-31' };
  const content = xml ?? returnXml({ type, ...days, ...facts });
  const rule = ruleId === undefined ? {} : { ruleId };
  const { filingId, version } = await expectedOf(book, { form, period: days, ...rule });
  const { documentId, sha256 } = await archivedXmlOf(book, content);
  const submitted = await submit(book, filingId, version, documentId, false);
  return { filingId, documentId, sha256, xml: content, version: submitted.version };
}

/** Submits one document, as the original or what amends it. */
export async function submit(
  { as }: TestBook,
  filingId: string,
  version: number,
  documentId: string | null,
  amends: boolean,
) {
  const papers = documentId === null ? [] : [{ documentId, version: 1 }];
  const body = { on: '2024-05-10', by: 'Somebody', way: 'electronic' as const, amends, papers };
  return (await as.treasurer.submitFiling({ params: { filingId }, version, body })).body;
}

/** The request that reads the paper of the first submission, unless another one is named. */
export const readingOf = (
  { filingId, documentId }: { readonly filingId: string; readonly documentId: string },
  submission = 1,
) => ({ params: { filingId }, body: { submission, documentId, version: 1 } });

/** A return that everybody may know. */
export async function readOf(book: TestBook, filed: Filed = {}) {
  const made = await filedOf(book, filed);
  const { stays, ...entry } = (await book.as.treasurer.readReturn(readingOf(made))).body;
  const read = (await book.as.treasurer.getReturn({ params: { returnId: entry.id } })).body;
  return { ...made, read, stays };
}

/** A filing on Form 990-N that was submitted. */
export async function postcardFiledOf(book: TestBook) {
  const { filingId, version } = await expectedOf(book, { form: '990-N' });
  const submitted = await submit(book, filingId, version, null, false);
  return { filingId, version: submitted.version };
}

const address = { lines: ['100 Main Street'], city: 'Richmond', region: 'VA', postalCode: '23220', country: 'US' };

export const postcardBody = {
  submission: 1,
  ein: '01-2345678',
  period: { from: '2023-01-01', to: '2023-12-31' },
  legalName: 'Test Society',
  otherNames: ['Testers'],
  address,
  website: 'https://test.example',
  officer: {
    name: 'Rosalind Pemberhurst',
    address: { ...address, lines: ['12 Fennelwick Mews'], city: 'Moseley', postalCode: '23120' },
  },
  receiptsNormallyAtMost50000: true as const,
  terminated: false,
};
