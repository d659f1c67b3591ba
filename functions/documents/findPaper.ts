/** Finds a version of a document of the archive that somebody names. */
import {
  type ArchivedDocument,
  isDisposed,
  type References,
  referencesKey,
  type Version,
  versionKey,
  visibleVersions,
} from '../../shared/core/archive/documents.ts';
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { Paper } from '../../shared/core/filings/filings.ts';
import { recordKey } from '../../shared/core/records.ts';
import type { RecordStore, Write } from '../../shared/ports/recordStore.ts';

export interface FoundPaper {
  readonly paper: Paper;
  readonly document: ArchivedDocument;
  /** Demands that the document is still what was read. */
  readonly check: Write;
}

/** One read. Undefined for what the archive does not have any more, or the caller may not see: the two do not differ. */
export async function findPaper(
  records: RecordStore,
  { documentId, version }: Omit<Paper, 'sha256'>,
  caller: Caller,
  now: Instant,
): Promise<FoundPaper | undefined> {
  const [item, part, references] = await records.getMany([
    recordKey('document', documentId),
    versionKey(documentId, version),
    referencesKey(documentId),
  ]);
  if (item === undefined || part === undefined) return undefined;
  const document = item.data as unknown as ArchivedDocument;
  const sees = visibleVersions(caller, document, (references?.data ?? {}) as unknown as References, now);
  if (isDisposed(document) || sees === null || (sees !== 'all' && !sees.has(version))) return undefined;
  const { sha256 } = part.data as unknown as Version;
  const check: Write = { check: item.key, expect: { version: item.version } };
  return { paper: { documentId, version, sha256 }, document, check };
}
