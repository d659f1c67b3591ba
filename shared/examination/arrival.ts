/** Takes the bytes of a file once, from the first to the last: counts and hashes them, and shows them to whoever looks on. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Bytes } from '../ports/blobStore.ts';

/** Looks on while the bytes of a file pass. */
export interface Sink {
  push(chunk: Buffer): void | Promise<void>;
}

/** The ends of a file, at most 64 KiB each. */
export interface Ends {
  readonly head: Buffer;
  readonly tail: Buffer;
}

const endBytes = 65_536;

/**
 * The ends of the file; undefined when it is not the one that was announced, in which case reading stops once that is certain.
 *
 * Needs the same memory for every size. Errors of the stream and of the sinks pass through.
 */
export async function receive(stream: Readable, announced: Bytes, sinks: readonly Sink[]): Promise<Ends | undefined> {
  const hash = createHash('sha256');
  let [size, head] = [0, Buffer.alloc(0)];
  const last: Buffer[] = [];
  let lastBytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > announced.size) return undefined;
    hash.update(chunk);
    if (head.length < endBytes) head = Buffer.concat([head, chunk.subarray(0, endBytes - head.length)]);
    last.push(chunk);
    lastBytes += chunk.length;
    for (let oldest = last[0]; oldest !== undefined && lastBytes - oldest.length >= endBytes; oldest = last[0]) {
      last.shift();
      lastBytes -= oldest.length;
    }
    for (const sink of sinks) await sink.push(chunk);
  }
  if (size !== announced.size || hash.digest('hex') !== announced.sha256) return undefined;
  return { head, tail: Buffer.concat(last).subarray(-endBytes) };
}
