/** How many filings of each year were filed on time. */
import { html } from 'hono/html';
import type { Markup } from './layout.ts';
import { filled } from './voteBar.ts';

export interface Punctual {
  readonly year: string;
  /** Those whose last day lay in that year and is over. */
  readonly due: number;
  readonly onTime: number;
}

/** @param years the latest first. */
export function punctuality(years: readonly Punctual[]): Markup {
  const some = years.filter(({ due }) => due > 0);
  if (some.length === 0) return html`<p class="empty">No filing has been due yet since this book keeps them.</p>`;
  return html`<ul class="plain options">${some.map(
    ({
      year,
      due,
      onTime,
    }) => html`<li><p><span class="option">${year}</span> <b>${onTime === due ? `all ${due}` : `${onTime} of ${due}`} on time</b></p>
<svg width="100%" height="16" aria-hidden="true">${partOf('for', 0, onTime, due)}${partOf('against', onTime, due, due)}</svg></li>`,
  )}</ul>`;
}

const partOf = (fill: 'for' | 'against', from: number, to: number, of: number): Markup =>
  to === from ? html`` : filled(fill, share(from, of), 1, share(to - from, of), 14);

const share = (count: number, of: number) => `${((100 * count) / of).toFixed(2)}%`;
