/** Cursors of lists: opaque to clients, and never trusted when they come back. */
import { shortDigest } from '../core/digest.ts';
import { MalformedRequestError } from '../errors.ts';

/**
 * @param list what is listed; a cursor of one list is none of another.
 * @param place where the next page begins, as strings.
 */
export function encodeCursor(list: string, place: readonly string[]): string {
  return Buffer.from(JSON.stringify([markOf(list), ...place])).toString('base64url');
}

/**
 * The place in a cursor that we made; undefined when the request has none.
 * @param parts how many strings the place has.
 * @throws {MalformedRequestError} for anything else.
 */
export function decodeCursor(list: string, cursor: string | undefined, parts: number): readonly string[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [mark, ...place]: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (mark === markOf(list) && place.length === parts && place.every(isPart)) return place;
  } catch {
    // Not ours; refused below.
  }
  throw notOfThisList();
}

/** For a cursor that reads well, but names a place that the list cannot have. */
export function notOfThisList(): MalformedRequestError {
  return new MalformedRequestError('Begin again with the first page.', [
    { in: 'query', field: '/cursor', message: 'Is not a cursor of this list.' },
  ]);
}

const markOf = (list: string) => shortDigest(list, 8);

function isPart(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.isWellFormed() && Buffer.byteLength(value) <= 1024;
}
