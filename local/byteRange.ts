/** Which bytes of a file a request asks for (RFC 9110, 14). */
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Undefined for the whole: without a range, with several (a server may ignore them), with one that makes no sense, or when
 * `If-Range` names another version.
 */
export function rangeOf(
  headers: IncomingHttpHeaders,
  etag: string,
  size: number,
): { readonly first: number; readonly last: number } | 'unsatisfiable' | undefined {
  const ifRange = headers['if-range'];
  if (ifRange !== undefined && ifRange !== etag) return undefined;
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/i.exec(headers.range ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  if (from === '') {
    // The last bytes, as many as are asked for.
    return Number(to) === 0 || size === 0 ? 'unsatisfiable' : { first: Math.max(0, size - Number(to)), last: size - 1 };
  }
  if (to !== '' && Number(to) < Number(from)) return undefined;
  if (Number(from) >= size) return 'unsatisfiable';
  return { first: Number(from), last: to === '' ? size - 1 : Math.min(Number(to), size - 1) };
}
