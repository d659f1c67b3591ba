/** The documents of disclosures: taken from the archive as they are, and kept there while anything public cites them. */
import {
  type ArchivedDocument,
  type Reference,
  type References,
  referencesKey,
  unfitness,
  type Version,
  versionKey,
} from '../../shared/core/archive/documents.ts';
import { type Citation, type Cited, citedByAll, type Disclosure } from '../../shared/core/disclosures.ts';
import { recordKey, replaceItem } from '../../shared/core/records.ts';
import { type FieldError, StateConflictError, ValidationError } from '../../shared/errors.ts';
import type { Item, JsonObject, RecordStore, Write } from '../../shared/ports/recordStore.ts';

interface Found {
  readonly cited: Cited;
  /** Why it cannot be cited; null when it can. */
  readonly problem: string | null;
  readonly check: Write;
}

/** One read for all; undefined for what the archive does not have. */
async function find(
  records: RecordStore,
  citations: readonly Citation[],
  isToBePublic: boolean,
): Promise<(Found | undefined)[]> {
  if (citations.length === 0) return [];
  const items = await records.getMany([
    ...citations.map(({ documentId }) => recordKey('document', documentId)),
    ...citations.map(({ documentId, version }) => versionKey(documentId, version)),
  ]);
  return citations.map(({ documentId, version: number }, index) => {
    const [item, part] = [items[index], items[citations.length + index]];
    if (item === undefined || part === undefined) return undefined;
    const document = item.data as unknown as ArchivedDocument;
    const version = part.data as unknown as Version;
    const { name, type, size, sha256, pages } = version;
    return {
      cited: { documentId, version: number, title: document.facts.title, name, type, size, sha256, pages },
      problem: unfitness(document, version, isToBePublic),
      check: { check: item.key, expect: { version: item.version } },
    };
  });
}

/**
 * What a secretary cites, as the archive has it, and the demand that it is still so when this is committed.
 *
 * @param field where in the body the citations stand.
 * @param isToBePublic true when it becomes public with no further step.
 * @throws {ValidationError} something cannot be cited.
 */
export async function cite(
  records: RecordStore,
  citations: readonly Citation[],
  field: string,
  isToBePublic: boolean,
): Promise<{ readonly cited: readonly Cited[]; readonly checks: readonly Write[] }> {
  const found = await find(records, citations, isToBePublic);
  const errors = found.flatMap((one, index): FieldError[] => {
    const problem = one === undefined ? 'The archive has no such version of a document.' : one.problem;
    return problem === null ? [] : [{ in: 'body', field: `${field}/${index}`, message: problem }];
  });
  if (errors.length > 0) throw new ValidationError(errors);
  const whole = found.flatMap(one => one ?? []);
  return { cited: whole.map(({ cited }) => cited), checks: whole.map(({ check }) => check) };
}

/** Demands that everything cited may become public now. @throws {StateConflictError} */
export async function demandPublishable(records: RecordStore, citations: readonly Cited[]): Promise<readonly Write[]> {
  const found = await find(records, citations, true);
  const problems = found.flatMap((one, index) => {
    const problem = one === undefined ? 'The archive does not have it.' : one.problem;
    return problem === null ? [] : [`"${citations[index]?.title}" cannot be published: ${problem}`];
  });
  if (problems.length > 0) throw new StateConflictError(problems.join(' '));
  return found.flatMap(one => one?.check ?? []);
}

/** Tells every document by which versions a disclosure refers to it now. One read, or none. */
export async function writeReferences(
  records: RecordStore,
  id: string,
  before: Disclosure | undefined,
  after: Disclosure,
): Promise<Write[]> {
  const [was, is] = [referencesOf(before), referencesOf(after)];
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter(
    documentId => JSON.stringify(was.get(documentId)) !== JSON.stringify(is.get(documentId)),
  );
  if (changed.length === 0) return [];
  const items = await records.getMany(changed.map(referencesKey));
  return changed.map((documentId, index) => referenceWrite(items[index], documentId, id, is.get(documentId)));
}

function referencesOf(disclosure: Disclosure | undefined): ReadonlyMap<string, Reference> {
  if (disclosure === undefined) return new Map();
  const { publishAt, withdrawal } = disclosure;
  const reference = (versions: readonly number[]) => ({ versions, publishAt, withdrawn: withdrawal !== null });
  return new Map([...citedByAll(disclosure)].map(([documentId, versions]) => [documentId, reference(versions)]));
}

/** So many disclosures can refer to one document: they share one item of the store. */
const maxReferences = 1000;

function referenceWrite(
  item: Item | undefined,
  documentId: string,
  id: string,
  reference: Reference | undefined,
): Write {
  const { [id]: _, ...others } = (item?.data ?? {}) as unknown as References;
  if (reference !== undefined && Object.keys(others).length >= maxReferences) {
    throw new StateConflictError(`${maxReferences} disclosures refer to one of the documents already.`);
  }
  const next: References = reference === undefined ? others : { ...others, [id]: reference };
  return replaceItem(referencesKey(documentId), item, next as unknown as JsonObject);
}
