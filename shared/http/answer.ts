/** Turns what operations give back, and every error, into HTTP answers. */
import type { Route } from '../contract/route.ts';
import { allowed } from '../core/authorisation.ts';
import { shortDigest } from '../core/digest.ts';
import { errorCodes, MethodNotAllowedError, MinutebookError } from '../errors.ts';
import { isHead, type Middleware, type Response } from './call.ts';
import type { Reply } from './operation.ts';

/** How long anybody may keep a public answer without asking again, in seconds. */
const publicSeconds = 10;

export interface Problem {
  readonly type: string;
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly object[];
}

export function respond(route: Route, reply: Reply<unknown>): Response {
  const text = route.type === undefined ? JSON.stringify(reply.body) : String(reply.body);
  const hash = shortDigest(text, 16);
  const next = route.type === undefined ? (reply.body as { next?: string | null }).next : undefined;
  return {
    statusCode: route.status,
    headers: {
      'content-type': route.type ?? 'application/json',
      etag: reply.version === undefined ? `"${hash}"` : `"${reply.version}-${hash}"`,
      ...(reply.location === undefined ? {} : { location: reply.location }),
      ...(typeof next === 'string' ? { link: `<${next}>; rel="next"` } : {}),
      ...reply.headers,
    },
    body: text,
    ...(route.binary ? { isBase64Encoded: true } : {}),
  };
}

/** Answers conditional and HEAD requests, and adds the headers that every answer has. */
export function finish(): Middleware {
  const complete: Middleware['after'] = ({ event, response }) => {
    if (response == null) return;
    const isRead = ['GET', 'HEAD'].includes(event.requestContext.http.method);
    const isPublic = event.call.operation !== undefined && isRead && isForEveryone(event.call.operation.id);
    const keepable = isPublic && event.headers.authorization === undefined && response.statusCode === 200;
    response.headers = {
      'cache-control': keepable ? `public, max-age=${publicSeconds}` : 'private, no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=63072000',
      vary: 'authorization',
      'x-content-type-options': 'nosniff',
      'x-request-id': event.requestContext.requestId,
      ...(isPublic
        ? { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'etag, link, x-request-id' }
        : {}),
      ...response.headers,
    };
    if (isRead && response.statusCode === 200 && matches(event.headers['if-none-match'], response.headers.etag)) {
      response.statusCode = 304;
      delete response.headers['content-type'];
      response.body = '';
    }
    if (isHead(event)) response.body = '';
  };
  return { after: complete, onError: complete };
}

/** Answers errors as RFC 9457 problem documents; anything unforeseen says nothing about itself. */
export function explain(toPage: ((problem: Problem) => Reply<string>) | undefined): Middleware {
  return {
    onError: request => {
      const { event, error } = request;
      event.call.error = error;
      const known = error instanceof MinutebookError ? error : unforeseen(error);
      const { status, title } = errorCodes[known.code];
      const problem: Problem = {
        type: `/problems/${known.code}`,
        code: known.code,
        title,
        status,
        detail: known.message,
        ...(known.fields.length === 0 ? {} : { errors: known.fields }),
      };
      const page = wantsPage(event.headers.accept) ? toPage?.(problem) : undefined;
      request.response = {
        statusCode: status,
        headers: {
          'content-type': page === undefined ? 'application/problem+json' : 'text/html; charset=utf-8',
          ...(status === 401 ? { 'www-authenticate': challenge(known) } : {}),
          ...(known.code === 'request-in-flight' || status === 503 ? { 'retry-after': '1' } : {}),
          ...(known instanceof MethodNotAllowedError ? { allow: known.methods.join(', ') } : {}),
          ...page?.headers,
        },
        body: page?.body ?? JSON.stringify(problem),
      };
    },
  };
}

/** Faults of the store or the network may pass; the rest is ours to mend. */
function unforeseen(error: unknown): MinutebookError {
  return isTransient(error)
    ? new MinutebookError(
        'temporarily-unavailable',
        'Send the same request again in a moment, a change with its Idempotency-Key: so it is made once.',
      )
    : new MinutebookError(
        'internal-error',
        'The fault was noted. Send the same request again, a change with its Idempotency-Key; if it stays, tell the operator the X-Request-Id.',
      );
}

function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, $metadata } = error as { code?: unknown; $metadata?: { httpStatusCode?: number } };
  return (
    '$retryable' in error ||
    ($metadata?.httpStatusCode ?? 0) >= 500 ||
    /timeout|network|ECONN/i.test(`${error.name} ${code ?? ''}`) ||
    isTransient(error.cause)
  );
}

const challenge = (error: MinutebookError) =>
  error.code === 'token-not-accepted' ? 'Bearer error="invalid_token"' : 'Bearer';

const isForEveryone = (id: keyof typeof allowed) => (allowed[id] as readonly string[]).includes('public');

const wantsPage = (accept: string | undefined) => (accept ?? '').includes('text/html');

/** RFC 9110, 13.1.2: weak comparison. */
function matches(ifNoneMatch: string | undefined, etag: string | undefined): boolean {
  if (ifNoneMatch === undefined || etag === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some(one => one.trim().replace(/^W\//, '') === etag);
}
