// Markdown as it is printed: what it means is kept, nothing is lost, and no text makes it slow.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, blocksOf } from '../../../shared/print/markdown.ts';

/** Blocks in short: spans joined, with `*` around what is bold or italic. */
function brief(blocks: readonly Block[]): unknown[] {
  return blocks.map(block => {
    if (block.kind === 'list') return block.items.map(item => [item.label, ...brief(item.blocks)]);
    if (block.kind === 'quote') return { quote: brief(block.blocks) };
    if (block.kind === 'source') return { source: block.text };
    if (block.kind === 'rule') return 'rule';
    const text = block.spans.map(({ text, bold, italic }) => (bold || italic ? `*${text}*` : text)).join('');
    return block.kind === 'heading' ? { heading: text } : text;
  });
}

describe('a text', () => {
  it.each([
    ['A paragraph\nof two lines.', ['A paragraph of two lines.']],
    ['# A *heading*', [{ heading: 'A *heading*' }]],
    [
      '1. One\n2. Two\n   - a\n   - b',
      [
        [
          ['1.', 'One'],
          [
            '2.',
            'Two',
            [
              ['•', 'a'],
              ['•', 'b'],
            ],
          ],
        ],
      ],
    ],
    [
      '7. Seven\n8. Eight',
      [
        [
          ['7.', 'Seven'],
          ['8.', 'Eight'],
        ],
      ],
    ],
    ['**bold** and *slanted* and `code`', ['*bold* and *slanted* and code']],
    ['> Whereas', [{ quote: ['Whereas'] }]],
    ['a\n\n---\n\nb', ['a', 'rule', 'b']],
    ['    source', [{ source: 'source' }]],
    ['[a page](https://example.org/x)', ['a page <https://example.org/x>']],
    ['<https://example.org/x>', ['https://example.org/x']],
    ['<a@example.org>', ['a@example.org']],
    ['[a page][1]\n\n[1]: https://example.org/x', ['a page <https://example.org/x>']],
    ['![a picture](https://example.org/x)', ['[a picture]']],
    ['<b>bold</b> <script>x</script>', ['<b>bold</b> <script>x</script>']],
    ['<div>\nblock\n</div>', [{ source: '<div>\nblock\n</div>' }]],
    ['a  \nb', ['a\nb']],
    ['', []],
  ])('%j is printed as %j', (markdown, expected) => {
    expect(brief(blocksOf(markdown))).toEqual(expected);
  });

  it('without marks is printed with every word, in order', () => {
    const words = fc.array(fc.stringMatching(/^[a-zà-ÿа-яα-ω]{1,12}$/u), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(words, all => {
        expect(brief(blocksOf(all.join(' ')))).toEqual([all.join(' ')]);
      }),
    );
  });

  it.each([
    ['quotes', '>'.repeat(30_000)],
    ['lists', '- '.repeat(15_000)],
    ['emphasis', '*_'.repeat(15_000)],
    ['brackets', '['.repeat(30_000)],
    ['steps', Array.from({ length: 170 }, (_, index) => `${'  '.repeat(index)}- x`).join('\n')],
  ])('of nothing but %s in one another is read in no time', { timeout: 5000 }, (_, markdown) => {
    expect(blocksOf(markdown).length).toBeGreaterThan(0);
  });
});
