// Requests as API Gateway hands them over, with only what a test says about them.
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Call, CallEvent } from '../../../shared/http/call.ts';

export interface Asking {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly host?: string;
}

/** A `Buffer` arrives in base64, as everything does that is not text. A body is JSON unless the headers say otherwise. */
export function eventOf(asking: Asking = {}): APIGatewayProxyEventV2 {
  const { method = 'GET', path = '/v1/me', query = '', headers = {}, params, body, host = 'book.example.org' } = asking;
  const isBase64Encoded = Buffer.isBuffer(body);
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: query,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(params === undefined ? {} : { pathParameters: params }),
    requestContext: {
      accountId: '1',
      apiId: '1',
      domainName: host,
      domainPrefix: 'book',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'request-1',
      routeKey: `${method} ${path}`,
      stage: '$default',
      time: '01/Jan/2024:00:00:00 +0000',
      timeEpoch: 1_704_067_200_000,
    },
    ...(body === undefined ? {} : { body: isBase64Encoded ? body.toString('base64') : String(body) }),
    isBase64Encoded,
  };
}

export const callEventOf = (call: Call, asking: Asking = {}): CallEvent => ({ ...eventOf(asking), call });
