/** What every RecordStore takes, down to the last byte, and what it refuses; strange text comes back as it went in. */
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { itemBytes, maxCommitBytes, maxItemBytes } from '../../shared/adapters/itemLimits.ts';
import { ItemTooLargeError } from '../../shared/errors.ts';
import type { Json, JsonObject, Key, RecordStore, Write } from '../../shared/ports/recordStore.ts';
import { keyIn, put } from '../support/items.ts';

const blns = new URL('../../../shared/data/json-hostile/blns/blns.json', import.meta.url);

const strange = [
  '\0',
  'a\0b',
  ' ',
  '.',
  '..',
  '/',
  '%',
  '_',
  `'); drop table records; --`,
  '"quoted" \\ and \\u0000',
  '\r\n\t\x7f\x1b[31m',
  '\ufeffbom',
  'e\u0301 is not é',
  '\u202egninnigeb',
  '👩‍👩‍👧‍👦 \u{10ffff}\uffff\ufffd',
  '__proto__',
  'constructor',
  'toJSON',
  '#version = :version',
  'attribute_not_exists(#partition)',
];

/** All that DynamoDB can hold: names are not empty and numbers neither too large nor too small. */
const json = fc.letrec<{ value: Json; map: JsonObject }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false, '', 0, -1, 1e21, 2 ** 53 + 2, 0.1 + 0.2, -1.5e-100, 9.99e125, 1e-130),
    fc.string({ unit: 'grapheme' }),
    fc.double({ noNaN: true, min: -1e30, max: 1e30 }).filter(number => number === 0 || Math.abs(number) >= 1e-130),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('map'),
  ),
  map: fc
    .array(
      fc.tuple(fc.oneof(fc.constantFrom(...strange), fc.string({ unit: 'grapheme', minLength: 1 })), tie('value')),
      {
        maxLength: 4,
      },
    )
    .map(entries => Object.fromEntries(entries)),
}));

/** `data` with a text that brings the item to exactly this many bytes. */
function padded(key: Key, data: JsonObject, bytes: number): JsonObject {
  const empty = itemBytes({ key, version: 1, data: { data, padding: '' } });
  return { data, padding: 'x'.repeat(bytes - empty) };
}

