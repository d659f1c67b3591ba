/** A bar of votes with what was needed marked on it: for those who rather look than read, and in words for those who do not see it. */
import { html } from 'hono/html';
import type { Markup } from './layout.ts';

/** How each part is filled: by a colour, and by a pattern that says the same without it. */
export type Fill = 'for' | 'against' | 'abstained' | 'silent' | 'away' | 'recused';

export interface Part {
  readonly fill: Fill;
  readonly label: string;
  readonly count: number;
}

export interface Mark {
  /** From the beginning of the bar on. */
  readonly at: number;
  readonly label: string;
  readonly side: 'above' | 'below';
}

const lane = 24;
const thick = 40;

/** A part this small has no room for its number. */
const leastShare = 0.07;

/** Every part as long as its count; parts of nothing are left out. @param name what a screen reader calls it. */
export function voteBar(name: string, all: readonly Part[], marks: readonly Mark[]): Markup {
  const parts = all.filter(({ count }) => count > 0);
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const whole = Math.max(1, total, ...marks.map(({ at }) => at));
  const [above, below] = [marks.filter(({ side }) => side === 'above'), marks.filter(({ side }) => side === 'below')];
  const top = above.length * lane;
  const height = top + thick + below.length * lane;
  const share = (count: number) => `${((100 * count) / whole).toFixed(2)}%`;
  const starts = parts.map((_, index) => parts.slice(0, index).reduce((sum, { count }) => sum + count, 0));
  const words = [...parts.map(({ label, count }) => `${label}: ${count}.`), ...marks.map(({ label }) => `${label}.`)];
  return html`<figure class="votebar">
<svg role="img" aria-label="${[name, ...words].join(' ')}" width="100%" height="${height}">
${parts.map(({ fill, count }, index) => {
  const start = starts[index] ?? 0;
  const number =
    count / whole < leastShare
      ? ''
      : html`<text class="tally ${fill}" x="${share(start + count / 2)}" y="${top + thick / 2 + 6}">${count}</text>`;
  return html`${filled(fill, share(start), top, share(count), thick)}${number}`;
})}
${above.map((mark, index) => markOf(mark, top - 7 - index * lane, top - 3 - index * lane, top + thick))}
${below.map((mark, index) => markOf(mark, top + thick + lane - 7 + index * lane, top, top + thick + 5 + index * lane))}
</svg>
<ul class="plain key">${parts.map(
    ({
      fill,
      label,
      count,
    }) => html`<li><svg width="22" height="16" aria-hidden="true">${filled(fill, '1', 1, '20', 14)}</svg>
${label} <b>${count}</b></li>`,
  )}</ul></figure>`;

  function markOf({ at, label }: Mark, textY: number, from: number, to: number): Markup {
    const place = at / whole;
    const anchor = place < 0.25 ? 'start' : place > 0.75 ? 'end' : 'middle';
    return html`${lineAt(share(at), from, to)}
<text class="caption ${anchor}" x="${share(at)}" y="${textY}">${label}</text>`;
  }
}

/** With an edge in the colour of the paper, so that it stands out from every part. */
const lineAt = (x: string, from: number, to: number): Markup =>
  html`<line class="edge" x1="${x}" x2="${x}" y1="${from}" y2="${to}"/><line class="mark" x1="${x}" x2="${x}" y1="${from}" y2="${to}"/>`;

const patterned: Partial<Record<Fill, string>> = {
  against: 'url(#p-against)',
  abstained: 'url(#p-abstained)',
  recused: 'url(#p-recused)',
};

/** A part of a picture in that colour and pattern; the page has to hold the {@link patterns}. */
export function filled(fill: Fill, x: string, y: number, width: string, height: number): Markup {
  const pattern = patterned[fill];
  return html`<rect class="part ${fill}" x="${x}" y="${y}" width="${width}" height="${height}"${
    pattern === undefined ? '' : html` fill="${pattern}"`
  }/>`;
}

/** What the fills of all bars of a page refer to: once on the page. */
export const patterns = html`<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>
<pattern id="p-against" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect class="under" width="8" height="8"/><rect class="over" width="4" height="8"/></pattern>
<pattern id="p-abstained" width="8" height="8" patternUnits="userSpaceOnUse">
<rect class="pale" width="8" height="8"/><circle class="dot" cx="4" cy="4" r="1.75"/></pattern>
<pattern id="p-recused" width="10" height="10" patternUnits="userSpaceOnUse">
<rect class="pale" width="10" height="10"/><path class="stroke" d="M0 0L10 10M10 0L0 10"/></pattern>
</defs></svg>`;

/** Options of an election: one bar each, in the order of their votes. */
export interface Option {
  readonly name: string;
  readonly votes: number;
  /** What became of it, if there is anything to say. */
  readonly note: 'elected' | 'tied' | null;
}

/** So many options are shown at once; the others unfold. */
const atOnce = 20;

/** @param whole of what the bars are parts. @param needed null where no number was needed but the most. */
export function optionBars(options: readonly Option[], whole: number, needed: number | null): Markup {
  const share = (count: number) => `${((100 * count) / Math.max(1, whole, needed ?? 0)).toFixed(2)}%`;
  const list = (some: readonly Option[]) =>
    html`<ol class="plain options">${some.map(
      ({
        name,
        votes,
        note,
      }) => html`<li><p><bdi class="option">${name}</bdi> <b>${votes} ${votes === 1 ? 'vote' : 'votes'}</b>${
        note === null ? '' : html` <strong class="flag">${note === 'elected' ? 'Elected' : 'Tied'}</strong>`
      }</p>
<svg width="100%" height="16" aria-hidden="true"><rect class="part away" x="0" y="1" width="100%" height="14"/>
${filled(note === 'elected' ? 'for' : 'silent', '0', 1, share(votes), 14)}
${needed === null ? '' : lineAt(share(needed), 0, 16)}</svg></li>`,
    )}</ol>`;
  const sorted = options.toSorted((a, b) => b.votes - a.votes);
  const rest = sorted.slice(atOnce);
  return html`${list(sorted.slice(0, atOnce))}
${rest.length === 0 ? '' : html`<details class="others"><summary>${rest.length} more</summary>${list(rest)}</details>`}`;
}
