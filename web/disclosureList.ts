/** The disclosures of the organisation by year of publication, with a filter by category. */
import { html } from 'hono/html';
import type { disclosuresRoutes } from '../shared/contract/disclosures.ts';
import type { Answer } from '../shared/contract/route.ts';
import { dateIn, type Instant } from '../shared/core/calendar.ts';
import type { Tally } from '../shared/core/disclosureLists.ts';
import { type Category, categories } from '../shared/core/disclosures.ts';
import { dayTime, isLateEntry, periodTime } from './dates.ts';
import { categoryLabels, isEnglish, languageName } from './labels.ts';
import type { Markup } from './layout.ts';

type Entry = Answer<typeof disclosuresRoutes.listDisclosures>['items'][number];

export interface DisclosureList {
  readonly entries: readonly Entry[];
  readonly counts: Partial<Record<Category, Tally>>;
  readonly category: Category | undefined;
  /** Address of the same list from the next entry on; null at its end. */
  readonly older: string | null;
  /** True when this is the list from its newest entry on. */
  readonly fromNewest: boolean;
  /** Address of the page with that filter. */
  readonly filtered: (category: Category | undefined) => string;
}

export function categoryFilter({ counts, category, filtered }: DisclosureList): Markup {
  const there = categories.flatMap(one => {
    const tally = counts[one];
    return tally === undefined ? [] : [{ one, ...tally }];
  });
  if (there.length < 2) return html``;
  const total = (some: typeof there, of: keyof Tally) => some.reduce((sum, tally) => sum + tally[of], 0);
  const withdrawn = total(category === undefined ? there : there.filter(({ one }) => one === category), 'withdrawn');
  const choice = (to: Category | undefined, label: string, count: number) =>
    html`<li><a href="${filtered(to)}"${
      to === category ? html` aria-current="true"` : ''
    }>${label} <span class="number">${count}</span></a></li>`;
  return html`<nav aria-label="Disclosures by category"><ul class="plain filter">
${choice(undefined, 'All', total(there, 'published'))}
${there.map(({ one, published }) => choice(one, categoryLabels[one].many, published))}
</ul>${withdrawn === 0 ? '' : html`<p class="quiet">Not counted, but listed: ${withdrawn} withdrawn.</p>`}</nav>`;
}

export function disclosureList(list: DisclosureList, timeZone: string): Markup {
  const { entries, older, fromNewest, filtered, category } = list;
  const years = Map.groupBy(entries, entry => dateIn(timeZone, entry.publishedAt).slice(0, 4));
  return html`${entries.length === 0 ? html`<p class="empty">${emptyText(category)}</p>` : ''}
${[...years].map(
  ([year, ofYear]) => html`<section class="year"><h3>${Number(year)}</h3>
<ul class="plain">${ofYear.map(entry => entryOf(entry, timeZone))}</ul></section>`,
)}
${
  older === null && fromNewest
    ? ''
    : html`<p class="turn">${fromNewest ? '' : html`<a href="${filtered(category)}">Newest disclosures</a>`}
${older === null ? '' : html`<a href="${older}" rel="next">Older disclosures</a>`}</p>`
}`;
}

const emptyText = (category: Category | undefined) =>
  category === undefined ? 'Nothing has been made public yet.' : 'There is nothing in this category.';

function entryOf(entry: Entry, timeZone: string): Markup {
  const { id, title, category, language, period, publishedAt, enteredAt, correctedAt, withdrawnAt } = entry;
  const on = (at: Instant) => dayTime(dateIn(timeZone, at));
  const link = html`<a href="/disclosures/${id}" lang="${language}">${title}</a>`;
  return html`<li class="entry"><p class="when">${on(publishedAt)}</p>
<div dir="auto"><h4>${withdrawnAt === null ? link : html`<s>${link}</s>`}</h4>
<p class="meta"><span>${categoryLabels[category].one}</span>
${period === null ? '' : html`<span>about ${periodTime(period)}</span>`}
${isEnglish(language) ? '' : html`<span>in ${languageName(language)}</span>`}
${isLateEntry(publishedAt, enteredAt) ? html`<span>entered ${on(enteredAt)}</span>` : ''}
${
  withdrawnAt !== null
    ? html`<strong class="flag gone">Withdrawn on ${on(withdrawnAt)}</strong>`
    : correctedAt !== null
      ? html`<strong class="flag">Corrected on ${on(correctedAt)}</strong>`
      : ''
}</p></div></li>`;
}
