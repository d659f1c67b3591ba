/** Sends a file to the archive, in one piece or in parts, and goes on where an earlier attempt broke off. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from '../shared/contract/route.ts';
import type { uploadsRoutes } from '../shared/contract/uploads.ts';

export type Upload = Answer<typeof uploadsRoutes.getUpload>;
type Grant = Answer<typeof uploadsRoutes.grantUpload>['grants'][number];

/** Speaks to the book as the person whose token it has. */
export interface BookClient {
  /** @throws {RefusedError} */
  call<Body>(method: 'GET' | 'POST', path: string, body?: object): Promise<Body>;
}

/** The book said no; the message is for people. */
export class RefusedError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

interface Problem {
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

/** @param address of the book, such as `http://localhost:4000`. */
export function bookClient(address: string, token: string): BookClient {
  return {
    async call(method, path, body) {
      const answer = await patiently(() =>
        fetch(new URL(path, address), {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          body: body === undefined ? null : JSON.stringify(body),
        }),
      );
      const content = (await answer.json().catch(() => {
        throw new RefusedError(answer.status, `What answers at ${address} is not the book.`);
      })) as Problem;
      if (answer.ok) return content as never;
      const fields = (content.errors ?? []).map(({ field, message }) => `  ${field.replace(/^\//, '')}: ${message}`);
      const detail = content.detail ?? `The book answered ${answer.status}.`;
      throw new RefusedError(answer.status, fields.length > 0 ? ['Correct this:', ...fields].join('\n') : detail);
    },
  };
}

/** The size and the digest of a file, read once from front to back. */
export async function measure(file: string): Promise<{ readonly size: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: hash.digest('hex') };
}

/** So many parts are on their way at the same time; each is in memory while it is. */
const atOnce = 3;

/**
 * Sends what has not arrived yet, and completes the upload.
 *
 * @param progress is told how many bytes of all have arrived.
 * @returns the upload as it is then: received, or what became of it already.
 */
export async function sendFile(
  book: BookClient,
  file: string,
  upload: Upload,
  progress: (done: number, of: number) => void,
): Promise<Upload> {
  const path = `/v1/uploads/${upload.id}`;
  if (upload.state === 'waiting') {
    const source = await open(file);
    try {
      await (upload.parts === null ? sendWhole(book, source, upload) : sendParts(book, source, upload, progress));
    } finally {
      await source.close();
    }
    progress(upload.size, upload.size);
  }
  return book.call<Upload>('POST', `${path}/complete`);
}

/** Waits until the upload has been examined. */
export async function examined(book: BookClient, upload: Upload): Promise<Upload> {
  for (let now = upload; ; now = await book.call<Upload>('GET', `/v1/uploads/${upload.id}`)) {
    if (now.state !== 'received') return now;
    await pause(300);
  }
}

async function sendWhole(book: BookClient, source: FileHandle, { id, size }: Upload): Promise<void> {
  const { grants } = await book.call<{ grants: Grant[] }>('POST', `/v1/uploads/${id}/grants`, {});
  const [grant] = grants;
  if (grant !== undefined) await put(grant, await read(source, 0, size));
}

async function sendParts(
  book: BookClient,
  source: FileHandle,
  { id, size, parts }: Upload,
  progress: (done: number, of: number) => void,
): Promise<void> {
  if (parts === null) return;
  const sizeOf = (number: number) => Math.min(parts.size, size - (number - 1) * parts.size);
  let done = parts.arrived.reduce((sum, number) => sum + sizeOf(number), 0);
  const arrived = new Set(parts.arrived);
  const missing = Array.from({ length: parts.count }, (_, index) => index + 1).filter(number => !arrived.has(number));
  progress(done, size);
  const next = missing.values();
  const sendOn = async () => {
    for (const number of next) {
      const content = await read(source, (number - 1) * parts.size, sizeOf(number));
      const sha256 = createHash('sha256').update(content).digest('hex');
      const wanted = { parts: [{ number, sha256 }] };
      const { grants } = await book.call<{ grants: Grant[] }>('POST', `/v1/uploads/${id}/grants`, wanted);
      const [grant] = grants;
      if (grant !== undefined) await put(grant, content);
      done += content.length;
      progress(done, size);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sendOn));
}

async function read(source: FileHandle, position: number, length: number): Promise<Buffer<ArrayBuffer>> {
  const { buffer, bytesRead } = await source.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new Error('The file became shorter while it was sent.');
  return buffer;
}

async function put({ method, url, headers }: Grant, body: Buffer<ArrayBuffer>): Promise<void> {
  const answer = await patiently(() => fetch(url, { method, headers, body }));
  const text = await answer.text();
  // What has arrived before is there: an answer may have been lost on the way.
  if (!answer.ok && answer.status !== 412)
    throw new RefusedError(answer.status, `The store refused the bytes (${answer.status}): ${text}`);
}

const attempts = 5;

/** Tries again when nothing answers, and when the other side asks for it. */
async function patiently(send: () => Promise<Response>): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await send();
      if (answer.status < 500 || attempt === attempts) return answer;
      await answer.arrayBuffer();
    } catch (error) {
      if (attempt === attempts) throw error;
    }
    await pause(200 * 2 ** attempt);
  }
}
