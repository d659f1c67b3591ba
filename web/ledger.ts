/** Adopted resolutions as a ledger: number, day, title, and what became of each. */
import { html } from 'hono/html';
import type { resolutionsRoutes } from '../shared/contract/resolutions.ts';
import type { Answer } from '../shared/contract/route.ts';
import { dateIn, type PlainDate } from '../shared/core/calendar.ts';
import { undergoes } from './chain.ts';
import { dayTime } from './dates.ts';
import { heading, type Markup } from './layout.ts';

export type LedgerEntry = Answer<typeof resolutionsRoutes.listRegister>['items'][number];

/** @param named tells whose a resolution is, where that is not clear. */
export function ledger(
  entries: readonly LedgerEntry[],
  level: number,
  { timeZone, today }: { readonly timeZone: string; readonly today: PlainDate },
  named: (entry: LedgerEntry) => string | null = () => null,
): Markup {
  return html`<ul class="plain ledger">${entries.map(entry => {
    const { number, decidedAt } = entry;
    const name = named(entry);
    return html`<li class="entry"><p class="when"><b class="number">${number}</b>
${decidedAt === null ? '' : dayTime(dateIn(timeZone, decidedAt))}</p>
<div dir="auto">${titleOf(entry)}
<p class="meta">${name === null ? '' : html`<span><bdi>${name}</bdi></span>`}${becameOf(entry)}</p></div></li>`;
  })}</ul>`;

  function titleOf({ id, title, later, confidential }: LedgerEntry): Markup {
    if (confidential !== null) return heading(level, 'Confidential');
    const link = html`<a href="/resolutions/${id}">${title}</a>`;
    const isOver = later !== null && later.kind !== 'amends' && later.from <= today;
    return heading(level, isOver ? html`<s>${link}</s>` : link);
  }

  function becameOf({ later, confidential }: LedgerEntry): Markup {
    return html`${
      confidential === null
        ? ''
        : html`<span dir="auto">${confidential.reason}</span> <span>The body looks at this again on ${dayTime(confidential.reviewOn)}.</span>`
    }${later === null ? '' : html`<strong class="${later.kind === 'amends' ? 'flag' : 'flag gone'}">${undergoes(later, today)}</strong>`}`;
  }
}
