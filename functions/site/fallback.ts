/** Answers addresses and methods that are not in the contract, and the preflight of browsers. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { MethodNotAllowedError, NotFoundError } from '../../shared/errors.ts';
import type { Response } from '../../shared/http/call.ts';
import type { Services } from '../../shared/http/operation.ts';

/** @throws {NotFoundError} {@link MethodNotAllowedError} */
export function answerUnknown(event: APIGatewayProxyEventV2, { openapi }: Services): Response {
  const methods = methodsAt(event.rawPath, JSON.parse(openapi()));
  if (methods.length === 0) throw new NotFoundError();
  if (event.requestContext.http.method !== 'OPTIONS') throw new MethodNotAllowedError(methods);
  const headers = { allow: methods.join(', ') };
  if (!methods.includes('GET')) return { statusCode: 204, headers };
  // Pages of other sites may read what is public; they cannot write, for that needs headers that are not allowed here.
  return {
    statusCode: 204,
    headers: {
      ...headers,
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': 'if-none-match',
      'access-control-max-age': '86400',
    },
  };
}

function methodsAt(path: string, { paths }: { paths: Record<string, Record<string, unknown>> }): string[] {
  const segments = path.split('/');
  const found = Object.entries(paths).filter(([template]) => {
    const parts = template.split('/');
    const fits = (part: string, index: number) =>
      part.startsWith('{') ? segments[index] !== '' : part === segments[index];
    return parts.length === segments.length && parts.every(fits);
  });
  const methods = found.flatMap(([, operations]) => Object.keys(operations).map(name => name.toUpperCase()));
  return methods.length === 0 ? [] : [...new Set([...methods, 'OPTIONS'])].sort();
}
