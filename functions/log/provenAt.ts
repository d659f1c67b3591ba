/** Where something that somebody may see stands in the log, the salt that it was sealed with, and the proof. */
import type { Seal } from '../../shared/core/log/sequencing.ts';
import { NotFoundError } from '../../shared/errors.ts';
import type { PublishedLog } from '../../shared/http/operation.ts';
import { notPublishedYet, proofFileFor, readPublished } from './prove.ts';

export interface Proven {
  readonly salt: string;
  readonly index: number;
  readonly proof: string;
}

/**
 * @param seal undefined while it waits for its place.
 * @throws {NotFoundError} its salt was erased: nobody can show any more what was sealed.
 * @throws {MinutebookError} `temporarily-unavailable`: it is not published yet.
 */
export async function provenAt(seal: Seal | undefined, log: PublishedLog): Promise<Proven> {
  if (seal === undefined) throw notPublishedYet();
  const { index, salt } = seal;
  if (salt === null) throw new NotFoundError();
  const signed = await readPublished(log);
  if (signed === undefined || index >= signed.checkpoint.size) throw notPublishedYet();
  return { salt, index, proof: await proofFileFor(index, signed, log) };
}
