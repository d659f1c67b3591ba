/** Bytes for tests of the BlobStore, and how they are sent and fetched from outside. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BlobStore, Bytes, Delivery, Grant, Part, Validity } from '../../shared/ports/blobStore.ts';

export interface BlobStoreUnderTest {
  readonly store: BlobStore;
  /** The address of the book, for grants and links that are relative to it. */
  readonly origin: string;
  /** Another connection to the same store. */
  connect(): BlobStore;
  close(): Promise<void>;
}

export const mebibyte = 1024 * 1024;
export const delivery: Delivery = {
  type: 'text/plain; charset=utf-8',
  disposition: 'inline; filename="minutes of May.txt"',
  cacheControl: 'public, max-age=31536000, immutable',
};

/** Other bytes at every call. */
export const newContent = (size = 1000): Buffer<ArrayBuffer> => Buffer.from(randomBytes(size));

export function bytesOf(content: Uint8Array): Bytes {
  return { size: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

export const partOf = (number: number, content: Uint8Array): Part => ({ number, ...bytesOf(content) });

/** Good from some seconds ago on. */
export function validFor(seconds = 60, secondsAgo = 5): Validity {
  return { at: new Date(Date.now() - secondsAgo * 1000).toISOString(), seconds: seconds + secondsAgo };
}

export const contentOf = async (stream: Readable): Promise<Buffer> => Buffer.concat(await stream.toArray());

/** Sends a body with a grant and tells the status of the answer. */
export async function send(
  origin: string,
  { method, url, headers }: Grant,
  body: RequestInit['body'],
): Promise<number> {
  const answer = await fetch(new URL(url, origin), { method, headers, body: body ?? null });
  await answer.arrayBuffer();
  return answer.status;
}

/** As {@link send}, for a file, which is not held in memory. (`fetch` reads a whole file ahead of a slower server.) */
export async function sendFile(origin: string, grant: Grant, file: string): Promise<number> {
  const { size } = await stat(file);
  const { method, url, headers } = grant;
  const sending = request(new URL(url, origin), { method, headers: { ...headers, 'content-length': size } });
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
  await pipeline(createReadStream(file), sending);
  const [answer] = await answered;
  answer.resume();
  return answer.statusCode ?? 0;
}

/** An upload that has arrived in one piece. */
export async function uploaded({ store, origin }: BlobStoreUnderTest, content: Buffer<ArrayBuffer>): Promise<string> {
  const upload = randomUUID();
  const status = await send(origin, await store.grantUpload(upload, bytesOf(content), validFor()), content);
  if (status !== 200) throw new Error(`The upload was answered with ${status}`);
  return upload;
}

/** The same address with each of its parameters changed in turn, by the parameter's name. */
export function tampered(url: string, origin: string): [string, string][] {
  const names = [...new URL(url, origin).searchParams.keys()];
  return names.map(name => {
    const other = new URL(url, origin);
    other.searchParams.set(name, `${other.searchParams.get(name)}1`);
    return [name, other.href];
  });
}

/** What a piece of work adds to the memory for buffers at its peak. */
export async function peakOf(work: () => Promise<unknown>): Promise<number> {
  const used = () => process.memoryUsage().arrayBuffers;
  const before = used();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, used());
  }, 2);
  try {
    await work();
  } finally {
    clearInterval(watch);
  }
  return peak - before;
}
