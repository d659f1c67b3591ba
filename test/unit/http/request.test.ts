// Reading requests that mean harm: every one is either read or refused with an error of ours.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ContentTooLargeError,
  MalformedRequestError,
  MinutebookError,
  UnsupportedMediaTypeError,
} from '../../../shared/errors.ts';
import {
  maxBodyBytes,
  readIdempotencyKey,
  readIfMatch,
  readJsonBody,
  readOrigin,
  readQuery,
} from '../../../shared/http/request.ts';
import { eventOf } from './events.ts';

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const read = (body: string | Buffer, type = 'application/json') =>
  readJsonBody(eventOf({ method: 'POST', body, headers: { 'content-type': type } }));

describe('a JSON body', () => {
  it.each([
    ['an object', '{"a":[1,"b",null,true]}', { a: [1, 'b', null, true] }],
    ['in base64', Buffer.from('{"a":"ä"}'), { a: 'ä' }],
    ['after a byte order mark', Buffer.from('\ufeff{"a":1}'), { a: 1 }],
    ['of 32 levels', nested(32), JSON.parse(nested(32))],
    ['with brackets in strings', JSON.stringify(`"${'['.repeat(500)}\\`), `"${'['.repeat(500)}\\`],
    ['with escaped quotes before brackets', JSON.stringify({ a: '\\"', b: '"[[' }), { a: '\\"', b: '"[[' }],
    ['of the last character there is', '"\\udbff\\udfff"', '\u{10ffff}'],
    ['that is only a scalar', 'false', false],
  ])('is read: %s', (_what, body, expected) => {
    expect(read(body)).toEqual(expected);
  });

  it.each([
    ['of 33 levels', nested(33)],
    ['of 33 levels, objects and arrays in turn', `${'{"a":['.repeat(17)}${']}'.repeat(17)}`],
    ['of 100,000 levels that never close', '['.repeat(100_000)],
    ['of 100,000 objects that never close', '{"a":'.repeat(50_000)],
    ['that hides its depth behind closing brackets', `${']'.repeat(1000)}${'['.repeat(1000)}`],
    ['cut off', '{"a":'],
    ['followed by more', '{} {}'],
    ['with a comment', '{/**/}'],
    ['with single quotes', "{'a':1}"],
    ['with a trailing comma', '[1,]'],
    ['NaN', 'NaN'],
    ['of spaces', '   '],
    ['of a byte order mark alone', Buffer.from('\ufeff')],
    ['with a raw line end in a string', '"a\nb"'],
    ['with an overlong encoding', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
    ['with a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['with a byte that is never UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['cut off within a character', Buffer.from([0x22, 0xe2, 0x82])],
    ['in UTF-16', Buffer.from('{"a":1}', 'utf16le')],
  ])('is refused: %s', (_what, body) => {
    expect(() => read(body)).toThrow(MalformedRequestError);
  });

  it('has no power over prototypes', () => {
    const body = read('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}') as object;
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
    expect(Object.keys(body)).toEqual(['__proto__', 'constructor']);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('may hold half a character, which the fields of the contract refuse', () => {
    expect(read('"\\ud800"')).toBe('\ud800');
  });

  it('is an empty object when there is none, whatever its type', () => {
    expect(readJsonBody(eventOf({ method: 'POST' }))).toEqual({});
    expect(read('', 'text/plain')).toEqual({});
    expect(read(Buffer.alloc(0), 'text/plain')).toEqual({});
  });

  it.each([
    ['text', (size: number) => JSON.stringify('a'.repeat(size - 2))],
    ['base64', (size: number) => Buffer.from(JSON.stringify('a'.repeat(size - 2)))],
    [
      'characters of several bytes',
      (size: number) => JSON.stringify(`${'ä'.repeat((size - 2) >> 1)}${'a'.repeat(size & 1)}`),
    ],
  ])('is read up to 256 KiB and not a byte more, as %s', (_form, bodyOf) => {
    expect(maxBodyBytes).toBe(262_144);
    expect(() => read(bodyOf(maxBodyBytes))).not.toThrow();
    expect(() => read(bodyOf(maxBodyBytes + 1))).toThrow(ContentTooLargeError);
  });

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;Charset="UTF-8"',
    ' application/json ; q=1',
  ])('may be announced as %j', type => {
    expect(read('{}', type)).toEqual({});
  });

  it.each([
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=application/json',
    'application/jsonp',
    'application/json, text/plain',
    'application/json; charset=utf-16',
    'application/json; charset=iso-8859-1',
    'text/html; application/json',
  ])('may not be announced as %j, which a form on another site could send or which is no UTF-8', type => {
    expect(() => read('{}', type)).toThrow(UnsupportedMediaTypeError);
  });

  it('without any type is refused', () => {
    const event = eventOf({ method: 'POST', body: '{}' });
    delete event.headers['content-type'];
    expect(() => readJsonBody(event)).toThrow(UnsupportedMediaTypeError);
  });

  it('is read as JSON.parse reads it or refused with an error of ours, whatever its bytes', () => {
    const anyBody = fc.oneof(
      fc.uint8Array().map(bytes => Buffer.from(bytes)),
      fc.json(),
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '1', 'null') }),
    );
    fc.assert(
      fc.property(anyBody, body => {
        fc.pre(body.length > 0);
        let result: unknown;
        try {
          result = read(body);
        } catch (error) {
          if (!(error instanceof MinutebookError)) throw error;
          return;
        }
        expect(result).toEqual(JSON.parse(String(body).replace(/^\ufeff/, '')));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('query parameters', () => {
  const query = (text: string) => ({ ...readQuery(eventOf({ query: text })) });

  it.each([
    ['', {}],
    ['a=1&b=', { a: '1', b: '' }],
    ['a=%C3%A4+b%20c', { a: 'ä b c' }],
    ['a', { a: '' }],
    ['a=b=c&', { a: 'b=c' }],
    ['a=100%', { a: '100%' }],
    ['constructor=1&toString=2', { constructor: '1', toString: '2' }],
  ])('%j are read', (text, expected) => {
    expect(query(text)).toEqual(expected);
  });

  it.each(['a=1&a=2', 'a&a', 'a=%ff', 'a=%ED%A0%80', 'a=%C0%AF', '__proto__=1&__proto__=2'])('%j are refused', text => {
    expect(() => query(text)).toThrow(MalformedRequestError);
  });

  it('have no power over prototypes', () => {
    const read = readQuery(eventOf({ query: '__proto__=admin' }));
    expect(Object.getPrototypeOf(read)).toBeNull();
    expect(Object.keys(read)).toEqual(['__proto__']);
  });
});

describe('If-Match', () => {
  it.each([
    [undefined, null],
    ['"7"', 7],
    [' "7" ', 7],
    ['"7-Zm9vYmFy_-"', 7],
    ['"999999999"', 999_999_999],
    ['W/"7-abc"', 7],
  ])('%j names version %s', (header, version) => {
    expect(readIfMatch(header)).toBe(version);
  });

  it.each([
    '',
    '*',
    '7',
    '""',
    '"a"',
    '"-1"',
    '"1.5"',
    '"1e3"',
    '"7", "8"',
    '"7-a", "8-b"',
    '"7',
    '"7-"',
    '"7-a b"',
    '"1234567890"',
    '"7"\n"8"',
    '"٧"',
  ])('%j is refused', header => {
    expect(() => readIfMatch(header)).toThrow(MalformedRequestError);
  });
});

describe('Idempotency-Key', () => {
  it.each([
    [undefined, null],
    ['a', 'a'],
    ['"quoted"', '"quoted"'],
    ['k'.repeat(200), 'k'.repeat(200)],
  ])('%j is %j', (header, key) => {
    expect(readIdempotencyKey(header)).toBe(key);
  });

  it.each(['', ' ', 'a b', 'ä', 'a\n', 'k'.repeat(201)])('%j is refused', header => {
    expect(() => readIdempotencyKey(header)).toThrow(MalformedRequestError);
  });
});

describe('the origin', () => {
  it.each([
    ['book.example.org', undefined, 'https://book.example.org'],
    ['localhost:4000', 'http', 'http://localhost:4000'],
    ['[::1]:4000', 'http', 'http://[::1]:4000'],
    ['book.example.org', 'javascript', 'https://book.example.org'],
  ])('of host %s over %s is %s', (host, proto, expected) => {
    const headers: Record<string, string> = proto === undefined ? {} : { 'x-forwarded-proto': proto };
    expect(readOrigin(eventOf({ host, headers }))).toBe(expected);
  });

  it.each(['', 'a/b', 'a"><script>', 'a b', 'user@host', 'a?b', 'a#b', 'host:', 'host:123456', 'a..b', 'host\n'])(
    'is refused for the host %j',
    host => {
      expect(() => readOrigin(eventOf({ host }))).toThrow(MalformedRequestError);
    },
  );
});
