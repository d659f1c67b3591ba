// Texts and pictures: what they are by content, whatever they are called.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MediaType } from '../../../shared/core/files.ts';
import { JsonCheck } from '../../../shared/examination/json.ts';
import { chunksOf, examineAs, refusedFor, sound } from '../../support/examined.ts';

const [plain, csv, json, xml] = ['text/plain', 'text/csv', 'application/json', 'application/xml'] as const;

describe('accepts', () => {
  it.each<[MediaType, string, string]>([
    [plain, 'a text in many languages', 'Minutes: für Käse, 議事録, 😀, \u2019quoted\u2019\r\n\tand indented\f'],
    [plain, 'a text with a byte order mark', '\ufeffMinutes'],
    [plain, 'Markdown after a comment', '<!-- from the secretary -->\n# Minutes\n\n<https://example.org>'],
    [plain, 'a text that speaks of markup', 'The page begins with <html> and ends with </html>.'],
    [plain, 'a text that begins as a picture would', 'BMW gave nothing. MZ neither.'],
    [csv, 'a table', 'name,amount\n"Käse, alt",12\n'],
    [json, 'an object', '{"votes": [1, 2, null]}'],
    [json, 'a text', '"<html>"'],
    [
      xml,
      'a return',
      '<?xml version="1.0" encoding="utf-8"?>\n<Return xmlns="http://www.irs.gov/efile"><a>1</a></Return>\n',
    ],
    [xml, 'one element', '\ufeff<!-- none --><Return />\n<!-- end -->\n'],
    [xml, 'a root that is an element of HTML too', '<a><p/></a>'],
    [xml, 'prefixes', "<?xml version='1.0'?><efile:Return xmlns:efile='http://www.irs.gov/efile'></efile:Return >"],
  ])('as %s %s', async (type, _what, content) => {
    expect(await examineAs(type, content)).toEqual({ ...sound, pages: null, title: null, text: null });
  });
});

describe('refuses as a text', () => {
  const html = /an HTML page/;
  it.each<[string, string | Buffer, RegExp]>([
    ['a page', '<!DOCTYPE html><title>x</title>', html],
    ['a page without a declaration', '<html lang="en">', html],
    ['a page after white space and a byte order mark', '\ufeff \r\n\t<HTML>', html],
    ['a page after comments and an XML declaration', '<?xml version="1.0"?><!-- a --> <!-- b -->\n<html/>', html],
    ['a page under a prefix', '<h:html xmlns:h="http://www.w3.org/1999/xhtml">', html],
    ['a page behind a comment that does not end', `<!-- ${'x'.repeat(70_000)} --><html>`, html],
    ['the script of a page', '<script>alert(1)</script>', html],
    ['a part of a page', '<iframe src="https://example.org">', html],
    ['a picture that runs scripts', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', /an SVG image/],
    ['such a picture after its declaration', '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "x"><svg/>', /an SVG image/],
    ['a script of a shell', '#!/bin/sh\nrm -rf /\n', /a script/],
    ['a script of a server', '<?php system($_GET["x"]);', /a script/],
    ['a script of Windows', '@echo off\r\n', /a script/],
    ['a PDF', '%PDF-1.4\n', /a PDF|application\/pdf/],
    ['a PostScript program', '%!PS-Adobe-3.0\n', /PostScript|postscript/],
    ['an RTF document', '{\\rtf1\\ansi}', /RTF|rtf/],
    ['a Windows program', Buffer.from('MZ\x90\0\x03', 'latin1'), /a Windows program/],
    ['a Linux program', Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), /a Linux program/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /image\/png/],
    ['Windows-1252', Buffer.from('K\xe4se', 'latin1'), /UTF-8/],
    ['UTF-16', Buffer.from('\ufeffMinutes', 'utf16le'), /UTF-8/],
    ['UTF-16 without a byte order mark', Buffer.from('Minutes', 'utf16le'), /control characters/],
    ['half a character at the end', Buffer.from('Käs').subarray(0, 2), /UTF-8/],
    ['a NUL', 'name,amount\0\n', /control characters/],
    ['an escape sequence', 'all is \x1b[32mwell\x1b[0m', /control characters/],
  ])('%s', async (_what, content, reason) => {
    for (const type of [plain, csv] as const) expect(await examineAs(type, content)).toEqual(refusedFor(reason));
  });

  it('one wrong byte, a megabyte behind the beginning', async () => {
    const text = Buffer.alloc(1_000_000, 'Minutes ');
    expect(await examineAs(plain, text)).toMatchObject(sound);
    text[999_990] = 0xff;
    expect(await examineAs(plain, text)).toEqual(refusedFor(/UTF-8/));
    text[999_990] = 0;
    expect(await examineAs(plain, text)).toEqual(refusedFor(/control characters/));
  });
});

