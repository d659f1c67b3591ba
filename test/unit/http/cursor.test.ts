// Cursors: what we made comes back unharmed; everything else is refused as a malformed request and as nothing else.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedRequestError } from '../../../shared/errors.ts';
import { decodeCursor, encodeCursor } from '../../../shared/http/cursor.ts';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const anyPart = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 });

it('gives back every place that a cursor was made of, and fits into an address', () => {
  fc.assert(
    fc.property(fc.array(anyPart, { minLength: 1, maxLength: 4 }), place => {
      const cursor = encodeCursor(place);
      expect(decodeCursor(cursor, place.length)).toEqual(place);
      expect(cursor).toMatch(/^[\w-]+$/);
    }),
  );
});

it('is no place without a cursor', () => {
  expect(decodeCursor(undefined, 1)).toBeUndefined();
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
    ['too few parts', encode([])],
    ['too many parts', encode(['a', 'b'])],
    ['a number as its part', encode([1])],
    ['null as its part', encode([null])],
    ['a list as its part', encode([['a']])],
    ['an empty part', encode([''])],
    ['half a character', encode(['\ud800'])],
    ['a part longer than a sort key', encode(['a'.repeat(1025)])],
    ['a part longer than a sort key in bytes', encode(['ä'.repeat(513)])],
    ['a part of the longest length and one byte', encode([`${'ä'.repeat(512)}a`])],
    ['very deep', Buffer.from('['.repeat(100_000)).toString('base64url')],
  ])('is refused: %s', (_what, cursor) => {
    expect(() => decodeCursor(cursor, 1)).toThrow(MalformedRequestError);
  });

  it('is refused, or read as a place of well-formed strings, whatever it is', () => {
    const anyCursor = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.json().map(json => Buffer.from(json).toString('base64url')),
      fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }).map(encode),
    );
    fc.assert(
      fc.property(anyCursor, fc.integer({ min: 1, max: 3 }), (cursor, parts) => {
        try {
          const place = decodeCursor(cursor, parts) ?? [];
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
    expect(decodeCursor(encode(['ä'.repeat(512)]), 1)).toEqual(['ä'.repeat(512)]);
  });
});
