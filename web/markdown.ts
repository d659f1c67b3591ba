/** Markdown of the book as HTML that is safe on its pages: no HTML of its own, no scripts, no images from elsewhere. */
import { html, raw } from 'hono/html';
import { micromark } from 'micromark';
import { isThicket, withoutDepths } from '../shared/core/markdownBounds.ts';
import type { Markup } from './layout.ts';

/** An image would be fetched from another site, which could count the readers; it is shown as a link. */
const extensions = [{ disable: { null: ['labelStartImage'] } }];

/** One line in which Markdown finds nothing to do: it begins with a letter, and holds no mark that means anything. */
const plainLine = /^\p{L}(?:[\p{L}\p{M}\p{N} .,;:?!'’“”()/%–—-]*[\p{L}\p{M}\p{N}.,;:?!'’“”()/%–—-])?$/u;

/**
 * @param below the level of the heading that the text stands under; headings in it start one lower and leave no level out.
 */
export function markdown(text: string, below: number): Markup {
  return raw(render(text, below));
}

/** How the text begins, on one line and without its marks; null when it is no longer than that. */
export function markdownStart(text: string, longest: number): Markup | null {
  if (text.length <= longest) return null;
  const words = render(text, 1)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const start = new RegExp(`^(?:&#?\\w+;|[^&]){0,${longest / 2}}`, 'u').exec(words)?.[0] ?? '';
  return raw(`${start.length < words.length ? start.replace(/ \S*$/, '') : start} …`);
}

function render(text: string, below: number): string {
  if (plainLine.test(text)) return `<p>${text}</p>`;
  if (isThicket(text)) return `<pre>${html`${text}`}</pre>`;
  return fitLinks(fitHeadings(micromark(withoutDepths(text), { extensions }), below));
}

// micromark escapes every `<` of the text, so in its output tags are its own.

function fitHeadings(output: string, below: number): string {
  const open: number[] = [];
  return output.replace(/<(\/?)h([1-6])>/g, (_tag, slash: string, digit: string) => {
    if (slash === '') {
      while ((open.at(-1) ?? 0) >= Number(digit)) open.pop();
      open.push(Number(digit));
    }
    return `<${slash}h${Math.min(6, below + open.length)}>`;
  });
}

/** micromark empties the address of a link that could run something; what stays is no link. */
function fitLinks(output: string): string {
  return output
    .replace(/<a href=""(?: title="[^"]*")?>/g, '<a>')
    .replaceAll('<a href="', '<a rel="noopener nofollow" href="');
}
