// Answers: problems that say what to do and nothing about our insides, validators, caching, and conditional requests.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { OperationId, Route } from '../../../shared/contract/route.ts';
import {
  errorCodes,
  MethodNotAllowedError,
  MinutebookError,
  NotFoundError,
  SignInRequiredError,
  TokenNotAcceptedError,
  ValidationError,
  VersionConflictError,
} from '../../../shared/errors.ts';
import { explain, finish, respond } from '../../../shared/http/answer.ts';
import type { Call, Response } from '../../../shared/http/call.ts';
import { type Asking, callEventOf } from './events.ts';

const route: Route = {
  method: 'GET',
  path: '/v1/me',
  summary: 's',
  answer: z.unknown(),
  status: 200,
  example: { answer: null },
};

/** What a caller is answered when this was thrown. */
function explained(error: unknown, asking: Asking = {}, page?: Parameters<typeof explain>[0]): Response {
  const request = {
    event: callEventOf({ startedAt: new Date(0), operation: undefined }, asking),
    error,
    response: undefined,
  };
  explain(page).onError?.(request as never);
  return request.response as unknown as Response;
}
const problemOf = (error: unknown, asking?: Asking) => JSON.parse(explained(error, asking).body ?? '');

function finished(response: Partial<Response>, { id, ...asking }: Asking & { id?: OperationId } = {}): Response {
  const call: Call = { startedAt: new Date(0), operation: id && { id, implementation: { route } as never } };
  const request = { event: callEventOf(call, asking), response: { statusCode: 200, headers: {}, ...response } };
  finish().after?.(request as never);
  return request.response;
}

describe('an answer of bytes', () => {
  const bytes: Route = { ...route, type: 'application/pdf', binary: true };

  it('goes to the gateway in base64, to be sent as what it is, with an ETag of its content', () => {
    const answer = respond(bytes, { body: 'JVBERi0xLjc=' });
    expect(answer).toMatchObject({ body: 'JVBERi0xLjc=', isBase64Encoded: true });
    expect(answer.headers['content-type']).toBe('application/pdf');
    expect(respond(bytes, { body: 'JVBERi0xLjg=' }).headers.etag).not.toBe(answer.headers.etag);
    expect(respond(route, { body: 'text' })).not.toHaveProperty('isBase64Encoded');
  });
});

describe('a problem', () => {
  it.each(Object.entries(errorCodes))('%s has its status, title and address', (code, { status, title }) => {
    const error = new MinutebookError(code as keyof typeof errorCodes, 'What to do.', {
      internal: 'SECRET',
      cause: new Error('SECRET'),
    });
    const { statusCode, headers, body } = explained(error);
    expect(JSON.parse(body ?? '')).toEqual({ type: `/problems/${code}`, code, title, status, detail: 'What to do.' });
    expect([statusCode, headers['content-type']]).toEqual([status, 'application/problem+json']);
  });

  it('names the fields that are wrong', () => {
    const fields = [{ in: 'body', field: '/name', message: 'Must not be empty.' }] as const;
    expect(problemOf(new ValidationError(fields))).toMatchObject({ status: 400, errors: fields });
  });

  it.each<[unknown, string, string]>([
    [new SignInRequiredError(), 'www-authenticate', 'Bearer'],
    [new TokenNotAcceptedError('expired'), 'www-authenticate', 'Bearer error="invalid_token"'],
    [new MethodNotAllowedError(['GET', 'PUT']), 'allow', 'GET, PUT'],
    [new VersionConflictError([]), 'retry-after', '1'],
    [named('TimeoutError'), 'retry-after', '1'],
  ])('%s sends the header %s: %s', (error, name, value) => {
    expect(explained(error).headers[name]).toBe(value);
  });

  it('is shown as a page only to somebody who asks for one, with the headers of the page', () => {
    const page = (problem: { detail: string }) => ({
      body: `<p>${problem.detail}`,
      headers: { 'content-security-policy': 'x' },
    });
    const asked = explained(new NotFoundError(), { headers: { accept: 'text/html,*/*;q=0.8' } }, page);
    expect(asked).toMatchObject({
      statusCode: 404,
      headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': 'x' },
    });
    for (const accept of ['application/json', '*/*', '']) {
      expect(explained(new NotFoundError(), { headers: { accept } }, page).headers['content-type']).toBe(
        'application/problem+json',
      );
    }
    expect(explained(new NotFoundError(), { headers: { accept: 'text/html' } }).headers['content-type']).toBe(
      'application/problem+json',
    );
  });
});

