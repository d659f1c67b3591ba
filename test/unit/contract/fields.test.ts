// The fields of requests against naughty strings: what passes can be stored, compared and shown; what does not names why.
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import {
  cursor,
  date,
  email,
  id,
  instantInput,
  language,
  limit,
  line,
  markdown,
  on,
  reason,
  text,
  timeZone,
  webAddress,
} from '../../../shared/contract/fields.ts';

const passes = (schema: z.ZodMiniType, value: unknown) => schema.safeParse(value).success;
const storable = (value: string) => value.isWellFormed() && !/[^\P{Cc}\t\n\r]/u.test(value);

const lone = ['\ud800', 'a\udfff', '\udc00\ud800'];
const controls = ['\u0000', 'a\u0007', '\u001b[31m', '\u007f', '\u0085', '\u009f'];
const breaks = ['a\nb', 'a\rb', 'a\tb', 'a\u2028b', 'a\u2029b', 'a\n'];
const speech = ['Année 2023', '中文', '👩‍👩‍👧', 'עברית', "O'Brien <script>", '1', '—', '\u00a0a', 'e\u0301'];
const blank = ['', ' ', '\u00a0', '\u3000', '\ufeff', '\t\n'];
const invisible = ['\u200b', '\u2060', '\u00ad', '\u200e\u200f', '\u200d', '\ufe0f'];

