// Which font has which character: nothing is printed as something else, and nothing vanishes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bold, plain, runsOf, unprinted } from '../../../shared/print/fonts.ts';

const printed = (text: string) =>
  runsOf(plain(text), 'text')
    .map(run => run.text)
    .join('');

describe('a text in runs', () => {
  it.each([
    'The board approves.',
    'Übernahme der Geschäftsordnung; Žďár; Đà Nẵng; İstanbul',
    'Έγκριση του απολογισμού, ὕδωρ',
    'Про затвердження звіту',
    'Հաստատում. დამტკიცება.',
    '§ 13.1-865 – “quoted” … ½ → €',
  ])('"%s" is printed as it is', text => {
    expect(printed(text)).toBe(text);
    expect(
      runsOf(bold(text), 'label')
        .map(run => run.text)
        .join(''),
    ).toBe(text);
  });

  it.each([
    ['漢字', 2],
    ['שלום', 4],
    ['مرحبا', 5],
    ['\u202egnp', 1],
    ['👩‍👩‍👧 ok', 1],
  ])('"%s" has one sign for each character that cannot be set', (text, signs) => {
    expect([...printed(text)].filter(character => character === unprinted)).toHaveLength(signs);
  });

  it('is set in the first font that has it, and goes back', () => {
    const fonts = runsOf([{ text: 'Aლ☂', bold: true, italic: false }, ...plain('B')], 'text').map(run => run.font);
    expect(fonts[0]).toBe('DejaVuSerif-Bold.ttf');
    expect(fonts.at(-1)).toBe('DejaVuSerif.ttf');
  });

  it('is whole whatever it is, but for what nobody sees, and ends of lines within long words', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abcÄéßЖΩ 1.,-'), maxLength: 300 });
    fc.assert(
      fc.property(letters, text => {
        expect(printed(text).replaceAll('\u200b', '')).toBe(text);
      }),
    );
  });

  it('lets a line end within words that no line could hold, and in no others', () => {
    expect(printed('x'.repeat(80))).not.toContain('\u200b');
    expect(printed('x'.repeat(200)).split('\u200b')).toHaveLength(3);
  });
});
