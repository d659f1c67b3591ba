// Cursors: what we made comes back unharmed; everything else is refused as a malformed request and as nothing else.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedRequestError } from '../../../shared/errors.ts';
import { decodeCursor, encodeCursor } from '../../../shared/http/cursor.ts';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const [mark] = JSON.parse(Buffer.from(encodeCursor('list', []), 'base64url').toString());
const encodePlace = (place: readonly unknown[]) => encode([mark, ...place]);
const anyPart = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 });

it('gives back every place that a cursor was made of, and fits into an address', () => {
  fc.assert(
    fc.property(fc.array(anyPart, { minLength: 1, maxLength: 4 }), place => {
      const cursor = encodeCursor('list', place);
      expect(decodeCursor('list', cursor, place.length)).toEqual(place);
      expect(cursor).toMatch(/^[\w-]+$/);
    }),
  );
});

it('is no place without a cursor', () => {
  expect(decodeCursor('list', undefined, 1)).toBeUndefined();
});

describe('a cursor that is not ours', () => {
  it.each([
    ['empty', ''],
    ['no base64', '*** %%% \u0000'],
    ['no JSON', Buffer.from('[["').toString('base64url')],
    ['no UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0xfe]).toString('base64url')],
    ['null', encode(null)],
    ['a string', encode('a')],
    ['a number', encode(1)],
    ['an object', encode({ 0: 'a', length: 1 })],
    ['an object with a prototype of its own', Buffer.from('{"__proto__":["a"],"length":1}').toString('base64url')],
    ['too few parts', encodePlace([])],
    ['too many parts', encodePlace(['a', 'b'])],
    ['a number as its part', encodePlace([1])],
    ['null as its part', encodePlace([null])],
    ['a list as its part', encodePlace([['a']])],
    ['an empty part', encodePlace([''])],
    ['half a character', encodePlace(['\ud800'])],
    ['a part longer than a sort key', encodePlace(['a'.repeat(1025)])],
    ['a part longer than a sort key in bytes', encodePlace(['ä'.repeat(513)])],
    ['a part of the longest length and one byte', encodePlace([`${'ä'.repeat(512)}a`])],
    ['of another list', encodeCursor('other', ['a'])],
    ['very deep', Buffer.from('['.repeat(100_000)).toString('base64url')],
  ])('is refused: %s', (_what, cursor) => {
    expect(() => decodeCursor('list', cursor, 1)).toThrow(MalformedRequestError);
  });

  it('is refused, or read as a place of well-formed strings, whatever it is', () => {
    const anyCursor = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.json().map(json => Buffer.from(json).toString('base64url')),
      fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }).map(encodePlace),
    );
    fc.assert(
      fc.property(anyCursor, fc.integer({ min: 1, max: 3 }), (cursor, parts) => {
        try {
          const place = decodeCursor('list', cursor, parts) ?? [];
          expect(place).toHaveLength(parts);
          for (const part of place)
            expect(part !== '' && part.isWellFormed() && Buffer.byteLength(part) <= 1024).toBe(true);
        } catch (error) {
          if (!(error instanceof MalformedRequestError)) throw error;
          expect(error.fields).toMatchObject([{ in: 'query', field: '/cursor' }]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('of exactly the longest part is ours', () => {
    expect(decodeCursor('list', encodePlace(['ä'.repeat(512)]), 1)).toEqual(['ä'.repeat(512)]);
  });
});
