/** Seals an examined upload: its bytes in the archive, protected, and all that is known of them in one commit. */
import {
  askForCheck,
  custodyIn,
  custodyKey,
  isDamaged,
  type Use,
  used,
  writeCustody,
} from '../../shared/core/archive/custody.ts';
import { addVersion, type Version, versionKey } from '../../shared/core/archive/documents.ts';
import { protectionOf } from '../../shared/core/archive/retention.ts';
import type { Upload } from '../../shared/core/archive/uploads.ts';
import { type Instant, instant } from '../../shared/core/calendar.ts';
import { sha256 } from '../../shared/core/digest.ts';
import type { Act, Stored } from '../../shared/core/records.ts';
import { NotFoundError, StateConflictError } from '../../shared/errors.ts';
import { untilSettled } from '../../shared/http/attempts.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import type { Bytes } from '../../shared/ports/blobStore.ts';
import type { JsonObject, Write } from '../../shared/ports/recordStore.ts';
import { loadDocument, writeDocument } from '../documents/load.ts';
import { type Accepted, ending } from './ending.ts';

/** @returns why the document does not take it, in words for the uploader; null when it is sealed. */
export async function sealUpload(
  upload: Stored<Upload>,
  finding: Accepted,
  services: JobServices,
): Promise<string | null> {
  try {
    await untilSettled(() => sealOnce(upload, finding, services));
    return null;
  } catch (error) {
    if (error instanceof StateConflictError) return error.message;
    if (error instanceof NotFoundError) return 'The document is not there any more.';
    throw error;
  }
}

async function sealOnce(upload: Stored<Upload>, finding: Accepted, services: JobServices): Promise<void> {
  const { records, blobs, newId } = services;
  const { id, data } = upload;
  const now = instant(services.now());
  const { document, circumstances } = await loadDocument(records, data.documentId, now);
  const text = finding.text?.trim() ? Buffer.from(finding.text) : null;
  const textBytes = text === null ? null : { size: text.length, sha256: sha256(text) };
  const { after, version } = addVersion(document.data, describe(data, finding, textBytes, now));
  const protection = protectionOf(document.id, after, circumstances);

  // Read before the bytes are put there and expected in the commit: so nothing can remove them in between unnoticed.
  const uses = [
    { bytes: data as Bytes, as: 'original' as const },
    ...(textBytes === null ? [] : [{ bytes: textBytes, as: 'text' as const }]),
  ];
  const held = await records.getMany(uses.map(({ bytes }) => custodyKey(bytes.sha256)));
  const custody = uses.flatMap(({ bytes, as }, index) => {
    const use: Use = { documentId: document.id, version: version.number, as };
    return writeCustody(bytes.sha256, held[index], used(custodyIn(held[index]), bytes.size, use, protection, now));
  });

  // What is known to be damaged gives way to the good bytes that just arrived, unless the store holds on to it: the check tells.
  for (const [index, { bytes }] of uses.entries()) {
    if (isDamaged(custodyIn(held[index]))) await blobs.remove(bytes.sha256).catch(() => {});
  }
  // A crash from here to the commit leaves bytes that nothing refers to, until this runs again.
  await blobs.seal(id, data);
  if (text !== null) await blobs.put(text);
  for (const { bytes } of uses) await blobs.protect(bytes.sha256, protection);
  const act: Act = { operation: 'ingest', by: data.by, at: now, eventId: newId() };
  const part: Write = {
    put: { key: versionKey(document.id, version.number), version: 1, data: version as unknown as JsonObject },
    expect: 'absent',
  };
  await records.commit([
    ...writeDocument(document.id, document, after, act).writes,
    part,
    ...custody,
    ...uses.filter((_, index) => isDamaged(custodyIn(held[index]))).map(({ bytes }) => askForCheck(bytes.sha256, now)),
    ...ending(upload, { at: now, version: version.number, refused: null }, services),
  ]);
}

function describe(upload: Upload, finding: Accepted, text: Bytes | null, now: Instant): Omit<Version, 'number'> {
  const { name, type, size, sha256, by, receivedAt } = upload;
  const { condition, note, pages, title } = finding;
  return {
    name,
    type,
    size,
    sha256,
    condition,
    note,
    pages,
    title,
    text,
    addedBy: by,
    addedAt: receivedAt ?? now,
    sealedAt: now,
  };
}
