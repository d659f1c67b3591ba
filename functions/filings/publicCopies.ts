/** What anyone may have of a submission: documents of the archive, public because a filing that stands refers to them. */
import { type Reference, type References, referencesKey } from '../../shared/core/archive/documents.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import { type Filing, filingLists, type Paper } from '../../shared/core/filings/filings.ts';
import { isInspectable } from '../../shared/core/filings/inspection.ts';
import { copiesOf, publishCopies } from '../../shared/core/filings/submitting.ts';
import { listPartition, recordKey, replaceItem } from '../../shared/core/records.ts';
import { type RecordedReturn, returnIdOf } from '../../shared/core/returns/recorded.ts';
import { type FieldError, StateConflictError, ValidationError } from '../../shared/errors.ts';
import { allPages } from '../../shared/http/read.ts';
import type { JsonObject, RecordStore, Write } from '../../shared/ports/recordStore.ts';
import { cite } from '../disclosures/documents.ts';
import { isData } from './originals.ts';
import { readFilings } from './readFilings.ts';

/**
 * The filing with these copies of a submission, and what else has to be committed for it: the documents' references, and the demand that
 * the documents are still what they were. The record itself is written by `writeFiling`.
 *
 * @param number of the submission, from 1.
 * @throws {ValidationError} a copy cannot be public: it is no sound version of a document of the level `public`, or data that may name
 * contributors.
 * @throws {StateConflictError} the submission was rejected.
 */
export async function nameCopies(
  records: RecordStore,
  id: string,
  before: Filing,
  { submission: number, copies }: { readonly submission: number; readonly copies: readonly Omit<Paper, 'sha256'>[] },
  at: Instant,
): Promise<{ readonly after: Filing; readonly writes: readonly Write[] }> {
  const { cited, checks } = await cite(records, copies, '/copies', true);
  const isWithheld = cited.some(isData) ? await withholding(records, id, before, number) : () => false;
  const errors = cited.flatMap((one, index): FieldError[] =>
    isData(one) && isWithheld(one) ? [{ in: 'body', field: `/copies/${index}`, message: originalText }] : [],
  );
  if (errors.length > 0) throw new ValidationError(errors);
  const papers = cited.map(({ documentId, version, sha256 }) => ({ documentId, version, sha256 }));
  const after = publishCopies(before, number, papers);
  return { after, writes: [...checks, ...(await copyReferences(records, id, before, after, at))] };
}

const originalText =
  'It may name contributors. Have the return read: that makes the copy for everybody, from which they are withheld.';

/**
 * Which data may not be named as a copy. Of a return that is open to everybody: all but the copy that the book made by reading it. Of
 * any other filing: an annual return as it was filed. One read or more.
 */
async function withholding(
  records: RecordStore,
  id: string,
  filing: Filing,
  number: number,
): Promise<(cited: Paper) => boolean> {
  if (isInspectable(filing)) {
    const read = await records.get(recordKey('return', returnIdOf(id, number)));
    const made = (read?.data as unknown as RecordedReturn | undefined)?.file?.copy;
    return ({ documentId, version }) => documentId !== made?.documentId || version !== made.version;
  }
  const filings = await readAnnualReturns(records);
  const papers = filings.flatMap(({ submissions }) => submissions.flatMap(one => one.papers));
  const originals = new Set(papers.map(({ sha256 }) => sha256));
  return ({ sha256 }) => originals.has(sha256);
}

/** The annual returns of all years: the original of one may be taken for the copy of another. One query and one read for every hundred. */
async function readAnnualReturns(records: RecordStore): Promise<readonly Filing[]> {
  const ids: string[] = [];
  for await (const items of allPages(records, { partition: listPartition(filingLists.annualReturns) }))
    ids.push(...items.map(({ data }) => String(data.id)));
  return (await readFilings(records, ids)).map(({ data }) => data);
}

/**
 * Tells every document by which versions a filing refers to it now: to be committed with each change of submissions, their answers or
 * copies. One read, or none.
 */
export async function copyReferences(
  records: RecordStore,
  id: string,
  before: Filing | undefined,
  after: Filing,
  at: Instant,
): Promise<Write[]> {
  const [was, is] = [versionsOf(before), versionsOf(after)];
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter(
    documentId => String(was.get(documentId)) !== String(is.get(documentId)),
  );
  if (changed.length === 0) return [];
  const items = await records.getMany(changed.map(referencesKey));
  return changed.map((documentId, index) => {
    const item = items[index];
    const others = (item?.data ?? {}) as unknown as References;
    const next: References = { ...others, [id]: referenceTo(is.get(documentId), others[id], at) };
    if (Object.keys(next).length > maxReferences) {
      throw new StateConflictError(`${maxReferences} others refer to one of the documents already.`);
    }
    return replaceItem(referencesKey(documentId), item, next as unknown as JsonObject);
  });
}

/** So many can refer to one document: they share one item of the store. */
const maxReferences = 1000;

/** @param versions undefined when it refers to none of them any more. */
function referenceTo(versions: readonly number[] | undefined, before: Reference | undefined, at: Instant): Reference {
  const publishAt = before?.publishAt ?? at;
  if (versions === undefined) return { versions: before?.versions ?? [], publishAt, withdrawn: true };
  return { versions, publishAt, withdrawn: false };
}

/** The versions that anyone may have, in order, by document. */
function versionsOf(filing: Filing | undefined): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, readonly number[]>();
  if (filing === undefined) return found;
  for (const { documentId, version } of copiesOf(filing)) {
    const versions = new Set([...(found.get(documentId) ?? []), version]);
    found.set(
      documentId,
      [...versions].sort((a, b) => a - b),
    );
  }
  return found;
}
