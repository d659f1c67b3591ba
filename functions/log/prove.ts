/** Makes proofs from the tiles of the published log. */
import { readCheckpoint, type SignedCheckpoint } from '../../shared/core/log/checkpoints.ts';
import { proofFileText } from '../../shared/core/log/proofFiles.ts';
import { consistencyPlan, inclusionPlan, proofOf } from '../../shared/core/log/proofs.ts';
import type { Hash } from '../../shared/core/log/tree.ts';
import { MinutebookError } from '../../shared/errors.ts';
import type { PublishedLog } from '../../shared/http/operation.ts';
import { LogForkError } from '../../shared/ports/logStore.ts';
import { hashReader } from '../sequence/hashes.ts';

/** What is asked for has its place in the log, or will have, and is not published yet. */
export const notPublishedYet = () =>
  new MinutebookError('temporarily-unavailable', 'It is being put into the log. Ask again in some seconds.', {
    internal: 'It is not published in the log yet',
  });

/**
 * What is published is missing or damaged: whoever asks is told to come again, and the operator what it is.
 * @throws {MinutebookError} `temporarily-unavailable`
 */
export async function whole<Read>(read: Promise<Read>): Promise<Read> {
  try {
    return await read;
  } catch (error) {
    if (!(error instanceof LogForkError)) throw error;
    const message = 'The log cannot be read right now. Ask again later, or tell the operator of the book.';
    throw new MinutebookError('temporarily-unavailable', message, { internal: error.message, cause: error });
  }
}

/** The newest checkpoint; undefined while the log has none. One read. @throws {MinutebookError} what is published is none of this log. */
export async function readPublished({ store, origin }: PublishedLog): Promise<SignedCheckpoint | undefined> {
  const published = await store.readCheckpoint();
  if (published === undefined) return undefined;
  const signed = readCheckpoint(published.content);
  if (signed?.checkpoint.origin === origin) return signed;
  return whole(Promise.reject(new LogForkError(`What is published is no checkpoint of ${origin}`)));
}

/**
 * The text of a proof file. Of each level of tiles it reads two at most, all at once: two reads for 256 entries, six for 16 million.
 * @param index of an entry that the checkpoint covers.
 */
export async function proofFileFor(index: number, signed: SignedCheckpoint, { store }: PublishedLog): Promise<string> {
  const { size } = signed.checkpoint;
  const plan = inclusionPlan(index, size);
  const hashOf = await whole(hashReader(plan.flat(), size, store));
  return proofFileText({ extra: null, index, hashes: proofOf(plan, hashOf), signed });
}

/**
 * The hashes that show that a log continues an earlier one. As many reads as for a proof file.
 * @param size of the published log, which has the tiles of all smaller ones, and partial ones of some of them only.
 */
export async function consistencyBetween(
  { from, to }: { readonly from: number; readonly to: number },
  size: number,
  { store }: PublishedLog,
): Promise<Hash[]> {
  const plan = consistencyPlan(from, to);
  const hashOf = await whole(hashReader(plan.flat(), size, store));
  return proofOf(plan, hashOf);
}
