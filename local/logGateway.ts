/** What S3 and its CDN do on AWS for readers of the log, on one machine: give out its files, and the verifier beside them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { cacheControls, logTypes } from '../shared/adapters/logHeaders.ts';
import { shortDigest } from '../shared/core/digest.ts';
import { placeOf } from '../shared/core/log/tiles.ts';
import type { PublishedLog } from '../shared/http/operation.ts';
import { verifierText, verifyPageText } from './verifierText.ts';

interface LogFile {
  readonly content: Uint8Array | string;
  readonly type: string;
  readonly cacheControl: string;
}

/** The verifier may be mended. */
const script = { type: 'text/javascript; charset=utf-8', cacheControl: 'public, max-age=300' };

const scripts: Readonly<Record<string, () => string>> = {
  'verifier.js': verifierText,
  'verify-page.js': verifyPageText,
};

/** What is asked for, without `/log/`; undefined when that is no file of a log, however it is spelled. */
function fileAsked(request: IncomingMessage): string | undefined {
  const [, path] = /^\/log\/([^?]+)/.exec(request.url ?? '') ?? [];
  const isFile =
    path !== undefined && (path === 'checkpoint' || Object.hasOwn(scripts, path) || placeOf(path) !== null);
  return isFile ? path : undefined;
}

/** The requests that are for this gateway. */
export const isForLog = (request: IncomingMessage) => fileAsked(request) !== undefined;

/** As everywhere; anybody's page may read the log. */
const always = {
  'access-control-allow-origin': '*',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000',
  'x-content-type-options': 'nosniff',
};

/**
 * Answers every request that {@link isForLog}. The promise never rejects.
 * @param onFault hears of what the answer says nothing about.
 */
export function logGateway(log: PublishedLog, onFault: (error: unknown) => void) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // Nothing that is sent is of interest.
    request.resume();
    try {
      await answer(log, fileAsked(request) ?? '', request, response);
    } catch (error) {
      onFault(error);
      say(response, 503, 'The log cannot be read right now. Ask again in some seconds.', { 'retry-after': '5' });
    }
  };
}

async function answer(log: PublishedLog, path: string, request: IncomingMessage, response: ServerResponse) {
  const { method = '' } = request;
  if (method === 'OPTIONS') return void response.writeHead(204, { ...always, ...preflight }).end();
  if (method !== 'GET' && method !== 'HEAD') {
    return say(response, 405, 'Here you can use: GET, HEAD, OPTIONS.', { allow: 'GET, HEAD, OPTIONS' });
  }
  const file = await readFile(log, path);
  if (file === undefined) return say(response, 404, 'The log has no such file.', { 'cache-control': 'no-store' });
  const { content, type, cacheControl } = file;
  const bytes = Buffer.from(content);
  const etag = `"${shortDigest(bytes, 16)}"`;
  const headers = { ...always, 'access-control-expose-headers': 'etag', 'cache-control': cacheControl, etag };
  const known = request.headers['if-none-match']?.split(',').map(one => one.trim().replace(/^W\//, ''));
  if (known?.includes(etag) || known?.includes('*')) return void response.writeHead(304, headers).end();
  response.writeHead(200, { ...headers, 'content-type': type, 'content-length': bytes.length });
  response.end(method === 'HEAD' ? undefined : bytes);
}

const preflight = {
  allow: 'GET, HEAD, OPTIONS',
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-allow-headers': 'if-none-match',
  'access-control-max-age': '86400',
};

/** Small ones, all of them: a full tile has 8 kB, a full bundle 33. */
async function readFile({ store }: PublishedLog, path: string): Promise<LogFile | undefined> {
  const text = scripts[path]?.();
  if (text !== undefined) return { ...script, content: text };
  if (path === 'checkpoint') {
    const published = await store.readCheckpoint();
    return (
      published && { content: published.content, type: logTypes.checkpoint, cacheControl: cacheControls.checkpoint }
    );
  }
  const content = await store.read(path);
  return content && { content, type: logTypes.tile, cacheControl: cacheControls.immutable };
}

function say(response: ServerResponse, status: number, text: string, headers: Record<string, string>): void {
  const body = Buffer.from(`${text}\n`);
  response.writeHead(status, {
    ...always,
    ...headers,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body.length,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
