/** Answers addresses and methods that are not in the contract, and the preflight of browsers. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { MethodNotAllowedError, NotFoundError } from '../../shared/errors.ts';
import type { Response } from '../../shared/http/call.ts';
import type { Services } from '../../shared/http/operation.ts';

/** @throws {NotFoundError} {@link MethodNotAllowedError} */
export function answerUnknown(event: APIGatewayProxyEventV2, { openapi }: Services): Response {
  const { method } = event.requestContext.http;
  const methods = methodsAt(event.rawPath, JSON.parse(openapi()));
  if (methods.length === 0) throw new NotFoundError();
  if (method !== 'OPTIONS' && methods.includes(method)) throw new NotFoundError();
  if (method !== 'OPTIONS') throw new MethodNotAllowedError(methods);
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

/** The methods of the template that fits best: as in API Gateway, what is written out goes before a parameter. */
function methodsAt(path: string, { paths }: { paths: Record<string, Record<string, unknown>> }): string[] {
  if (!isDecodable(path)) return [];
  const segments = path.split('/');
  const fitting = Object.entries(paths).filter(([template]) => {
    const parts = template.split('/');
    const fits = (part: string, index: number) =>
      part.startsWith('{') ? segments[index] !== '' : part === segments[index];
    return parts.length === segments.length && parts.every(fits);
  });
  const rank = (template: string) =>
    template
      .split('/')
      .map(part => (part.startsWith('{') ? 1 : 0))
      .join('');
  const [best] = fitting.sort(([a], [b]) => rank(a).localeCompare(rank(b)));
  if (best === undefined) return [];
  return [...new Set([...Object.keys(best[1]).map(name => name.toUpperCase()), 'OPTIONS'])].sort();
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
