/** The register of a body: what it adopted in a year, and the rules by which it decides. */
import { html } from 'hono/html';
import type { PlainDate } from '../shared/core/calendar.ts';
import { bodyRules, type Rules } from './bodyRules.ts';
import { dayTime, timeZoneText } from './dates.ts';
import { longTitle, type Markup, type Page, page, type Site } from './layout.ts';
import { type LedgerEntry, ledger } from './ledger.ts';

export interface RegisterView {
  readonly site: Site;
  readonly timeZone: string;
  readonly today: PlainDate;
  readonly body: {
    readonly id: string;
    readonly name: string;
    readonly established: PlainDate;
    readonly dissolved: PlainDate | null;
  };
  readonly year: string;
  /** How many resolutions the body adopted in each year, as far as it adopted any. */
  readonly adopted: readonly { readonly year: string; readonly count: number }[];
  readonly entries: readonly LedgerEntry[];
  /** Address of the same list from the next entry on; null at its end. */
  readonly more: string | null;
  /** True when this is the list from its first entry on. */
  readonly fromFirst: boolean;
  readonly rules: Rules;
}

export function registerPage(view: RegisterView): Page {
  const { site, timeZone, body, year, rules } = view;
  return page({
    title: `Register of ${body.name}, ${Number(year)}`,
    description: `What ${body.name} of ${site.legalName} decided in ${Number(year)}, and by which rules.`,
    site,
    main: html`<section class="leaf head" aria-labelledby="title"><div class="margin"><p class="label">Register</p>
${years(view)}</div>
<div class="text"><h1 id="title"${longTitle(body.name)} dir="auto">${body.name}</h1>
<h2>What it adopted in ${Number(year)}</h2>
${adoptedIn(view)}</div></section>
<section class="leaf" id="rules" aria-labelledby="rules-title"><div class="margin"><h2 id="rules-title">How it decides</h2></div>
<div class="text">${bodyRules(rules)}
<p><a href="/v1/bodies/${body.id}/rules">These rules as data</a></p></div></section>`,
    footer: html`<p>Dates and times are those of ${timeZoneText(timeZone)} (${timeZone}).
<a href="/v1/bodies/${body.id}/register?year=${year}">This register as data</a></p>`,
  });
}

/** So many years are shown at once; earlier ones unfold. */
const atOnce = 12;

function years({ body, year: shown, adopted, today }: RegisterView): Markup {
  const counts = new Map(adopted.map(({ year, count }) => [year, count]));
  const last = [today, body.dissolved ?? today, adopted.at(-1)?.year ?? ''].map(day => day.slice(0, 4));
  const [from, to] = [Number(body.established.slice(0, 4)), body.dissolved === null ? last[0] : max(last.slice(1))];
  const all = Array.from({ length: Math.max(0, Number(to) - from) + 1 }, (_, index) => String(Number(to) - index));
  const list = (some: readonly string[]) =>
    html`<ul class="plain filter">${some.map(
      year =>
        html`<li><a href="/bodies/${body.id}/register?year=${year.padStart(4, '0')}"${
          year === shown ? html` aria-current="true"` : ''
        }>${year} <span class="number">${counts.get(year) ?? 0}</span></a></li>`,
    )}</ul>`;
  const earlier = all.slice(atOnce);
  return html`<nav aria-label="Years, with how many resolutions were adopted">${list(all.slice(0, atOnce))}${
    earlier.length === 0
      ? ''
      : html`<details class="others"${earlier.includes(shown) ? html` open` : ''}><summary>Earlier years</summary>${list(earlier)}</details>`
  }</nav>`;
}

const max = (texts: readonly string[]) => texts.toSorted().at(-1);

function adoptedIn({ entries, more, fromFirst, timeZone, today, body, year }: RegisterView): Markup {
  const first = `/bodies/${body.id}/register?year=${year}`;
  return html`${
    entries.length === 0
      ? html`<p class="empty">${emptyText(body, year, today)}</p>`
      : ledger(entries, 3, { timeZone, today })
  }
${
  more === null && fromFirst
    ? ''
    : html`<p class="turn">${fromFirst ? '' : html`<a href="${first}">From the first number on</a>`}
${more === null ? '' : html`<a href="${more}" rel="next">Next numbers</a>`}</p>`
}`;
}

function emptyText({ established, dissolved }: RegisterView['body'], year: string, today: PlainDate): Markup {
  if (year < established.slice(0, 4))
    return html`The body did not exist yet: it was established on ${dayTime(established)}.`;
  if (dissolved !== null && year > dissolved.slice(0, 4))
    return html`The body did not exist any more: its last day was ${dayTime(dissolved)}.`;
  if (year > today.slice(0, 4)) return html`This year is still to come.`;
  return year === today.slice(0, 4)
    ? html`Nothing has been adopted this year so far.`
    : html`Nothing was adopted in this year.`;
}
