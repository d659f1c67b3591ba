/** Reads archived bytes again and compares them with their digest. */
import {
  type CheckResult,
  type Custody,
  checked,
  custodyIn,
  custodyKey,
  toCheckKey,
  type Use,
  writeCustody,
} from '../../shared/core/archive/custody.ts';
import { type ArchivedDocument, noteCheck } from '../../shared/core/archive/documents.ts';
import { instant } from '../../shared/core/calendar.ts';
import { receive } from '../../shared/examination/arrival.ts';
import { untilSettled } from '../../shared/http/attempts.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { readRecord } from '../../shared/http/read.ts';
import { BlobMissingError, type BlobStore } from '../../shared/ports/blobStore.ts';
import type { Write } from '../../shared/ports/recordStore.ts';
import { writeDocument } from '../documents/load.ts';

/** Reads everything, whatever the store says of it. @throws whatever the store throws, but for missing bytes. */
export async function readAgain(blobs: BlobStore, sha256: string, size: number): Promise<CheckResult> {
  try {
    return (await receive(await blobs.read(sha256), { sha256, size }, [])) === undefined ? 'changed' : 'good';
  } catch (error) {
    if (error instanceof BlobMissingError) return 'missing';
    throw error;
  }
}

/**
 * Checks one file and records the result: with the bytes, and with every document of which they are a version. A difference is
 * logged as an error, which raises the alarm.
 *
 * @returns what is known of the bytes now; undefined when the archive does not hold them.
 */
export async function checkBytes(sha256: string, services: JobServices): Promise<Custody | undefined> {
  const { records, blobs } = services;
  const known = custodyIn(await records.get(custodyKey(sha256)));
  const ask: Write = { remove: toCheckKey(sha256), expect: 'any' };
  if (known === undefined || known.leavingSince !== null) {
    await records.commit([ask]);
    return known;
  }
  const result = await readAgain(blobs, sha256, known.size);
  const after = await untilSettled(async () => {
    const item = await records.get(custodyKey(sha256));
    const custody = custodyIn(item);
    if (custody === undefined || custody.leavingSince !== null) return custody;
    // Always all of them: a check that broke off may have told some, and recorded nothing.
    await tellDocuments(custody.uses, result === 'good', services);
    const next = checked(custody, result, instant(services.now()));
    await records.commit([...writeCustody(sha256, item, next), ask]);
    return next;
  });
  if (result !== 'good') alarm(sha256, known, result, services);
  return after;
}

/** Notes the result in every document that the bytes are in, each in a commit of its own. */
async function tellDocuments(uses: readonly Use[], isGood: boolean, services: JobServices): Promise<void> {
  const { records, now, newId } = services;
  for (const documentId of new Set(uses.map(use => use.documentId))) {
    await untilSettled(async () => {
      const before = await readRecord<ArchivedDocument>(records, 'document', documentId);
      const own = uses.filter(use => use.documentId === documentId);
      const after = own.reduce(
        (document, { version, as }) => noteCheck(document, { version, as }, isGood),
        before.data,
      );
      const act = { operation: 'checkFixity', by: null, at: instant(now()), eventId: newId() };
      const { writes } = writeDocument(documentId, before, after, act);
      if (writes.length > 0) await records.commit(writes);
    });
  }
}

function alarm(sha256: string, { uses }: Custody, result: CheckResult, { log, now, newId }: JobServices): void {
  const where = uses.map(({ documentId, version, as }) => `${as} of version ${version} of document ${documentId}`);
  log({
    level: 'error',
    at: now().toISOString(),
    requestId: newId(),
    operation: 'checkFixity',
    status: 500,
    milliseconds: 0,
    internal: `FIXITY ${sha256} is ${result}: ${where.join('; ')}. See "A file differs" in docs/runbook.md.`,
  });
}
