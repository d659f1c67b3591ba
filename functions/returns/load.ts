/** Loads returns, and tells who may know of them. */
import { type Caller, may } from '../../shared/core/authorisation.ts';
import type { Filing, Submission } from '../../shared/core/filings/filings.ts';
import { partKey, recordKey, type Stored, stored } from '../../shared/core/records.ts';
import { type Details, detailsIn, type RecordedReturn } from '../../shared/core/returns/recorded.ts';
import { NotFoundError } from '../../shared/errors.ts';
import type { Key, RecordStore } from '../../shared/ports/recordStore.ts';

export interface KnownReturn {
  readonly recorded: Stored<RecordedReturn>;
  readonly submission: Submission;
  /** Null for a postcard. */
  readonly details: Details | null;
}

export const detailsKey = (id: string, part: number): Key =>
  partKey('return', id, `details#${String(part).padStart(3, '0')}`);

/** One read. @throws {NotFoundError} there is none, or the caller may not know of it. */
export async function loadKnown(
  records: RecordStore,
  id: string,
  caller: Caller,
): Promise<Omit<KnownReturn, 'details'>> {
  const filingId = id.slice(0, id.lastIndexOf('~'));
  const [item, owner] = await records.getMany([recordKey('return', id), recordKey('filing', filingId)]);
  if (item === undefined || owner === undefined) throw new NotFoundError();
  const recorded = stored<RecordedReturn>(id, item);
  const { data } = recorded;
  const submission = (owner.data as unknown as Filing).submissions[data.submission - 1];
  if (submission === undefined || !mayKnow(caller, data, submission)) throw new NotFoundError();
  return { recorded, submission };
}

/** Two reads, or one for a postcard. @throws {NotFoundError} as `loadKnown`. */
export async function loadReturn(records: RecordStore, id: string, caller: Caller): Promise<KnownReturn> {
  const { recorded, submission } = await loadKnown(records, id, caller);
  const keys = Array.from({ length: recorded.data.file?.parts ?? 0 }, (_, index) => detailsKey(id, index + 1));
  if (keys.length === 0) return { recorded, submission, details: null };
  const texts = (await records.getMany(keys)).map(part => String(part?.data.text ?? ''));
  return { recorded, submission, details: detailsIn(texts) };
}

/**
 * Everybody may, while the submission was not rejected and anyone may have the copy: whoever takes the copy back takes back with it what
 * was read from it.
 */
export function mayKnow(caller: Caller, { file }: Pick<RecordedReturn, 'file'>, submission: Submission): boolean {
  if (may(caller, 'see compliance')) return true;
  if (submission.answer?.accepted === false) return false;
  return file === null || isNamed(file.copy, submission);
}

/** True while anyone may have the copy. */
export const isNamed = (
  { documentId, version }: { readonly documentId: string; readonly version: number },
  { publicCopies, answer }: Submission,
) =>
  answer?.accepted !== false && publicCopies.some(copy => copy.documentId === documentId && copy.version === version);
