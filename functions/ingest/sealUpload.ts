/** Seals an examined upload: its bytes in the archive, protected, and all that is known of them in one commit. */
import {
  askForCheck,
  custodyIn,
  custodyKey,
  isDamaged,
  stray,
  stronger,
  type Use,
  used,
  writeCustody,
} from '../../shared/core/archive/custody.ts';
import { addVersion, type Rendition, type Version, versionKey } from '../../shared/core/archive/documents.ts';
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
import type { JsonObject, Write } from '../../shared/ports/recordStore.ts';
import { loadDocument, writeDocument } from '../documents/load.ts';
import { type Accepted, ending, refuse } from './ending.ts';

/** Seals what was accepted; refuses it in words where the document does not take it any more. */
export async function sealUpload(upload: Stored<Upload>, finding: Accepted, services: JobServices): Promise<void> {
  const files = filesOf(upload.data, finding);
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

/** A file of the version, and its content where it is not in quarantine. */
interface File {
  readonly bytes: Bytes;
  readonly as: Rendition;
  readonly content: Uint8Array | null;
}

function filesOf({ size, sha256: digest }: Upload, { text }: Accepted): readonly File[] {
  const original: File = { bytes: { size, sha256: digest }, as: 'original', content: null };
  if (!text?.trim()) return [original];
  const content = Buffer.from(text);
  return [original, { bytes: { size: content.length, sha256: sha256(content) }, as: 'text', content }];
}

async function sealOnce(
  id: string,
  files: readonly File[],
  finding: Accepted,
  services: JobServices,
  onProtect: (protection: Protection) => void,
): Promise<void> {
  const { records, blobs, newId } = services;
  const upload = await readRecord<Upload>(records, 'upload', id);
  const { data } = upload;
  if (data.outcome !== null) return;
  const now = instant(services.now());
  const { document, circumstances } = await loadDocument(records, data.documentId, now);
  const textBytes = files.find(({ as }) => as === 'text')?.bytes ?? null;
  const { after, version } = addVersion(document.data, describe(data, finding, textBytes, now));

  const protection = protectionOf(document.id, after, circumstances);

  // Read before the bytes are put there and expected in the commit: so nothing can remove them in between unnoticed.
  const held = await records.getMany(files.map(({ bytes }) => custodyKey(bytes.sha256)));
  const custody = files.flatMap(({ bytes, as }, index) => {
    const use: Use = { documentId: document.id, version: version.number, as };
    return writeCustody(bytes.sha256, held[index], used(custodyIn(held[index]), bytes.size, use, protection, now));
  });
  const damaged = files.filter((_, index) => isDamaged(custodyIn(held[index])));

  // What is known to be damaged gives way to the good bytes that just arrived, unless the store holds on to it: the check tells.
  for (const { bytes } of damaged) await blobs.remove(bytes.sha256).catch(() => {});
  // A crash from here to the commit leaves bytes that nothing refers to, until this runs again.
  for (const { bytes, content } of files) await (content === null ? blobs.seal(id, bytes) : blobs.put(content));
  onProtect(protection);
  for (const { bytes } of files.filter(file => !damaged.includes(file))) await blobs.protect(bytes.sha256, protection);
  const act: Act = { operation: 'ingest', by: data.by, at: now, eventId: newId() };
  const part: Write = {
    put: { key: versionKey(document.id, version.number), version: 1, data: version as unknown as JsonObject },
    expect: 'absent',
  };
  await records.commit([
    ...writeDocument(document.id, document, after, act).writes,
    part,
    ...custody,
    ...damaged.map(({ bytes }) => askForCheck(bytes.sha256, now)),
    ...ending(upload, { at: now, version: version.number, refused: null }, services),
  ]);
}

/** What an earlier attempt may have put into the archive is made known there, so that the next round lets it go. */
async function giveUp(files: readonly File[], told: Protection, { records, blobs, now }: JobServices): Promise<void> {
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
