// What holds for any bytes, and for any return.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../../shared/core/returns/decoding.ts';
import { at, childrenOf, type Element, nameOf, parse } from '../../../../shared/core/returns/elements.ts';
import { findFault } from '../../../../shared/core/returns/markup.ts';
import { formPaths, readReturn } from '../../../../shared/core/returns/readReturn.ts';
import { type FigureName, type ReturnType, returnTypes } from '../../../../shared/core/returns/returns.ts';
import { holdsIn } from '../../../../shared/core/returns/versions.ts';
import { sample, sampleXml, type Xml } from '../../../support/sampleReturns.ts';
import { contentOf } from './reading.ts';

const versions = ['2013v3.0', '2014v6.0', '2016v3.0', '2018v3.1', '2020v4.1', '2022v5.0'];
const anySample = fc.record({ type: fc.constantFrom(...returnTypes), version: fc.constantFrom(...versions) });

/** As the reader does it: bytes first. It gives one of the two, and throws nothing. */
function readBytes(bytes: Uint8Array): 'content' | 'problems' {
  const decoded = decode(bytes);
  const reading = 'problems' in decoded ? decoded : readReturn(decoded.text);
  if ('content' in reading) return 'content';
  expect(reading.problems.length).toBeGreaterThan(0);
  for (const { field, message } of reading.problems) {
    expect(field).toMatch(/^\//);
    expect(message).toMatch(/\.$/);
  }
  return 'problems';
}

/** Pieces of which markup is made, and names that JavaScript has a use for. */
const piece = fc.constantFrom(
  ...[
    '<',
    '>',
    '/',
    '</',
    '/>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    '<!',
    '&',
    ';',
    '&amp;',
    '&#1;',
    '"',
    "'",
    '=',
  ],
  ...[
    'Return',
    'a',
    'x:a',
    'xmlns',
    'xmlns:x',
    'returnVersion="2022v5.0"',
    ' ',
    '\n',
    '#text',
    ':@',
    '-',
    ']',
    '\u0000',
    '\ufeff',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    '<__proto__>',
    '</__proto__>',
    '<a>',
    '</a>',
  ],
);

describe('any bytes', () => {
  it('give problems or content', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => void readBytes(bytes)),
      { numRuns: 2000 },
    );
  });

  it('made of markup give problems or content', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), pieces => void readBytes(Buffer.from(pieces.join('')))),
      {
        numRuns: 5000,
      },
    );
  });

  it('in the midst of a return give problems or content', () => {
    const insertion = fc.oneof(
      fc.array(piece, { maxLength: 5 }).map(pieces => pieces.join('')),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(anySample, fc.nat(), fc.nat(40), insertion, ({ type, version }, place, gone, inserted) => {
        const xml = sampleXml(sample(type, version));
        const from = place % xml.length;
        readBytes(Buffer.from(xml.slice(0, from) + inserted + xml.slice(from + gone)));
      }),
      { numRuns: 2000 },
    );
  });
});

it('has elements by the parser exactly where the check of the markup saw them', () => {
  // Names of JavaScript in all places where a name may stand, and text that looks like markup.
  const name = fc.constantFrom('a', 'b', 'toString', 'hasOwnProperty', 'valueOf', 'length', '_', 'A.1-b');
  const text = fc.constantFrom('', 'x', ' > ', '<!-- <a> -->', '<![CDATA[<a></b>]]>', '&lt;a&gt;', "'", '"', '/>');
  const attributes = fc.constantFrom('', ' c="/>"', " c='>'");
  const { tree } = fc.letrec<{ tree: string }>(tie => ({
    tree: fc.oneof(
      { maxDepth: 6 },
      name.map(tag => `<${tag}/>`),
      fc
        .tuple(name, attributes, text, fc.array(tie('tree'), { maxLength: 4 }), text)
        .map(([tag, more, before, inner, after]) => `<${tag}${more}>${before}${inner.join('')}${after}</${tag}>`),
    ),
  }));
  const count = (elements: readonly Element[]): number =>
    elements.reduce((sum, one) => sum + 1 + count(childrenOf(one)), 0);
  const written = (xml: string) => [...xml.replaceAll(/<!--.*?-->|<!\[CDATA\[.*?\]\]>/g, '').matchAll(/<\w/g)].length;
  fc.assert(
    fc.property(tree, xml => {
      expect(findFault(xml)).toBeNull();
      expect(count(parse(xml))).toBe(written(xml));
    }),
  );
});