export function recordStoreLimits(current: () => RecordStore, propertyRuns: number): void {
  async function comesBack(data: JsonObject): Promise<void> {
    const key = keyIn(randomUUID(), 'x');
    await current().commit([put(key, 1, data)]);
    const item = await current().get(key);
    // Minus zero is not JSON; it is zero to all that JSON goes through.
    expect(plain(item?.data)).toBe(plain(data));
  }

  it('gives back any JSON as it was: empty strings, lists and objects, numbers, nesting, hostile names', async () => {
    await comesBack({ '': undefined, a: '', b: [], c: {}, d: [[], [[null]]], e: { f: { g: [{ h: false }] } } });
    await comesBack(JSON.parse('{"__proto__": {"admin": true}, "constructor": {"name": "Set"}, "toString": 1}'));
    await comesBack(JSON.parse('{"a": {"__proto__": "x", "S": "string", "N": "1", "NULL": true, "M": {}}}'));
    await fc.assert(fc.asyncProperty(json.map, comesBack), { numRuns: propertyRuns });
  });

  it('leaves names out whose value is undefined', async () => {
    const key = keyIn(randomUUID(), 'x');
    await current().commit([put(key, 1, { kept: null, dropped: undefined, deep: { dropped: undefined, kept: 0 } })]);
    expect(Object.keys((await current().get(key))?.data ?? {}).sort()).toEqual(['deep', 'kept']);
    expect((await current().get(key))?.data).toStrictEqual({ kept: null, deep: { kept: 0 } });
  });

  async function textsComeBack(texts: readonly string[]): Promise<void> {
    const partition = randomUUID();
    for (let from = 0; from < texts.length; from += 50) {
      const some = texts.slice(from, from + 50);
      const keys = some.flatMap(text => [keyIn(partition, text), keyIn(`${text}${partition}`, text)]);
      await current().commit(keys.map(key => put(key, 1, { text: key.sort, [key.sort]: [key.sort] })));
      for (const [index, item] of (await current().getMany(keys)).entries()) {
        const text = keys[index]?.sort ?? '';
        expect(item).toMatchObject({ key: keys[index], version: 1 });
        expect(plain(item?.data)).toBe(plain({ text, ...named(text) }));
      }
    }
    const page = await current().query({ table: 'records', partition, order: 'ascending', limit: 1000 });
    const bytewise = texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(page.items.map(item => item.key.sort)).toEqual(bytewise);
  }

  it('keeps strange text as keys, names and values', async () => {
    await textsComeBack([...strange, 'k'.repeat(1024), `${'é'.repeat(500)}\0`]);
  });

  const name = existsSync(blns) ? '' : ` (left out: needs ${blns.pathname})`;
  it.skipIf(name !== '')(`keeps the Big List of Naughty Strings as keys, names and values${name}`, async () => {
    const texts: string[] = JSON.parse(readFileSync(blns, 'utf8'));
    const usable = texts.filter(text => text !== '' && text.isWellFormed() && Buffer.byteLength(text) <= 1024);
    expect(usable.length).toBeGreaterThan(400);
    await textsComeBack([...new Set(usable)]);
  });

  it('takes an item of exactly 400 KB and refuses one byte more', async () => {
    await fc.assert(
      fc.asyncProperty(json.map, async data => {
        const key = keyIn(randomUUID(), 'x');
        await current().commit([put(key, 1, padded(key, data, maxItemBytes))]);
        const tooLarge = current().commit([put(key, 2, padded(key, data, maxItemBytes + 1))]);
        await expect(tooLarge).rejects.toBeInstanceOf(ItemTooLargeError);
        expect((await current().get(key))?.version).toBe(1);
      }),
      { numRuns: Math.ceil(propertyRuns / 3) },
    );
  });

  it('takes 4 MB in one commit and refuses more', async () => {
    const partition = randomUUID();
    const writes = (bytes: number): Write[] =>
      Array.from({ length: 100 }, (_, index) => {
        const key = keyIn(partition, `item ${index}`);
        return put(key, 1, padded(key, {}, bytes));
      });
    const share = Math.floor(maxCommitBytes / 100);
    await expect(current().commit(writes(share))).rejects.toBeInstanceOf(ItemTooLargeError);
    // Each write's condition counts with 128 bytes.
    await current().commit(writes(share - 128));
  });

  it('takes 31 levels, names of 32 KB and keys of 2,048 and 1,024 bytes, and refuses more', async () => {
    const nested = (levels: number): JsonObject => (levels === 1 ? {} : { a: nested(levels - 1) });
    await comesBack(nested(31));
    await expect(comesBack(nested(32))).rejects.toBeInstanceOf(RangeError);
    await comesBack({ ['é'.repeat(16_384)]: 1 });
    await expect(comesBack({ [`${'é'.repeat(16_384)}x`]: 1 })).rejects.toBeInstanceOf(RangeError);
    const partition = randomUUID().padEnd(2048, 'p');
    await current().commit([put(keyIn(partition, 's'.repeat(1024)), 1, {})]);
    for (const key of [keyIn(`${partition}p`, 's'), keyIn(partition, 's'.repeat(1025)), keyIn('é'.repeat(1025), 's')]) {
      await expect(current().commit([put(key, 1, {})])).rejects.toBeInstanceOf(RangeError);
      await expect(current().get(key)).rejects.toBeInstanceOf(RangeError);
    }
  });

  it('refuses what a program must not ask for', async () => {
    const partition = randomUUID();
    const key = keyIn(partition, 'x');
    const many = Array.from({ length: 101 }, (_, index) => keyIn(partition, `${index}`));
    const wrong: Write[][] = [
      [],
      many.map(each => put(each, 1, {})),
      [put(key, 1, {}), { check: key, expect: 'absent' }],
      [put(keyIn('', 'x'), 1, {})],
      [put(keyIn('x', ''), 1, {})],
      [put(keyIn('\ud800', 'x'), 1, {})],
      [put(key, 1, { lone: 'x\udc00' })],
      [put(key, 1, { '\ud800': 1 })],
      [put(key, 1, { '': 1 })],
      [put(key, 1, { n: Number.NaN })],
      [put(key, 1, { n: 1e126 })],
      [put(key, 1, { n: 5e-324 })],
      [put(key, 1, { date: new Date() as unknown as Json })],
      [put(key, 1, { big: 1n as unknown as Json })],
      [put(key, 1, { list: [undefined as unknown as Json] })],
      [put(key, 1, [] as unknown as JsonObject)],
      [put(key, 0, {}, 'any')],
      [put(key, 1.5, {}, 'any')],
      [put(key, 4, {}, { version: 2 })],
      [{ put: { key, version: 1, data: {}, expiresAt: 1_900_000_000 }, expect: 'any' }],
      [{ put: { key: keyIn('x', 'x', 'expiring'), version: 1, data: {}, expiresAt: Date.now() }, expect: 'any' }],
    ];
    for (const [index, writes] of wrong.entries()) {
      const error = await current()
        .commit(writes)
        .then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
      const isRefusal = error instanceof TypeError || error instanceof RangeError;
      expect(isRefusal, `refusal ${index}, which gave ${String(error)}`).toBe(true);
    }
    await expect(current().getMany([key, key])).rejects.toBeInstanceOf(RangeError);
    await expect(current().getMany(many)).rejects.toBeInstanceOf(RangeError);
    const query = { table: 'records', partition, order: 'ascending', limit: 1 } as const;
    for (const limit of [0, 1001, 1.5]) {
      await expect(current().query({ ...query, limit })).rejects.toBeInstanceOf(RangeError);
    }
    for (const bound of ['prefix', 'upTo', 'after']) {
      await expect(current().query({ ...query, [bound]: '' })).rejects.toBeInstanceOf(TypeError);
    }
    expect((await current().query({ ...query, limit: 1000 })).items).toEqual([]);
  });
}

/** One text for equal JSON; expect's own equality stumbles over names like `constructor`. */
function plain(value: Json | undefined): string {
  return JSON.stringify(sorted(value));
}

/** Names in one order; `__proto__` stays a name. */
function sorted(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map(entry => sorted(entry) ?? null);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, entry]) => [name, sorted(entry)]));
}

function named(name: string): JsonObject {
  return Object.fromEntries([[name, [name]]]);
}
