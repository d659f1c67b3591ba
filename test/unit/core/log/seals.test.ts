// Seals and entries: whoever has event and salt comes to the same bytes, and an entry tells nothing else.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryBytes, readEntry, sealOf } from '../../../../shared/core/log/seals.ts';
import { bundleBytes, bundlePath, entriesOf, placeOf, tilePath, widthIn } from '../../../../shared/core/log/tiles.ts';

const salt = new Uint8Array(32).fill(7);

describe('a seal', () => {
  it('is the digest of the salt and the canonical text, whatever the order of the fields', () => {
    const expected = createHash('sha256').update(salt).update('{"a":1,"b":["x",null]}').digest();
    expect(Buffer.from(sealOf(salt, { b: ['x', null], a: 1 }))).toEqual(expected);
    expect(sealOf(salt, { a: 1, b: ['x', null] })).toEqual(sealOf(salt, { b: ['x', null], a: 1 }));
  });

  it('is another for another salt, and takes none that is short', () => {
    expect(sealOf(new Uint8Array(32), { a: 1 })).not.toEqual(sealOf(salt, { a: 1 }));
    expect(() => sealOf(new Uint8Array(31), { a: 1 })).toThrow(RangeError);
  });
});

describe('an entry', () => {
  const entry = { at: '2026-11-22T10:00:00.000Z', seal: new Uint8Array(sealOf(salt, { a: 1 })) };

  it('is canonical text, and read as it was written', () => {
    const text = new TextDecoder().decode(entryBytes(entry));
    expect(text).toBe(`{"at":"2026-11-22T10:00:00.000Z","seal":"${Buffer.from(entry.seal).toString('base64')}","v":1}`);
    expect(readEntry(entryBytes(entry))).toEqual(entry);
  });

  it.each([
    ['a space', (text: string) => text.replace(',', ', ')],
    ['another order', (text: string) => text.replace('"v":1', '"v":1').replace('{"at"', '{ "at"')],
    ['another field', (text: string) => text.replace('"v":1', '"title":"x","v":1')],
    ['another version', (text: string) => text.replace('"v":1', '"v":2')],
    ['a short seal', (text: string) => text.replace(/"seal":"[^"]+"/, '"seal":"AAAA"')],
    ['no time', (text: string) => text.replace('2026-11-22', '2026-13-22')],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
  ])('is not read with %s', (_, change) => {
    const text = new TextDecoder().decode(entryBytes(entry));
    expect(readEntry(new TextEncoder().encode(change(text)))).toBeNull();
  });
});

describe('bundles and paths', () => {
  it('hold any entries, and no others', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), entries => {
        const bytes = bundleBytes(entries);
        expect(entriesOf(bytes, entries.length)).toEqual(entries);
        expect(entriesOf(bytes, entries.length + 1)).toBeNull();
        expect(entriesOf(Uint8Array.of(...bytes, 0), entries.length)).toBeNull();
        if (bytes.length > 0) expect(entriesOf(bytes.subarray(0, -1), entries.length)).toBeNull();
      }),
    );
    expect(() => bundleBytes([new Uint8Array(65_536)])).toThrow(RangeError);
  });

  it.each([
    [{ level: 0, index: 1_234_067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 3, index: 0, width: 4 }, 'tile/3/000.p/4'],
    [{ level: 63, index: 999, width: 255 }, 'tile/63/999.p/255'],
    [{ level: 1, index: 1000, width: 256 }, 'tile/1/x001/000'],
  ])('name %j as the specification does', (place, path) => {
    expect(tilePath(place)).toBe(path);
    expect(placeOf(path)).toEqual({ ...place, holds: 'hashes' });
    const bundle = bundlePath(place);
    expect(placeOf(bundle)).toEqual({ ...place, level: 0, holds: 'entries' });
  });

  it.each([
    'tile/0/67',
    'tile/0/0067',
    'tile/00/067',
    'tile/64/067',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/x000/067',
    'tile/0/x001/x067',
    'tile/0/../checkpoint',
    '/tile/0/000',
    'tile/0/000\n',
    'tile/0/x009/x007/x199/x254/x740/992',
  ])('do not take %j', path => expect(placeOf(path)).toBeNull());

  it('know how wide a tile of a tree is', () => {
    // The example of the specification: a tree of 70,000.
    expect(widthIn(70_000, 0, 272)).toBe(256);
    expect(widthIn(70_000, 0, 273)).toBe(112);
    expect(widthIn(70_000, 1, 1)).toBe(17);
    expect(widthIn(70_000, 2, 0)).toBe(1);
    expect(widthIn(70_000, 3, 0)).toBe(0);
  });
});
