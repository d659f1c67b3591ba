/** What reading a text as Markdown may cost. Whoever writes into the book could else keep its readers waiting for minutes. */

/** What reading costs grows with the square of how many marks a paragraph has; no text that means something has so many. */
const mostMarks = 800;

/** True for a text that would take long to read: it is shown as it was written. */
export const isThicket = (text: string) =>
  text.split(/\n[ \t]*\n/).some(paragraph => (paragraph.match(/[*_[\]<`!&]/g)?.length ?? 0) > mostMarks);

/** Quotes and lists that are nested deeper are shown as they were written. */
export const deepestMarkdown = 10;

/** Of the marks that open quotes and lists in one another, all on one line, so many open one; the next is text, and what follows it. */
const mostOpened = new RegExp(
  `^((?:[ \\t]*(?:>|(?:[-+*]|\\d{1,9}[.)])(?=[ \\t]))){${deepestMarkdown}}[ \\t]*)(?=[-+*>]|\\d)`,
  'gm',
);

/** The text, with marks nested deeper made text: what reading costs grows with the square of the depth. */
export const withoutDepths = (markdown: string) => markdown.replace(mostOpened, '$1\\');
