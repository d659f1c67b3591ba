/** Seals an examined upload: its bytes in the archive, protected, and all that is known of them in one commit. */
import { custodyKey, stray, stronger, writeCustody } from '../../shared/core/archive/custody.ts';
import { addVersion, type Version } from '../../shared/core/archive/documents.ts';
import { protectionOf } from '../../shared/core/archive/retention.ts';
import type { Upload } from '../../shared/core/archive/uploads.ts';
import { type Instant, instant } from '../../shared/core/calendar.ts';
import { sha256 } from '../../shared/core/digest.ts';
import type { Act, Stored } from '../../shared/core/records.ts';
import { NotFoundError, StateConflictError } from '../../shared/errors.ts';
import { untilSettled } from '../../shared/http/attempts.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { readRecord } from '../../shared/http/read.ts';
import type { Bytes, Protection } from '../../shared/ports/blobStore.ts';
import { loadDocument, writeDocument } from '../documents/load.ts';
import { type SealedFile, sealFiles } from '../documents/sealFiles.ts';
import { type Accepted, ending, refuse } from './ending.ts';

/** Seals what was accepted; refuses it in words where the document does not take it any more. */
export async function sealUpload(upload: Stored<Upload>, finding: Accepted, services: JobServices): Promise<void> {
  const files = filesOf(upload, finding, services);
  let told: Protection = { retainUntil: null, hold: false };
  try {
    await untilSettled(() =>
      sealOnce(upload.id, files, finding, services, protection => {
        told = stronger(told, protection);
      }),
    );
  } catch (error) {
    if (!(error instanceof StateConflictError || error instanceof NotFoundError)) throw error;
    await giveUp(files, told, services);
    await refuse(
      upload.id,
      error instanceof NotFoundError ? 'The document is not there any more.' : error.message,
      services,
    );
  }
}

function filesOf({ id, data }: Stored<Upload>, { text }: Accepted, { blobs }: JobServices): readonly SealedFile[] {
  const bytes = { size: data.size, sha256: data.sha256 };
  const original: SealedFile = { bytes, as: 'original', put: () => blobs.seal(id, bytes) };
  if (!text?.trim()) return [original];
  const content = Buffer.from(text);
  const described = { size: content.length, sha256: sha256(content) };
  return [original, { bytes: described, as: 'text', put: () => blobs.put(content) }];
}

async function sealOnce(
  id: string,
  files: readonly SealedFile[],
  finding: Accepted,
  services: JobServices,
  onProtect: (protection: Protection) => void,
): Promise<void> {
  const { records, newId } = services;
  const upload = await readRecord<Upload>(records, 'upload', id);
  const { data } = upload;
  if (data.outcome !== null) return;
  const now = instant(services.now());
  const { document, circumstances } = await loadDocument(records, data.documentId, now);
  const textBytes = files.find(({ as }) => as === 'text')?.bytes ?? null;
  const { after, version } = addVersion(document.data, describe(data, finding, textBytes, now));

  const protection = protectionOf(document.id, after, circumstances);
  const sealed = await sealFiles(files, { documentId: document.id, version, protection, now, onProtect }, services);
  const act: Act = { operation: 'ingest', by: data.by, at: now, eventId: newId() };
  await records.commit([
    ...writeDocument(document.id, document, after, act).writes,
    ...sealed,
    ...ending(upload, { at: now, version: version.number, refused: null }, services),
  ]);
}

/** What an earlier attempt may have put into the archive is made known there, so that the next round lets it go. */
async function giveUp(
  files: readonly SealedFile[],
  told: Protection,
  { records, blobs, now }: JobServices,
): Promise<void> {
  for (const { bytes } of files) {
    await untilSettled(async () => {
      if ((await records.get(custodyKey(bytes.sha256))) !== undefined) return;
      if ((await blobs.sizeOf(bytes.sha256)) === undefined) return;
      await records.commit(writeCustody(bytes.sha256, undefined, stray(bytes.size, told, instant(now()))));
    });
  }
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
