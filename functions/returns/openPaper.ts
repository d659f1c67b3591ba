/** Opens a paper of a submission: the bytes that were filed, or nothing. */
import { askForCheck } from '../../shared/core/archive/custody.ts';
import { unavailability, type Version, versionKey } from '../../shared/core/archive/documents.ts';
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { Paper, Submission } from '../../shared/core/filings/filings.ts';
import { StateConflictError, wrongField } from '../../shared/errors.ts';
import { openReturn } from '../../shared/examination/returnReader.ts';
import type { Read } from '../../shared/examination/returnReading.ts';
import { NotWhatWasSealedError, readSealed } from '../../shared/examination/sealedBytes.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { findPaper } from '../documents/findPaper.ts';

export interface OpenPaper {
  readonly paper: Paper;
  readonly read: () => Promise<Read>;
}

/**
 * @throws {ValidationError} it is none of the papers of the submission, or no XML.
 * @throws {StateConflictError} the file in the archive cannot be had.
 */
export async function openPaper(
  named: Omit<Paper, 'sha256'>,
  { papers }: Submission,
  caller: Caller,
  now: Instant,
  services: JobServices,
): Promise<OpenPaper> {
  const { records } = services;
  const isIt = (one: Paper) => one.documentId === named.documentId && one.version === named.version;
  const paper = papers.find(isIt);
  const found = paper === undefined ? undefined : await findPaper(records, paper, caller, now);
  if (paper === undefined || found === undefined) {
    throw wrongField('/documentId', 'It is none of the papers of this submission. Name the return as it was filed.');
  }
  const away = unavailability(found.document, paper.version);
  if (away !== null) throw new StateConflictError(away);
  const version = (await records.get(versionKey(paper.documentId, paper.version)))?.data as unknown as Version;
  if (version.type !== 'application/xml') {
    throw wrongField('/documentId', 'It is no XML file. Name the return as it went to the IRS, in XML.');
  }
  return { paper, read: () => readBytes(paper, version.size, services) };
}

async function readBytes({ sha256 }: Paper, size: number, { records, blobs, now }: JobServices): Promise<Read> {
  try {
    return await openReturn(() => readSealed(blobs, sha256), size);
  } catch (error) {
    if (!(error instanceof NotWhatWasSealedError)) throw error;
    await records.commit([askForCheck(sha256, now().toISOString())]);
    throw new StateConflictError(
      'The file in the archive is not what was sealed. It is being checked; it has to be restored.',
    );
  }
}