describe('text', () => {
  it.each([...speech, ...breaks, ...blank, '\u202e'])('carries %j', value =>
    expect(passes(text(50), value)).toBe(true),
  );
  it.each([...lone, ...controls])('does not carry %j', value => expect(passes(text(50), value)).toBe(false));
  it('has its greatest length', () => {
    expect([passes(markdown(5), '12345'), passes(markdown(5), '123456'), passes(markdown(5), '')]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe('a line', () => {
  it.each(speech)('carries %j unchanged', value => expect(line(50).parse(value)).toBe(value));
  it.each([...lone, ...controls, ...breaks])('does not carry %j', value => expect(passes(line(50), value)).toBe(false));
  it.each([...blank, ...invisible])('says something, which %j does not', value =>
    expect(passes(reason, value)).toBe(false),
  );
});

describe.each([
  [
    'identifier',
    id,
    ['01890a5d-ac96-774b-bcce-b302099a8057'],
    [
      '01890A5D-AC96-774B-BCCE-B302099A8057',
      '01890a5d-ac96-474b-bcce-b302099a8057',
      '01890a5d-ac96-774b-ccce-b302099a8057',
      '01890a5dac96774bbcceb302099a8057',
      '01890a5d-ac96-774b-bcce-b302099a8057\n',
      'organisation',
      '../../x',
      '',
    ],
  ],
  [
    'date',
    date,
    ['2024-02-29', '0001-01-01'],
    ['2023-02-29', '2024-1-1', '2024-01-01T00:00:00Z', 'today', '', 20240101],
  ],
  ['day to ask about', on, [undefined, '2024-02-29'], ['', 'now', null]],
  ['language', language, ['en', 'pt-BR', 'zh-Hant-TW'], ['', 'en_US', 'en"', 'en\u0000', 'a'.repeat(36)]],
  ['time zone', timeZone, ['UTC', 'America/New_York'], ['', '+02:00', 'Mars/Phobos', 'UTC\u0000', '../etc/passwd']],
  [
    'e-mail address',
    email,
    ['ann@example.org', "o'brien+x@mail.example.co.uk"],
    [
      '',
      'ann',
      'ann@',
      '@example.org',
      'ann@localhost',
      'ann@exa mple.org',
      'ann@example.org\n',
      'ann@example.org,bob@example.org',
      'Ann <ann@example.org>',
      'a\u0000@example.org',
      '\u212aim@example.org',
      `${'a'.repeat(250)}@b.co`,
    ],
  ],
  [
    'web address',
    webAddress,
    ['https://example.org', 'https://example.org/a%20b?c=d#e', 'https://例え.jp/ä', 'HTTPS://example.org'],
    [
      '',
      'http://example.org',
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,x',
      '//example.org',
      '/a',
      'ftp://example.org',
      'https://',
      'https://ann@example.org',
      'https://ann:secret@example.org',
      'https://exa mple.org',
      'https://example.org/\n',
      ' https://example.org',
      `https://example.org/${'a'.repeat(2000)}`,
    ],
  ],
  [
    'web address that no browser takes for a path on the server of the book',
    webAddress,
    [],
    ['https:example.org', 'https:/example.org', 'https:\\\\example.org'],
  ],
  [
    'web address that can be stored and shown',
    webAddress,
    [],
    ['https://example.org/\ud800', 'https://example.org/\u0001', '\u0000https://example.org'],
  ],
  [
    'limit',
    limit,
    ['1', '100', undefined],
    ['0', '101', '-1', '1.5', '', 'all', 'NaN', 'Infinity', '1e9', '9'.repeat(400)],
  ],
  ['cursor', cursor, [undefined, 'a', ''], ['a'.repeat(4001), null]],
] as [string, z.ZodMiniType, unknown[], unknown[]][])('a %s', (_name, schema, good, bad) => {
  it.each(good)('may be %j', value => expect(passes(schema, value)).toBe(true));
  it.each(bad)('may not be %j', value => expect(passes(schema, value)).toBe(false));
});

describe('an instant', () => {
  it.each([
    ['2023-06-30T12:00:00Z', '2023-06-30T12:00:00.000Z'],
    ['2023-06-30T12:00:00.5Z', '2023-06-30T12:00:00.500Z'],
    ['2023-06-30T12:00:00.123999Z', '2023-06-30T12:00:00.123Z'],
    ['2024-02-29T23:59:59.999Z', '2024-02-29T23:59:59.999Z'],
    ['1900-01-01T00:00:00Z', '1900-01-01T00:00:00.000Z'],
    ['9998-12-31T23:59:59.999Z', '9998-12-31T23:59:59.999Z'],
  ])('%s is stored as %s', (value, stored) => {
    expect(instantInput.parse(value)).toBe(stored);
  });

  it.each([
    '2023-02-29T00:00:00Z',
    '2023-06-30T24:00:00Z',
    '2023-06-30T12:60:00Z',
    '2016-12-31T23:59:60Z',
    '2023-06-30T12:00:00+02:00',
    '2023-06-30T12:00:00',
    '2023-06-30 12:00:00Z',
    '2023-06-30',
    '1899-12-31T23:59:59.999Z',
    '9999-01-01T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '+012023-06-30T12:00:00Z',
    '1688126400000',
    '',
  ])('is not %j', value => {
    expect(passes(instantInput, value)).toBe(false);
  });

  it('compares as text as it does in time, and never throws', () => {
    const moment = fc.date({ min: new Date('1900-01-01'), max: new Date('9998-12-31'), noInvalidDate: true });
    const spelled = fc
      .tuple(moment, fc.nat(9))
      .map(([one, digits]) =>
        one
          .toISOString()
          .replace(/\.(\d+)Z/, (_all, ms: string) => (digits === 0 ? 'Z' : `.${ms.padEnd(9, '0').slice(0, digits)}Z`)),
      );
    fc.assert(
      fc.property(spelled, spelled, (a, b) => {
        expect(instantInput.parse(a) < instantInput.parse(b)).toBe(Date.parse(a) < Date.parse(b));
      }),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789-:TZ.+ ') }),
        value => void instantInput.safeParse(value),
      ),
    );
  });
});

const all: [string, z.ZodMiniType][] = [
  ['line', line(300)],
  ['markdown', markdown(20_000)],
  ['reason', reason],
  ['id', id],
  ['date', date],
  ['language', language],
  ['timeZone', timeZone],
  ['webAddress', webAddress],
  ['email', email],
  ['instantInput', instantInput],
];

it.each(all)('%s passes only what can be stored, of any text', (_name, schema) => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ validSchemes: ['https'] })), value => {
      const parsed = schema.safeParse(value);
      if (parsed.success) expect(storable(String(parsed.data))).toBe(true);
    }),
  );
});

it.each(all)('%s refuses everything that is no text', (_name, schema) => {
  for (const value of [null, 0, 1, true, [], {}, ['a'], { length: 1 }]) expect(passes(schema, value)).toBe(false);
});

const naughtyFile = new URL('../../../../shared/data/json-hostile/blns/blns.json', import.meta.url);

describe.skipIf(!existsSync(naughtyFile))(
  'the big list of naughty strings (left out where ../shared/data/json-hostile is not)',
  () => {
    const naughty: string[] = existsSync(naughtyFile) ? JSON.parse(readFileSync(naughtyFile, 'utf8')) : [];

    it.each(all)('leaves nothing in %s that cannot be stored, and comes back as it went in', (name, schema) => {
      expect(naughty.length).toBeGreaterThan(400);
      for (const value of naughty) {
        const parsed = schema.safeParse(value);
        if (!parsed.success) continue;
        expect(storable(value)).toBe(true);
        if (name !== 'instantInput') expect(parsed.data).toBe(value);
      }
    });

    it('is mostly good Markdown: nothing is refused but controls and halves of characters', () => {
      for (const value of naughty) expect(passes(markdown(20_000), value)).toBe(storable(value));
    });
  },
);