const shuffled = (elements: readonly Xml[]) => fc.shuffledSubarray([...elements], { minLength: elements.length });

/** Elements in any order, but those of one name in theirs: only that says something. */
function reordered(elements: readonly Xml[]): fc.Arbitrary<readonly Xml[]> {
  return shuffled(elements).map(mixed => {
    const waiting = Map.groupBy(elements, ([name]) => name);
    return mixed.map(([name]) => waiting.get(name)?.shift() as Xml);
  });
}

const mixedUp = ([name, content]: Xml): fc.Arbitrary<Xml> =>
  typeof content === 'string'
    ? fc.constant<Xml>([name, content])
    : fc.tuple(...content.map(mixedUp)).chain(inner => reordered(inner).map((mixed): Xml => [name, mixed]));

it('says the same in whatever order its elements stand', () => {
  fc.assert(
    fc.property(
      anySample.chain(({ type, version }) => {
        const original = sample(type, version);
        return fc
          .tuple(mixedUp(['h', original.header]), fc.tuple(...original.documents.map(mixedUp)))
          .map(([header, documents]) => ({
            original,
            changed: { ...original, header: header[1] as readonly Xml[], documents },
          }));
      }),
      ({ original, changed }) => {
        expect(contentOf(sampleXml(changed))).toEqual(contentOf(sampleXml(original)));
      },
    ),
  );
});

/** Every figure of every sample, with where it stands. */
const figures = returnTypes.flatMap(type =>
  versions.flatMap(version =>
    (Object.keys(formPaths[type].figures) as FigureName[]).flatMap(name =>
      (formPaths[type].figures[name] ?? [])
        .filter(place => holdsIn(place, version))
        .map(place => ({ type, version, name, path: place.path })),
    ),
  ),
);

it.each(returnTypes.filter(type => figures.some(one => one.type === type)))(
  'of type %s has no figure whose element is not there, and all others as before',
  type => {
    for (const { version, name, path } of figures.filter(one => one.type === type)) {
      const original = sample(type, version);
      const before = contentOf(sampleXml(original));
      expect(before.figures, `${name} in ${version}`).toHaveProperty(name);
      const documents = original.documents.map(document =>
        without(document, `${formPaths[type].element}/${path}`.split('/')),
      );
      const after = contentOf(sampleXml({ ...original, documents }));
      const { [name]: gone, ...others } = before.figures;
      const places = figures.filter(one => one.type === type && one.version === version && one.name === name);
      const { [name]: left, ...othersAfter } = after.figures;
      expect({ ...after, figures: othersAfter }).toEqual({ ...before, figures: others });
      // Of a sum, what is left is still told.
      if (places.length === 1) expect(left).toBeUndefined();
      else expect(left?.value).toBeLessThan(Number(gone?.value));
    }
  },
);

function without([name, content]: Xml, [first, ...rest]: readonly string[]): Xml {
  if (name !== first || typeof content === 'string') return [name, content];
  if (rest.length === 1) return [name, content.filter(child => child[0] !== rest[0])];
  return [name, content.map(child => without(child, rest))];
}

it('is not changed by elements that no table knows, wherever they stand', () => {
  const unknown: Xml = [
    'SomethingNewGrp',
    [
      ['EIN', '999999999'],
      ['CYTotalRevenueAmt', '1'],
      ['PersonNm', 'Nobody'],
    ],
  ];
  const more = ([name, content]: Xml): Xml =>
    typeof content === 'string' ? [name, content] : [name, [unknown, ...content.map(more), unknown]];
  fc.assert(
    fc.property(anySample, ({ type, version }) => {
      const original = sample(type as ReturnType, version);
      const documents = original.documents.map(more);
      const [, header] = more(['h', original.header]);
      const changed = contentOf(sampleXml({ ...original, header: header as readonly Xml[], documents }));
      expect(changed).toEqual(contentOf(sampleXml(original)));
    }),
    { numRuns: 30 },
  );
});

it('finds no element by a name that every object has', () => {
  const [root] = parse('<Return><a/></Return>');
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
    expect(at(root as Element, name)).toEqual([]);
  expect(nameOf(root as Element)).toBe('Return');
});
