/** Puts the files of a version into the archive, protected, with all that has to be committed for them. */
import {
  askForCheck,
  custodyIn,
  custodyKey,
  isDamaged,
  type Use,
  used,
  writeCustody,
} from '../../shared/core/archive/custody.ts';
import { type Rendition, type Version, versionKey } from '../../shared/core/archive/documents.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import type { Bytes, Protection } from '../../shared/ports/blobStore.ts';
import type { JsonObject, Write } from '../../shared/ports/recordStore.ts';

/** A file of a version, and how it comes into the archive. */
export interface SealedFile {
  readonly bytes: Bytes;
  readonly as: Rendition;
  readonly put: () => Promise<unknown>;
}

export interface Sealing {
  readonly documentId: string;
  readonly version: Version;
  readonly protection: Protection;
  readonly now: Instant;
  /** Called before the store is told. */
  readonly onProtect?: (protection: Protection) => void;
}

/**
 * The version beside its document, and the custody of its files; the document itself is written by `writeDocument`.
 *
 * @throws {BusyError} the same bytes are just being removed.
 * @throws {StateConflictError} they are in use too often.
 */
export async function sealFiles(
  files: readonly SealedFile[],
  { documentId, version, protection, now, onProtect }: Sealing,
  { records, blobs }: Pick<JobServices, 'records' | 'blobs'>,
): Promise<Write[]> {
  // Read before the bytes are put there and expected in the commit: so nothing can remove them in between unnoticed.
  const held = await records.getMany(files.map(({ bytes }) => custodyKey(bytes.sha256)));
  const custody = files.flatMap(({ bytes, as }, index) => {
    const use: Use = { documentId, version: version.number, as };
    return writeCustody(bytes.sha256, held[index], used(custodyIn(held[index]), bytes.size, use, protection, now));
  });
  const damaged = files.filter((_, index) => isDamaged(custodyIn(held[index])));

  // What is known to be damaged gives way to the good bytes that just arrived, unless the store holds on to it: the check tells.
  for (const { bytes } of damaged) await blobs.remove(bytes.sha256).catch(() => {});
  // A crash from here to the commit leaves bytes that nothing refers to, until this runs again.
  for (const { put } of files) await put();
  onProtect?.(protection);
  for (const { bytes } of files.filter(file => !damaged.includes(file))) await blobs.protect(bytes.sha256, protection);
  const key = versionKey(documentId, version.number);
  return [
    { put: { key, version: 1, data: version as unknown as JsonObject }, expect: 'absent' },
    ...custody,
    ...damaged.map(({ bytes }) => askForCheck(bytes.sha256, now)),
  ];
}
