/** Columns side by side for each year: for those who rather look than read; in words, the table beside it says the same. */
import { html } from 'hono/html';
import type { Markup } from './layout.ts';
import { type Fill, filled } from './voteBar.ts';

/** What is shown for every year, each by a colour and a pattern of its own. */
export interface Series {
  readonly fill: Fill;
  readonly label: string;
}

export interface YearColumns {
  readonly label: string;
  /** One for each series; null draws nothing. */
  readonly values: readonly (number | null)[];
}

const top = 22;
const plot = 240;
const foot = 30;
const height = top + plot + foot;

/** Of the room of a year, so much is left free. */
const gap = 0.16;

/** With more years the numbers above the columns would run into each other. */
const mostNumbered = 5;

/** Years side by side, at least so many, so that one alone is no wall. */
const leastYears = 4;

/**
 * @param name what a screen reader calls it.
 * @param years in their order.
 * @param text a value in few letters.
 */
export function yearBars(
  name: string,
  series: readonly Series[],
  years: readonly YearColumns[],
  text: (value: number) => string,
): Markup {
  const ticks = ticksOf(years.flatMap(({ values }) => values.filter(value => value !== null)));
  const [least = 0, most = 1] = [ticks[0], ticks.at(-1)];
  const yOf = (value: number) => round(top + (plot * (most - value)) / (most - least));
  const room = 100 / Math.max(leastYears, years.length);
  const wide = (room * (1 - gap)) / series.length;
  const share = (value: number) => `${value.toFixed(2)}%`;
  const words = years.map(
    ({ label, values }) =>
      `${label}: ${series.map((one, index) => `${one.label} ${wordOf(values[index] ?? null, text)}`).join(', ')}.`,
  );
  return html`<figure class="yearbars"><div class="plot">
<svg width="64" height="${height}" aria-hidden="true">${ticks.map(
    tick => html`<text class="caption end" x="56" y="${yOf(tick) + 5}">${text(tick)}</text>`,
  )}</svg>
<svg role="img" aria-label="${[name, ...words].join(' ')}" width="100%" height="${height}">
${ticks.map(tick => html`<line class="${tick === 0 ? 'ground' : 'level'}" x1="0" x2="100%" y1="${yOf(tick)}" y2="${yOf(tick)}"/>`)}
${years.map(({ label, values }, index) => {
  const start = index * room + (room * gap) / 2;
  return html`${values.map((value, column) => columnOf(value, start + column * wide, series[column]?.fill ?? 'silent'))}
<text class="caption middle" x="${share(index * room + room / 2)}" y="${height - 8}">${label}</text>`;
})}</svg></div>
<ul class="plain key">${series.map(
    ({ fill, label }) => html`<li><svg width="22" height="16" aria-hidden="true">${filled(fill, '1', 1, '20', 14)}</svg>
${label}</li>`,
  )}</ul></figure>`;

  function columnOf(value: number | null, x: number, fill: Fill): Markup {
    if (value === null) return html``;
    const [from, to] = [yOf(Math.max(0, value)), yOf(Math.min(0, value))];
    const number = html`<text class="caption middle amount" x="${share(x + wide / 2)}" y="${round(value < 0 ? to + 16 : from - 6)}">${text(value)}</text>`;
    return html`${filled(fill, share(x), from, share(wide), round(to - from))}${years.length > mostNumbered ? '' : number}`;
  }
}

const round = (value: number) => Math.round(value * 10) / 10;

const wordOf = (value: number | null, text: (value: number) => string) => (value === null ? 'not told' : text(value));

/** Even steps of whole numbers: one, two or five times a power of ten, from below the least value to above the greatest; zero is one of them. */
export function ticksOf(values: readonly number[]): readonly number[] {
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const span = most - least || 1;
  const power = 10 ** Math.max(0, Math.floor(Math.log10(span / 4)));
  const step = power * ([1, 2, 5, 10].find(times => span / (power * times) <= 5) ?? 10);
  const [from, to] = [Math.floor(least / step), Math.max(Math.ceil(most / step), 1)];
  return Array.from({ length: to - from + 1 }, (_, index) => (from + index) * step);
}
