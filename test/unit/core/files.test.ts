// Names and kinds of files: what a name may be, what goes with which type, and how it travels in a header.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowedKinds,
  cleanTitle,
  contentDisposition,
  fileKinds,
  inlineTypes,
  isMediaType,
  mediaTypes,
  nameProblem,
  typeProblem,
} from '../../../shared/core/files.ts';

const anyName = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom('a', 'é', 'e\u0301', '.', ' ', '/', '\u202e', '\n', '%', '"', '\ud800'),
    maxLength: 8,
  }),
);

describe('a file may be called', () => {
  it.each([
    'minutes.pdf',
    'Protokoll März 2023.pdf',
    '議事録.pdf',
    'محضر.pdf',
    'Form 990 (2023), final; v2 + annex & notes #3.pdf',
    "L'assemblée.pdf",
    'report.exe.pdf',
    'console.txt',
    'com10.txt',
    'a',
    'v1.2.3',
    `${'a'.repeat(196)}.pdf`,
    `${'é'.repeat(125)}.pdf`,
    '😀.pdf',
    'Screenshot 2024-01-01 at 3.04.05\u202fPM.png',
  ])('%j', name => {
    expect(nameProblem(name)).toBeNull();
  });
});

describe('a file may not be called', () => {
  it.each([
    ['', /Give the file a name/],
    ['.', /begin with a dot/],
    ['..', /begin with a dot/],
    ['.htaccess', /begin with a dot/],
    ['minutes.', /end with a dot/],
    ['minutes.pdf ', /Remove the space/],
    [' minutes.pdf', /Remove the space/],
    ['minutes.pdf\u00a0', /Remove the space/],
    [' ', /Remove the space/],
    ['a/b.pdf', /these characters/],
    ['a\\b.pdf', /these characters/],
    ['C:minutes.pdf', /these characters/],
    ['a*.pdf', /these characters/],
    ['a?.pdf', /these characters/],
    ['"a".pdf', /these characters/],
    ['<a>.pdf', /these characters/],
    ['a|b.pdf', /these characters/],
    ['a\nb.pdf', /control characters/],
    ['a\0.pdf', /control characters/],
    ['a\u0085.pdf', /control characters/],
    ['a\u2028.pdf', /control characters/],
    ['minutes\u202efdp.exe', /invisible/],
    ['minutes\u2066.pdf', /invisible/],
    ['min\u200butes.pdf', /invisible/],
    ['\ufeffminutes.pdf', /invisible/],
    ['min\u00adutes.pdf', /invisible/],
    ['a\uffff.pdf', /invisible/],
    ['a\ud800.pdf', /half of a character/],
    ['e\u0301.pdf', /NFC/],
    ['CON', /Windows/],
    ['nul.pdf', /Windows/],
    ['Com1.tar.pdf', /Windows/],
    ['lpt\u00b3.txt', /Windows/],
    ['AUX .txt', /Windows/],
    [`${'a'.repeat(197)}.pdf`, /at most 200 characters/],
    [`${'é'.repeat(126)}.pdf`, /at most 255 bytes/],
    [`${'議'.repeat(90)}.pdf`, /at most 255 bytes/],
  ])('%j', (name, problem) => {
    expect(nameProblem(name)).toMatch(problem);
  });

  it('anything that would not be one line, or would lead elsewhere', () => {
    fc.assert(
      fc.property(anyName, name => {
        if (nameProblem(name) !== null) return;
        expect(name).not.toMatch(/[/\\\p{Cc}\p{Bidi_Control}]|^\.|[. ]$/u);
        expect(name.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      }),
    );
  });
});

describe('the kinds of files', () => {
  it('hold nothing that packs, runs or shows other things', () => {
    expect(mediaTypes.join(' ')).not.toMatch(/zip|html|svg|msword|ms-excel|ms-powerpoint|macro|script|octet/i);
    expect(mediaTypes).toHaveLength(13);
  });

  it('have extensions of their own, in lower case', () => {
    const extensions = Object.values(fileKinds).flatMap(kind => [...kind.extensions]);
    expect(new Set(extensions).size).toBe(extensions.length);
    for (const extension of extensions) {
      expect(extension).toMatch(/^\.[a-z]+$/);
      expect(allowedKinds).toContain(extension);
    }
  });

  it('that a browser shows are known, and can run nothing', () => {
    expect(inlineTypes.every(isMediaType)).toBe(true);
    expect(inlineTypes.join(' ')).not.toMatch(/xml|html|svg|json|csv|office|document/);
  });

  it.each(['toString', '__proto__', 'constructor', '', 'text/html', 'TEXT/PLAIN', 'text/plain; charset=utf-8'])(
    'do not hold %j',
    type => {
      expect(isMediaType(type)).toBe(false);
    },
  );

  it.each(mediaTypes)('of the type %s go with their own extensions only', type => {
    for (const other of mediaTypes) {
      for (const extension of fileKinds[other].extensions) {
        const problem = typeProblem(`Minutes.2023${extension.toUpperCase()}`, type);
        expect(problem === null).toBe(other === type);
      }
    }
  });

  it.each(['minutes', 'pdf', 'minutes.pdf.exe', 'minutes.pdf.', 'minutes.pdf ', 'minutes.pdfx', ''])(
    'do not take %j for a PDF',
    name => {
      expect(typeProblem(name, 'application/pdf')).toBe(
        'The name of a file of the type PDF ends in .pdf. Change the name or the type.',
      );
    },
  );
});

describe('the header of a download', () => {
  it.each([
    ['minutes.pdf', 'filename="minutes.pdf"'],
    ["L'annex (1).pdf", `filename="L'annex (1).pdf"`],
    ['März.pdf', `filename="Marz.pdf"; filename*=UTF-8''M%C3%A4rz.pdf`],
    ['議事録.pdf', `filename="___.pdf"; filename*=UTF-8''%E8%AD%B0%E4%BA%8B%E9%8C%B2.pdf`],
    [
      "100% l'été (1)*.pdf",
      `filename="100_ l'ete (1)*.pdf"; filename*=UTF-8''100%25%20l%27%C3%A9t%C3%A9%20%281%29%2A.pdf`,
    ],
    ['a"b\\c.pdf', `filename="a_b_c.pdf"; filename*=UTF-8''a%22b%5Cc.pdf`],
    ['a\r\nSet-Cookie: b.pdf', `filename="a__Set-Cookie: b.pdf"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20b.pdf`],
  ])('names %j', (name, parameters) => {
    expect(contentDisposition(name, 'attachment')).toBe(`attachment; ${parameters}`);
    expect(contentDisposition(name, 'inline')).toBe(`inline; ${parameters}`);
  });

  it('follows the grammar for every name, and brings it back whole', () => {
    const grammar =
      /^attachment; filename="([^"\\%\P{ASCII}\p{Cc}]*)"(?:; filename\*=UTF-8''((?:[\w!#$&+.^`|~-]|%[\dA-F]{2})*))?$/u;
    fc.assert(
      fc.property(anyName, name => {
        const [, ascii, encoded] = grammar.exec(contentDisposition(name, 'attachment')) ?? [];
        expect(ascii).toBeDefined();
        expect(encoded === undefined ? ascii : decodeURIComponent(encoded)).toBe(name.toWellFormed());
      }),
    );
  });
});

describe('a title', () => {
  it.each([
    ['Annual report', 'Annual report'],
    ['  Annual\r\n\treport\u2028 2023 \0', 'Annual report 2023'],
    ['\u202eevil\u202c', 'evil'],
    ['imagemagick-lzw\0', 'imagemagick-lzw'],
    ['half \ud800', 'half \ufffd'],
    ['😀'.repeat(10).concat('a'), '😀'.repeat(10).concat('a')],
    ['', null],
    [' \u200b\n', null],
    ['---', null],
    [undefined, null],
    [12, null],
    [{ title: 'a' }, null],
  ])('of %j is %j', (title, clean) => {
    expect(cleanTitle(title)).toBe(clean);
  });

  it('is one line that can be shown, of at most 300 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1000 }), title => {
        const clean = cleanTitle(title);
        if (clean === null) return;
        expect(clean).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]|^\s|\s$/u);
        expect([...clean].length).toBeLessThanOrEqual(300);
        expect(clean.isWellFormed()).toBe(true);
      }),
    );
  });
});
