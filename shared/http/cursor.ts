/** Cursors of lists: opaque to clients, and never trusted when they come back. */
import { MalformedRequestError } from '../errors.ts';

/** @param place where the next page begins, as strings. */
export function encodeCursor(place: readonly string[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/**
 * The place in a cursor that we made; undefined when the request has none.
 * @param parts how many strings the place has.
 * @throws {MalformedRequestError} for anything else.
 */
export function decodeCursor(cursor: string | undefined, parts: number): readonly string[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(place) && place.length === parts && place.every(isPart)) return place;
  } catch {
    // Not ours; refused below.
  }
  throw new MalformedRequestError('Begin again with the first page.', [
    { in: 'query', field: '/cursor', message: 'Is not a cursor of this list.' },
  ]);
}

function isPart(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.isWellFormed() && Buffer.byteLength(value) <= 1024;
}
