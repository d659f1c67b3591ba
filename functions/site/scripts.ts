/** The verifier and the script of its page, which stand beside the files of the log. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { shortDigest } from '../../shared/core/digest.ts';
import { MethodNotAllowedError } from '../../shared/errors.ts';
import type { Response } from '../../shared/http/call.ts';

/** Where the build puts them is beside the bundle, under the same names. */
const addresses = new Map([
  ['/log/verifier.js', 'verifier.js'],
  ['/log/verify-page.js', 'verify-page.js'],
]);

/** @returns undefined when something else is asked for. @throws {MethodNotAllowedError} */
export function scriptAt(
  { rawPath, requestContext }: Pick<APIGatewayProxyEventV2, 'rawPath' | 'requestContext'>,
  read: (name: string) => string,
): Response | undefined {
  const name = addresses.get(rawPath);
  if (name === undefined) return undefined;
  if (!['GET', 'HEAD'].includes(requestContext.http.method)) throw new MethodNotAllowedError(['GET', 'HEAD']);
  const body = read(name);
  return {
    statusCode: 200,
    headers: {
      'access-control-allow-origin': '*',
      // It may be mended.
      'cache-control': 'public, max-age=300',
      'content-type': 'text/javascript; charset=utf-8',
      etag: `"${shortDigest(body, 16)}"`,
    },
    body,
  };
}
