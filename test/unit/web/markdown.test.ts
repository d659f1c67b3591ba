import fc from 'fast-check';
import { micromark } from 'micromark';
import { expect, it } from 'vitest';
import { markdown, markdownStart } from '../../../web/markdown.ts';

const rendered = (text: string, below = 1) => String(markdown(text, below));

it('shows HTML as text', () => {
  expect(rendered('<script>alert(1)</script>\n\na <b onclick=x>b</b>')).not.toMatch(/<(script|b)/);
});

it('makes no link of an address that could run something', () => {
  for (const address of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x']) {
    expect(rendered(`[click](${address})`)).toBe('<p><a>click</a></p>');
  }
  expect(rendered('[click](javascript:x "title")')).toBe('<p><a>click</a></p>');
});

it('fetches no image', () => {
  expect(rendered('![a](https://tracker.example/x.png)')).not.toContain('<img');
  expect(rendered('![a][b]\n\n[b]: https://tracker.example/x.png')).not.toContain('<img');
});

it('keeps headings in the order of the page, with no level left out', () => {
  expect(rendered('# a\n\n### b\n\n## c\n\n# d', 2)).toBe('<h3>a</h3>\n<h4>b</h4>\n<h4>c</h4>\n<h3>d</h3>');
  expect(rendered('###### deep', 1)).toBe('<h2>deep</h2>');
  expect(rendered('# a\n## b\n### c', 5)).toBe('<h6>a</h6>\n<h6>b</h6>\n<h6>c</h6>');
});

it('lets links tell nothing to where they lead', () => {
  expect(rendered('[a](https://example.org/)')).toContain('<a rel="noopener nofollow" href="https://example.org/">');
});

it('takes for tags only what it made itself', () => {
  expect(rendered('`<h1>` &lt;h1&gt; <a href="">')).toBe(
    '<p><code>&lt;h1&gt;</code> &lt;h1&gt; &lt;a href=&quot;&quot;&gt;</p>',
  );
});

it('writes a plain line as Markdown would, only faster', () => {
  const letters = [...'aZé語٣ .,;:?!()/%–—’“”-1\'"&<>*_#`[]~+=\\\n\t\u00a0\u0301'];
  const text = fc.array(fc.constantFrom(...letters), { maxLength: 12 }).map(all => all.join(''));
  fc.assert(
    fc.property(text, value => {
      const expected = micromark(value);
      fc.pre(!/<(a|img|h\d)/.test(expected));
      expect(rendered(value)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

it('remembers nothing of the text before', () => {
  expect(rendered('[a]\n\n[a]: https://example.org/')).toContain('href=');
  expect(rendered('[a]')).toBe('<p>[a]</p>');
  expect(rendered('> a\nb\n\n> c\nd')).toBe(rendered('> a\nb\n\n> c\nd'));
});

it('gives the start of a long text without its marks, and cuts no word and no sign', () => {
  expect(markdownStart('short', 400)).toBeNull();
  expect(String(markdownStart(`# A **b**\n\n[c](https://example.org/) ${'word '.repeat(100)}`, 40))).toBe(
    'A b c word word …',
  );
  expect(String(markdownStart('&'.repeat(50), 20))).toBe(`${'&amp;'.repeat(10)} …`);
  expect(String(markdownStart(`<script>alert(1)</script>${'x'.repeat(50)}`, 40))).not.toContain('<');
});

it('shows a text that would keep readers waiting as it was written, and reads what is nested too deep as text', () => {
  const thicket = '*a_ <b> '.repeat(3000);
  expect(rendered(thicket)).toBe(`<pre>${thicket.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</pre>`);
  expect(rendered(`a\n\n${'*b* '.repeat(300)}\n\n*c*`)).toContain('<em>c</em>');
  const deep = rendered(`${'> '.repeat(5000)}x`);
  expect(deep.match(/<blockquote>/g)).toHaveLength(10);
  expect(deep).toContain('&gt; x');
});
