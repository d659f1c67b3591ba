/** What API Gateway's HTTP API does on AWS, on one machine: turns HTTP requests into its v2 events and answers back. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import findMyWay, { type HTTPMethod } from 'find-my-way';
import { type FunctionName, operations } from '../shared/contract/routes.ts';
import type { Response } from '../shared/http/call.ts';
import { maxBodyBytes } from '../shared/http/request.ts';
import type { Handler } from '../shared/http/serve.ts';
import { limitedBody } from './limitedBody.ts';

type Matched = { readonly handler: Handler; readonly routeKey: string };

/**
 * Listens for requests of a `node:http` server and has the handler of the matching route answer them.
 *
 * @param origin the one address of the book. What a request says in Host or X-Forwarded-Proto is never believed.
 */
export function gateway(handlers: Readonly<Record<FunctionName, Handler>>, newId: () => string, origin: string) {
  const unknown: Matched = { handler: handlers.site, routeKey: '$default' };
  const router = findMyWay();
  for (const { functionName, route } of operations) {
    const methods: HTTPMethod[] = route.method === 'GET' ? ['GET', 'HEAD'] : [route.method];
    for (const method of methods) {
      const matched: Matched = { handler: handlers[functionName], routeKey: `${method} ${route.path}` };
      router.on(method, route.path.replaceAll(/\{(\w+)\}/g, ':$1'), () => {}, matched);
    }
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await limitedBody(request, maxBodyBytes);
    const [path = '/', query = ''] = splitOnce(request.url ?? '/', '?');
    const found = router.find((request.method ?? 'GET') as HTTPMethod, path);
    const params = found?.params ?? {};
    const isMatch = found !== null && Object.values(params).every(value => value !== '');
    const { handler, routeKey } = isMatch ? (found.store as Matched) : unknown;
    const event = buildEvent(request, body, { path, query, routeKey, params, requestId: newId(), origin });
    send(response, await handler(event, context), request.method === 'HEAD');
  };
}

/** Lambda's context holds nothing that the handlers need. */
const context = {} as Context;

interface Place {
  readonly path: string;
  readonly query: string;
  readonly routeKey: string;
  readonly params: Record<string, string | undefined>;
  readonly requestId: string;
  readonly origin: string;
}

function buildEvent(request: IncomingMessage, body: Buffer, place: Place): APIGatewayProxyEventV2 {
  const now = new Date();
  const isText = isUtf8(body);
  const { protocol, host, hostname } = new URL(place.origin);
  return {
    version: '2.0',
    routeKey: place.routeKey,
    rawPath: place.path,
    rawQueryString: place.query,
    headers: { ...joinHeaders(request), 'x-forwarded-proto': protocol.slice(0, -1) },
    pathParameters: place.params,
    requestContext: {
      accountId: 'embedded',
      apiId: 'embedded',
      domainName: host,
      domainPrefix: hostname.split('.')[0] ?? hostname,
      http: {
        method: request.method ?? 'GET',
        path: place.path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: place.requestId,
      routeKey: place.routeKey,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length === 0 ? {} : { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: !isText,
  };
}

/** Header names in lower case, repeated headers joined by commas, as the gateway does it. */
function joinHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (values !== undefined) headers[name] = values.join(',');
  }
  return headers;
}

function send(response: ServerResponse, answer: Response, isHead: boolean): void {
  const body = Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8');
  response.writeHead(answer.statusCode, {
    ...answer.headers,
    ...(isHead || body.length === 0 ? {} : { 'content-length': body.length }),
    // What is left of a body that was too large is not read, so the connection cannot serve another request.
    ...(answer.statusCode === 413 ? { connection: 'close' } : {}),
  });
  response.end(isHead ? undefined : body);
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
