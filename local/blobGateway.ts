/** What S3 does on AWS for those who have a grant or a link, on one machine: takes uploads and gives out files. */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Permission } from '../shared/adapters/fileBlobLinks.ts';
import type { FileBlobStore } from '../shared/adapters/fileBlobStore.ts';
import type { Receipt, Sending } from '../shared/adapters/fileBlobUploads.ts';
import {
  ContentTooLargeError,
  errorCodes,
  MalformedRequestError,
  MethodNotAllowedError,
  MinutebookError,
  NotAllowedError,
  NotFoundError,
} from '../shared/errors.ts';
import type { Problem } from '../shared/http/answer.ts';
import { BlobDamagedError, BlobMissingError } from '../shared/ports/blobStore.ts';
import { rangeOf } from './byteRange.ts';

export interface BlobGatewayOptions {
  /** How long a connection may carry no byte, in either direction, before it is cut. */
  readonly patienceMilliseconds?: number;
  /** Hears of every fault whose answer says nothing about it. */
  readonly onFault: (error: unknown) => void;
}

/** The requests that are for this gateway; they take as long as their bytes take. */
export const isForBlobs = (request: IncomingMessage) => /^\/(quarantine|archive)\//.test(request.url ?? '');

/** Of an upload that is refused, no more than this is read to spare its sender a broken connection in place of the answer. */
const drainedBytes = 64 * 1024 * 1024;

const brokenOff = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

/** Answers every request that {@link isForBlobs}. The promise never rejects. */
export function blobGateway(
  blobs: FileBlobStore,
  { patienceMilliseconds = 30_000, onFault }: BlobGatewayOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    // Node's server cuts a connection whose time is out when nobody listens for that, and begins anew with the next request.
    request.setTimeout(patienceMilliseconds);
    try {
      await answer(blobs, request, response);
    } catch (error) {
      // Whoever sent or fetched has gone: there is nobody to answer, and nothing to note.
      if (brokenOff.has(String((error as NodeJS.ErrnoException).code))) return void response.destroy();
      const known = knownError(error);
      if (known.internal !== undefined || known.code === 'internal-error') onFault(error);
      if (response.headersSent) response.destroy();
      else refuse(request, response, known);
    }
  };
}

async function answer(blobs: FileBlobStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const address = request.url ?? '';
  const methods = address.startsWith('/archive/') ? ['GET', 'HEAD'] : ['PUT'];
  if (!methods.includes(request.method ?? '')) throw new MethodNotAllowedError(methods);
  const permission = blobs.permissionOf(address);
  if (permission === undefined)
    throw new NotAllowedError('This address is wrong or has expired. Ask the book for a new one.');
  if ('send' in permission) await take(blobs, permission, request, response);
  else await give(blobs, permission, request, response);
}

async function take(blobs: FileBlobStore, sending: Sending, request: IncomingMessage, response: ServerResponse) {
  const length = request.headers['content-length'];
  if (length === undefined) throw new MalformedRequestError('Send "Content-Length".');
  if (Number(length) > sending.send.size) throw new ContentTooLargeError(sending.send.size);
  if (Number(length) < sending.send.size) throw new MalformedRequestError(`Send all ${sending.send.size} bytes.`);
  // Once all has arrived it is for the disk to take its time.
  const wait = () => request.setTimeout(0);
  request.once('end', wait);
  const content = request.iterator({ destroyOnReturn: false });
  const receipt = await blobs.receive(sending, content).finally(() => request.off('end', wait));
  const refusal = refusalOf(receipt);
  if (refusal !== undefined) throw refusal;
  response.writeHead(200, { ...always, 'content-length': 0 }).end();
}

function refusalOf(receipt: Receipt): MinutebookError | undefined {
  switch (receipt) {
    case 'taken':
      return undefined;
    case 'there already':
      return new MinutebookError('precondition-failed', 'This upload has arrived already. Nothing was changed.');
    case 'other bytes':
      return new MalformedRequestError('These are other bytes than were announced. Nothing of them was kept.');
    case 'no such session':
      return new NotFoundError();
  }
}