describe('JSON', () => {
  it.each(['{"votes": }', '{} {}', "{'votes': 7}", '', ' ', '[1,]', 'NaN', '<a/>', '{"a":1'])(
    'is refused: %j',
    async content => {
      expect(await examineAs(json, content)).toEqual(refusedFor(/not valid JSON|not JSON|empty/));
    },
  );

  it('is refused with a byte order mark, which RFC 8259 forbids', async () => {
    expect(await examineAs(json, '\ufeff{}')).toEqual(refusedFor(/byte order mark/));
  });

  it('is refused when it is nested without end', async () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(await examineAs(json, nested(1000))).toMatchObject(sound);
    expect(await examineAs(json, nested(1001))).toEqual(refusedFor(/not valid JSON/));
    expect(await examineAs(json, nested(1_000_000))).toEqual(refusedFor(/not valid JSON/));
  });

  const parses = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const isJson = (bytes: Buffer, chunkBytes: number) => {
    const check = new JsonCheck();
    for (const chunk of chunksOf(bytes, chunkBytes)) check.push(chunk);
    return check.end();
  };

  it('is what a parser takes for it, wherever the chunks are cut and whatever is changed', () => {
    const anyJson = fc.json({ stringUnit: 'binary' }).map(text => text.toWellFormed());
    const piece = fc.constantFrom(...'[]{}:,"\\ ut0129-+.eE\n', '\\u00', 'true', 'null', '\\"', '1e5', '\t');
    const anything = fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join(''));
    const changed = fc
      .tuple(anyJson, fc.nat(), fc.nat({ max: 2 }), piece)
      .map(
        ([text, at, less, more]) =>
          text.slice(0, at % (text.length + 1)) + more + text.slice((at % (text.length + 1)) + less),
      )
      .map(text => text.toWellFormed());
    fc.assert(
      fc.property(fc.oneof(anyJson, anything, changed), fc.integer({ min: 1, max: 9 }), (text, chunkBytes) => {
        expect(isJson(Buffer.from(text), chunkBytes)).toBe(parses(text));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('XML', () => {
  it.each([
    ['entities that grow', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', /DOCTYPE/],
    [
      'a DOCTYPE after a comment',
      '<?xml version="1.0"?><!-- a --><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
      /DOCTYPE/,
    ],
    ['a page', '<html xmlns="http://www.w3.org/1999/xhtml"/>', /for browsers/],
    ['a page under a prefix', '<?xml version="1.0"?><h:html xmlns:h="http://www.w3.org/1999/xhtml"/>', /for browsers/],
    ['a root in the namespace of pages', '<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>', /for browsers/],
    ['a picture', '<svg xmlns="http://www.w3.org/2000/svg"/>', /for browsers/],
    ['a stylesheet', '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/>', /for browsers/],
    [
      'data with a stylesheet',
      '<?xml version="1.0"?><?xml-stylesheet href="a.xsl" type="text/xsl"?><a/>',
      /stylesheet/,
    ],
    ['another encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>', /UTF-8/],
    ['another encoding in truth', Buffer.from('\ufeff<?xml version="1.0"?><a/>', 'utf16le'), /XML|UTF-8/],
    ['a script', '<?php system($_GET["x"]);', /a script/],
    ['a page without namespaces', '<html><script>alert(1)</script></html>', /for browsers/],
    ['a text', 'Minutes', /something else, not XML/],
    ['nothing but a declaration', '<?xml version="1.0"?>', /something else, not XML/],
    ['a root that does not end', '<Return', /something else, not XML/],
  ])('is refused: %s', async (_what, content, reason) => {
    expect(await examineAs(xml, content)).toEqual(refusedFor(reason));
  });

  it.each(['<Return><a></a>', '<Return><a/></Retur', '<Return></Other>', '<Return>', '<R><Return></R></Return>x'])(
    'that was cut off is archived, and said to be broken: %s',
    async content => {
      expect(await examineAs(xml, content)).toMatchObject({ refused: null, condition: 'broken' });
    },
  );
});

describe('a picture', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb0043000101ffd9', 'hex');

  it('is accepted for what it is, and for nothing else', async () => {
    expect(await examineAs('image/png', png)).toMatchObject(sound);
    expect(await examineAs('image/jpeg', jpeg)).toMatchObject(sound);
    expect(await examineAs('image/jpeg', png)).toEqual(refusedFor(/image\/png.+not JPEG image/));
    expect(await examineAs('image/png', jpeg)).toEqual(refusedFor(/image\/jpeg.+not PNG image/));
    expect(await examineAs('image/png', '<svg/>')).toEqual(refusedFor(/SVG/));
    expect(await examineAs('image/png', 'GIF89a....')).toEqual(refusedFor(/image\/gif/));
  });

  it('that was cut off is archived, and said to be broken', async () => {
    expect(await examineAs('image/png', png.subarray(0, 40))).toMatchObject({ refused: null, condition: 'broken' });
    expect(await examineAs('image/jpeg', jpeg.subarray(0, 20))).toMatchObject({ refused: null, condition: 'broken' });
  });
});