describe('what nobody foresaw', () => {
  it('says nothing about itself, whatever was thrown', () => {
    const plain = explained(new Error('x'));
    const anyThrown = fc.oneof(
      fc.anything(),
      fc
        .string()
        .map(message => Object.assign(new Error(`SECRET ${message}`), { name: `SECRET ${message}`, code: 'SECRET' })),
      fc.constant(new TypeError('SECRET at /var/task/index.js:1:1')),
      fc.constant({ statusCode: 200, message: 'SECRET', code: 'not-found', fields: ['SECRET'] }),
    );
    fc.assert(
      fc.property(anyThrown, thrown => {
        const known = explained(thrown);
        expect([500, 503]).toContain(known.statusCode);
        if (known.statusCode === 500) expect(known).toEqual(plain);
        expect(JSON.stringify(known)).not.toMatch(/SECRET|\/var\//);
      }),
    );
    expect(Object.keys(JSON.parse(plain.body ?? ''))).toEqual(['type', 'code', 'title', 'status', 'detail']);
  });

  it.each([
    ['a throttled request', Object.assign(new Error('x'), { $retryable: { throttling: true } })],
    ['a timeout of the SDK', named('TimeoutError')],
    ['a timeout of the key set', named('JWKSTimeout')],
    ['a network fault', named('NetworkingError')],
    ['a refused connection', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })],
    ['a connection that was reset', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })],
    [
      'an issuer that is not there',
      new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }),
    ],
  ])('may pass when it is %s: 503, not 500', (_what, error) => {
    expect(problemOf(error)).toMatchObject({ status: 503, code: 'temporarily-unavailable' });
  });

  it('is kept for the log', () => {
    const error = new Error('SECRET');
    const request = {
      event: callEventOf({ startedAt: new Date(0), operation: undefined }),
      error,
      response: undefined,
    };
    explain(undefined).onError?.(request as never);
    expect(request.event.call.error).toBe(error);
  });
});

describe('a response', () => {
  it('has an ETag that begins with the version and changes with the content', () => {
    const etags = [{ a: 1 }, { a: 2 }].map(body => respond(route, { body, version: 7 }).headers.etag);
    expect(etags).toEqual([expect.stringMatching(/^"7-[\w-]{16}"$/), expect.stringMatching(/^"7-[\w-]{16}"$/)]);
    expect(new Set(etags).size).toBe(2);
    expect(respond(route, { body: { a: 1 } }).headers.etag).toMatch(/^"[\w-]{16}"$/);
  });

  it('links to the next page only when there is one', () => {
    expect(respond(route, { body: { items: [], next: '/v1/a?cursor=b' } }).headers.link).toBe(
      '</v1/a?cursor=b>; rel="next"',
    );
    expect(respond(route, { body: { items: [], next: null } }).headers).not.toHaveProperty('link');
  });

  it('may be kept by anybody only when everybody may read it, nobody signed in, and it is what was asked for', () => {
    const cache = (...asked: Parameters<typeof finished>) => finished(...asked).headers['cache-control'];
    const id = 'getDisclosure';
    expect(cache({}, { id })).toBe('public, max-age=10');
    expect(cache({}, { id, headers: { authorization: 'Bearer x' } })).toBe('private, no-store');
    expect(cache({ statusCode: 404 }, { id })).toBe('private, no-store');
    expect(cache({ statusCode: 201 }, { id, method: 'POST' })).toBe('private, no-store');
    expect(cache({}, { id: 'listPeople' })).toBe('private, no-store');
    expect(cache({})).toBe('private, no-store');
  });

  it.each<[string, string | undefined, boolean]>([
    ['the same ETag', '"7-abc"', true],
    ['it weakly', 'W/"7-abc"', true],
    ['it among others', '"6-x", W/"7-abc"', true],
    ['anything', '*', true],
    ['another one', '"8-abc"', false],
    ['it without quotes', '7-abc', false],
    ['nothing', undefined, false],
  ])('to a caller who has %s is empty: %j, %s', (_what, header, unchanged) => {
    const asking = { id: 'getDisclosure' as const, headers: header === undefined ? {} : { 'if-none-match': header } };
    const { statusCode, body, headers } = finished({ headers: { etag: '"7-abc"' }, body: 'content' }, asking);
    expect([statusCode, body]).toEqual(unchanged ? [304, ''] : [200, 'content']);
    expect(headers.etag).toBe('"7-abc"');
  });

  it('to a command is never cut short by If-None-Match', () => {
    const asking = { method: 'POST', headers: { 'if-none-match': '*' } };
    expect(finished({ headers: { etag: '"1"' }, body: 'content' }, asking)).toMatchObject({
      statusCode: 200,
      body: 'content',
    });
  });

  it('to HEAD has the headers and no content', () => {
    const { body, headers } = finished(
      { headers: { etag: '"1"' }, body: 'content' },
      { method: 'HEAD', id: 'getDisclosure' },
    );
    expect([body, headers.etag]).toEqual(['', '"1"']);
  });

  it('forbids by default everything that a browser could do with it, and differs by who asks', () => {
    expect(finished({}).headers).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      vary: 'authorization',
      'x-request-id': 'request-1',
    });
    expect(finished({}, { id: 'listPeople' }).headers).not.toHaveProperty('access-control-allow-origin');
  });
});

function named(name: string): Error {
  return Object.assign(new Error('SECRET'), { name });
}