async function give(
  blobs: FileBlobStore,
  { fetch: sha256, delivery }: Extract<Permission, { fetch: string }>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { file, size } = await blobs.open(sha256);
  try {
    const etag = `"${sha256}"`;
    const headers = {
      ...always,
      'accept-ranges': 'bytes',
      'cache-control': delivery.cacheControl,
      'content-disposition': delivery.disposition,
      etag,
      ...policyFor(delivery.type),
    };
    if (isAmong(etag, request.headers['if-none-match'])) return void response.writeHead(304, headers).end();
    const range = rangeOf(request.headers, etag, size);
    if (range === 'unsatisfiable') {
      return void response.writeHead(416, { ...always, 'content-range': `bytes */${size}`, 'content-length': 0 }).end();
    }
    const of = { ...headers, 'content-type': delivery.type };
    if (request.method === 'HEAD') return void response.writeHead(200, { ...of, 'content-length': size }).end();
    if (range === undefined) return await giveWhole(file, sha256, response, { ...of, 'content-length': size });
    // The digest is of the whole, so part of it cannot be checked: whoever puts parts together checks the result.
    const { first, last } = range;
    const about = { 'content-range': `bytes ${first}-${last}/${size}`, 'content-length': last - first + 1 };
    response.writeHead(206, { ...of, ...about });
    await pipeline(file.createReadStream({ start: first, end: last, autoClose: false }), response);
  } finally {
    await file.close();
  }
}

/** A file that was changed on the disk never arrives whole: its end is held back until the digest is known. */
async function giveWhole(file: FileHandle, sha256: string, response: ServerResponse, headers: object): Promise<void> {
  const content = checked(file.createReadStream({ autoClose: false }), sha256);
  // A file of one chunk is known to be damaged before anything was said, and is answered as a fault.
  const start = await content.next();
  response.writeHead(200, { ...headers });
  if (start.done) return void response.end();
  async function* all() {
    yield start.value as Buffer;
    yield* content;
  }
  await pipeline(Readable.from(all(), { objectMode: false }), response);
}

/** @throws {BlobDamagedError} in place of the last chunk. */
async function* checked(content: AsyncIterable<Buffer>, sha256: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let held: Buffer | undefined;
  for await (const chunk of content) {
    hash.update(chunk);
    if (held !== undefined) yield held;
    held = chunk;
  }
  if (hash.digest('hex') !== sha256) throw new BlobDamagedError(`${sha256} was changed on the disk`);
  if (held !== undefined) yield held;
}

const always = {
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * Whatever a file contains, it can do nothing in the name of the book. Browsers show images and texts under this policy.
 * They show a PDF in a viewer of their own, where its scripts reach nothing of the page, and Chrome's refuses to start in a
 * sandbox: so a PDF has none, and with `nosniff` nothing that is called a PDF is ever taken for a page.
 */
function policyFor(type: string): { 'content-security-policy': string } {
  const isPdf = type.trim().toLowerCase() === 'application/pdf';
  return { 'content-security-policy': isPdf ? "frame-ancestors 'none'" : "sandbox; default-src 'none'" };
}

/** RFC 9110, 13.1.2: weak comparison. */
function isAmong(etag: string, ifNoneMatch: string | undefined): boolean {
  return (ifNoneMatch ?? '').split(',').some(one => ['*', etag, `W/${etag}`].includes(one.trim()));
}

function knownError(error: unknown): MinutebookError {
  if (error instanceof MinutebookError) return error;
  if (error instanceof BlobMissingError) return new NotFoundError();
  return new MinutebookError('internal-error', 'The fault was noted. Try again; if it stays, tell the operator.');
}

function refuse(request: IncomingMessage, response: ServerResponse, error: MinutebookError): void {
  const { status, title } = errorCodes[error.code];
  const problem: Problem = { type: `/problems/${error.code}`, code: error.code, title, status, detail: error.message };
  const length = Number(request.headers['content-length'] ?? ('transfer-encoding' in request.headers ? Infinity : 0));
  // What is left of the body is read and let go before the connection serves another request, unless there is too much.
  if (length <= drainedBytes) request.resume();
  const body = request.method === 'HEAD' ? '' : JSON.stringify(problem);
  response.writeHead(status, {
    ...always,
    'cache-control': 'no-store',
    'content-type': 'application/problem+json',
    ...(body === '' ? {} : { 'content-length': Buffer.byteLength(body) }),
    ...(status === 503 ? { 'retry-after': '1' } : {}),
    ...(error instanceof MethodNotAllowedError ? { allow: error.methods.join(', ') } : {}),
    ...(length <= drainedBytes ? {} : { connection: 'close' }),
  });
  response.end(body);
}
