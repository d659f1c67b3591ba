/** The attachments of resolutions: versions of documents of the archive, public with the resolution where their level allows it. */
import {
  type ArchivedDocument,
  type References,
  referencesKey,
  unfitness,
  type Version,
  versionKey,
  visibleVersions,
} from '../../shared/core/archive/documents.ts';
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { Attachment } from '../../shared/core/decisions/motions.ts';
import { recordKey, replaceItem } from '../../shared/core/records.ts';
import { type FieldError, ValidationError } from '../../shared/errors.ts';
import type { JsonObject, RecordStore, Write } from '../../shared/ports/recordStore.ts';

type Citation = Omit<Attachment, 'sha256'>;

interface Found {
  readonly document: ArchivedDocument;
  readonly version: Version;
  /** Demands that the document is still what was read. */
  readonly check: Write;
}

/** One read for all; undefined for what the archive does not have, or the caller may not see. */
async function find(
  records: RecordStore,
  citations: readonly Citation[],
  caller: Caller,
  now: Instant,
): Promise<(Found | undefined)[]> {
  if (citations.length === 0) return [];
  const items = await records.getMany(
    citations.flatMap(({ documentId, version }) => [
      recordKey('document', documentId),
      versionKey(documentId, version),
      referencesKey(documentId),
    ]),
  );
  return citations.map(({ version: number }, index) => {
    const [item, part, references] = items.slice(3 * index, 3 * index + 3);
    if (item === undefined || part === undefined) return undefined;
    const document = item.data as unknown as ArchivedDocument;
    const sees = visibleVersions(caller, document, (references?.data ?? {}) as unknown as References, now);
    if (sees === null || (sees !== 'all' && !sees.has(number))) return undefined;
    const check: Write = { check: item.key, expect: { version: item.version } };
    return { document, version: part.data as unknown as Version, check };
  });
}

/**
 * What an author attaches, bound to its bytes, and the demand that it is still so when this is committed.
 *
 * @param fieldOf where in the body the citation of that index stands.
 * @throws {ValidationError} something cannot be attached.
 */
export async function attach(
  records: RecordStore,
  citations: readonly Citation[],
  caller: Caller,
  now: Instant,
  fieldOf: (index: number) => string = index => `/attachments/${index}`,
): Promise<{ readonly attachments: readonly Attachment[]; readonly checks: readonly Write[] }> {
  const found = await find(records, citations, caller, now);
  const errors = found.flatMap((one, index): FieldError[] => {
    const problem =
      one === undefined
        ? 'The archive has no such version of a document.'
        : unfitness(one.document, one.version, false);
    return problem === null ? [] : [{ in: 'body', field: fieldOf(index), message: problem }];
  });
  if (errors.length > 0) throw new ValidationError(errors);
  const attachments = citations.map(({ documentId, version }, index) => ({
    documentId,
    version,
    sha256: found[index]?.version.sha256 ?? '',
  }));
  return { attachments, checks: found.flatMap(one => one?.check ?? []) };
}

/** So many disclosures and resolutions fit into the item in which a document keeps who refers to it. */
const maxReferences = 3000;

/**
 * From that moment on the documents count as cited by something published: one of the level `public` is so by that. One read, or none.
 *
 * A document that too many refer to already is left out: a decision cannot fail for it.
 */
export async function publishAttachments(
  records: RecordStore,
  resolutionId: string,
  attachments: readonly Attachment[],
  publishAt: Instant,
): Promise<Write[]> {
  if (attachments.length === 0) return [];
  const items = await records.getMany(attachments.map(({ documentId }) => referencesKey(documentId)));
  return attachments.flatMap(({ documentId, version }, index) => {
    const others = (items[index]?.data ?? {}) as unknown as References;
    if (Object.keys(others).length >= maxReferences) return [];
    const next: References = { ...others, [resolutionId]: { versions: [version], publishAt, withdrawn: false } };
    return [replaceItem(referencesKey(documentId), items[index], next as unknown as JsonObject)];
  });
}

/** Every attachment by its number and its digest, which is part of the text; the document for whoever may see it. One read, or none. */
export async function presentAttachments(
  records: RecordStore,
  attachments: readonly Attachment[],
  caller: Caller,
  now: Instant,
) {
  const found = await find(records, attachments, caller, now);
  return attachments.map(({ documentId, version, sha256 }, index) => {
    const one = found[index];
    return {
      number: index + 1,
      sha256,
      document:
        one === undefined
          ? null
          : {
              documentId,
              version,
              title: one.document.facts.title,
              name: one.version.name,
              type: one.version.type,
              size: one.version.size,
              url: `/v1/documents/${documentId}/versions/${version}/file`,
            },
    };
  });
}
