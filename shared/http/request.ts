/** Reads an HTTP request from an API Gateway v2 event, trusting nothing in it. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { ContentTooLargeError, type FieldError, MalformedRequestError, UnsupportedMediaTypeError } from '../errors.ts';

/** The longest body that is read, in bytes. */
export const maxBodyBytes = 256 * 1024;

/** The deepest nesting of arrays and objects that is read. */
const maxDepth = 32;

/** Query parameters by name. @throws {MalformedRequestError} when one stands twice or is not UTF-8. */
export function readQuery(event: APIGatewayProxyEventV2): Record<string, string> {
  const query: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(event.rawQueryString)) {
    if (name in query) throw malformed('query', `/${name}`, 'Give this parameter once.');
    if (value.includes('\ufffd')) throw malformed('query', `/${name}`, 'Is not valid UTF-8.');
    query[name] = value;
  }
  return query;
}

/**
 * The JSON body; an empty object when there is none.
 *
 * @throws {ContentTooLargeError} {@link UnsupportedMediaTypeError} {@link MalformedRequestError}
 */
export function readJsonBody(event: APIGatewayProxyEventV2): unknown {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBodyBytes) throw new ContentTooLargeError(maxBodyBytes);
  if (bytes.length === 0) return {};
  const [type = '', ...parameters] = (event.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map(one => one.trim()).find(one => one.startsWith('charset='));
  if (type.trim() !== 'application/json' || (charset !== undefined && !/^charset="?utf-8"?$/.test(charset))) {
    throw new UnsupportedMediaTypeError();
  }
  const text = decodeUtf8(bytes);
  if (depthOf(text) > maxDepth)
    throw new MalformedRequestError(`The JSON is nested more than ${maxDepth} levels deep.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MalformedRequestError(`The body is not JSON: ${error instanceof Error ? error.message : 'unreadable'}.`);
  }
}

/**
 * The version that If-Match names, as `"7"` or as the whole ETag `"7-..."`; null without the header.
 * @throws {MalformedRequestError} for anything else, such as `*` or a list.
 */
export function readIfMatch(header: string | undefined): number | null {
  if (header === undefined) return null;
  // A compressing cache on the way may have made the ETag weak; the version in it is none the less exact.
  const match = /^(?:W\/)?"(\d{1,9})(-[\w-]+)?"$/.exec(header.trim());
  if (match?.[1] === undefined) throw malformed('header', '/If-Match', 'Must be one ETag of the record, such as "7".');
  return Number(match[1]);
}

/** The Idempotency-Key; null without the header. @throws {MalformedRequestError} when it is not 1 to 200 visible ASCII characters. */
export function readIdempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null;
  if (!/^[\x21-\x7e]{1,200}$/.test(header)) {
    throw malformed('header', '/Idempotency-Key', 'Must be 1 to 200 visible ASCII characters; a UUID is a good one.');
  }
  return header;
}

/** Scheme and host of the request, as the gateway saw them. @throws {MalformedRequestError} when the host is none. */
export function readOrigin(event: APIGatewayProxyEventV2): string {
  const host = event.requestContext.domainName;
  if (!/^([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(:\d{1,5})?$/i.test(host)) {
    throw malformed('header', '/Host', 'Must be a host name, with a port or without.');
  }
  return `${event.headers['x-forwarded-proto'] === 'http' ? 'http' : 'https'}://${host}`;
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new MalformedRequestError('The body is not valid UTF-8.');
  }
}

/** How deep brackets nest, outside of strings: counted before parsing, so that no depth can exhaust the stack. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < json.length; index++) {
    const character = json[index];
    if (inString) {
      if (character === '\\') index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth--;
  }
  return deepest;
}

function malformed(where: FieldError['in'], field: string, message: string): MalformedRequestError {
  return new MalformedRequestError('The request cannot be read.', [{ in: where, field, message }]);
}
