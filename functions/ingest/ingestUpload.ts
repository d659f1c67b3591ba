/**
 * Examines an upload and seals it as a version of its document, or refuses it.
 *
 * The upload's row on the list `examine` is there from its completion until the one commit that ends it. Whatever is done before
 * that commit can be done again: a crash anywhere leaves the row, and the next run begins anew.
 */
import { maxAttempts, toExamine, toExamineKey, type Upload } from '../../shared/core/archive/uploads.ts';
import { type Instant, instant } from '../../shared/core/calendar.ts';
import type { Finding } from '../../shared/core/files.ts';
import { listPartition, recordKey, replaceItem, type Stored, stored } from '../../shared/core/records.ts';
import { BusyError } from '../../shared/errors.ts';
import { examine } from '../../shared/examination/examine.ts';
import type { Limits } from '../../shared/examination/limits.ts';
import { untilSettled } from '../../shared/http/attempts.ts';
import { logFaults } from '../../shared/http/jobLog.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { allPages, readRecord } from '../../shared/http/read.ts';
import { BlobMissingError } from '../../shared/ports/blobStore.ts';
import type { Key } from '../../shared/ports/recordStore.ts';
import { refuse } from './ending.ts';
import { sealUpload } from './sealUpload.ts';

/** Ingests everything that waits to be examined; what fails is logged and stays for the next time. */
export async function ingestAll(services: JobServices, limits: Partial<Limits> = {}): Promise<void> {
  for await (const rows of allPages(services.records, { partition: listPartition(toExamine) })) {
    for (const { key } of rows) await ingestOrLog(key.sort, services, limits);
  }
}

/** @returns false when it failed and has to be tried again. */
export async function ingestOrLog(id: string, services: JobServices, limits: Partial<Limits> = {}): Promise<boolean> {
  try {
    await ingestUpload(id, services, limits);
    return true;
  } catch (error) {
    // The same bytes are just being removed, or somebody else is at it: not a fault, and over soon.
    if (!(error instanceof BusyError)) logFaults(error, 'ingest', services);
    return false;
  }
}

/** Does nothing when the upload does not wait to be examined, or the scanner has not looked at it yet. */
export async function ingestUpload(id: string, services: JobServices, limits: Partial<Limits> = {}): Promise<void> {
  const { records, blobs } = services;
  const [row, item] = await records.getMany([toExamineKey(id), recordKey('upload', id)]);
  if (row === undefined || item === undefined) return;
  const upload = stored<Upload>(id, item);
  const verdict = await blobs.scan(id);
  const isLate = Date.parse(upload.data.receivedAt ?? '') < services.now().getTime() - scanDays * 86_400_000;
  if (verdict === 'pending' && !isLate) return;
  const finding =
    verdict === 'clean' || verdict === 'none' ? await examineThere(upload, services, limits) : notClean[verdict];
  if (finding === null) return;
  if (finding.refused === null) await sealUpload(upload, finding, services);
  else await refuse(id, finding.refused, services);
  // A crash before this leaves bytes that nothing refers to; they go when the day of the upload is over.
  await blobs.discardUpload(id, upload.data.session);
}

/** Null when another run has ended the upload meanwhile, and its bytes with it. */
async function examineThere(
  upload: Stored<Upload>,
  services: JobServices,
  limits: Partial<Limits>,
): Promise<Finding | null> {
  try {
    return await examineCounted(upload, services, limits);
  } catch (error) {
    if (!(error instanceof BlobMissingError)) throw error;
    const { data } = await readRecord<Upload>(services.records, 'upload', upload.id);
    return data.outcome === null ? { refused: 'The bytes are not there any more. Send the file again.' } : null;
  }
}

/** The scanner has so many days: before its quarantine forgets the bytes. */
const scanDays = 3;

const notClean = {
  infected: { refused: 'The scanner for malware found something in the file. Look at it before you send another one.' },
  pending: {
    refused: 'The scanner for malware came to no result. Remove a password from the file, or send it as a PDF.',
  },
} as const;

/** Longer than an examination can last before whatever runs it is ended. */
const attemptMinutes = 20;

/**
 * Counts the attempts that neither ended nor failed: whatever kills all of the examination again and again must not do so for
 * ever. A fault of the store is no such attempt, and neither is one that is still under way.
 */
async function examineCounted(
  upload: Stored<Upload>,
  services: JobServices,
  limits: Partial<Limits>,
): Promise<Finding> {
  const { records, blobs, now, newId } = services;
  const key: Key = { table: 'expiring', partition: `attempts#${upload.id}`, sort: 'begun' };
  const attempt = newId();
  const begun = await changeAttempts(others => ({ ...others, [attempt]: instant(now()) }));
  const longAgo = instant(new Date(now().getTime() - attemptMinutes * 60_000));
  try {
    if (Object.values(begun).filter(at => at < longAgo).length >= maxAttempts) {
      return {
        refused: 'Examining the file failed again and again. Save it anew, or as another kind of file, and send that.',
      };
    }
    return await examine(() => blobs.readUpload(upload.id), upload.data, limits);
  } finally {
    await changeAttempts(({ [attempt]: _, ...others }) => others);
  }

  function changeAttempts(change: (begun: Attempts) => Attempts): Promise<Attempts> {
    return untilSettled(async () => {
      const read = await records.get(key);
      const after = change((read?.data ?? {}) as Attempts);
      await records.commit([replaceItem(key, read, after, Math.floor(now().getTime() / 1000) + 7 * 86_400)]);
      return after;
    });
  }
}

/** When each began that has not ended. */
type Attempts = { readonly [attempt: string]: Instant };
