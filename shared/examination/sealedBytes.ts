/** Reads archived bytes for whoever must have just what was sealed. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { BlobMissingError, type BlobStore } from '../ports/blobStore.ts';

/** The archive has other bytes under the digest, or none. */
export class NotWhatWasSealedError extends Error {}

/** The bytes as they come; it ends with an error when they were others. @throws {NotWhatWasSealedError} there are none. */
export async function readSealed(blobs: BlobStore, sha256: string): Promise<Readable> {
  try {
    return Readable.from(verified(await blobs.read(sha256), sha256), { objectMode: false });
  } catch (error) {
    throw error instanceof BlobMissingError ? new NotWhatWasSealedError() : error;
  }
}

async function* verified(stream: Readable, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== sha256) throw new NotWhatWasSealedError();
}
