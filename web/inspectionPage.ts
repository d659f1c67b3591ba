/** What anyone may inspect, who funds the organisation, its figures over the years, and whether it files on time. */
import { html } from 'hono/html';
import type { PlainDate } from '../shared/core/calendar.ts';
import { dayTime, timeZoneText } from './dates.ts';
import { figuresOverYears, type YearOfFigures } from './figuresOverYears.ts';
import { askingForCopies, type Exhibit, inspectionList } from './inspectionSet.ts';
import { type Markup, type Page, page, type Site } from './layout.ts';
import { type Punctual, punctuality } from './punctuality.ts';
import { type SupportOfYear, supporterList } from './supporters.ts';

export interface InspectionView {
  readonly site: Site;
  readonly website: string | null;
  readonly timeZone: string;
  readonly today: PlainDate;
  /** The inspection set of today, in its order. */
  readonly items: readonly Exhibit[];
  /** The latest year first. */
  readonly support: readonly SupportOfYear[];
  /** In their order. */
  readonly years: readonly YearOfFigures[];
  /** The latest first. */
  readonly punctuality: readonly Punctual[];
}

export function inspectionPage(view: InspectionView): Page {
  const { site, website, timeZone, today } = view;
  return page({
    title: 'Filings: what anyone may inspect',
    description: `The returns and letters of ${site.legalName} that anyone may inspect, who funds it, and its figures over the years.`,
    site,
    main: html`<section class="leaf head" aria-labelledby="title"><div class="margin"><p class="label">Filings</p>
<p class="asof">As of <strong>${dayTime(today)}</strong>, today, ${timeZoneText(timeZone)}.</p>
<nav class="onpage" aria-label="On this page"><ul class="plain">
<li><a href="#copies">How to ask for copies</a></li>
<li><a href="#funding">Who funds it</a></li>
<li><a href="#figures">Figures over the years</a></li>
<li><a href="#punctuality">Filed on time</a></li></ul></nav></div>
<div class="text"><h1 id="title">What anyone may inspect</h1>
<div class="prose mission"><p>The law opens these papers of <bdi>${site.legalName}</bdi> to everybody.</p></div>
${inspectionList(view.items)}</div></section>
${part('copies', 'How to ask for copies', null, askingForCopies(site.legalName, website))}
${part('funding', 'Who funds it', 'By the year in which support was received or agreed.', supporterList(view.support))}
${part('figures', 'Figures over the years', 'In US dollars, as the returns have them.', figuresOverYears(view.years))}
${part('punctuality', 'Filed on time', 'Of all that was due in a year, what was filed by its last day.', punctuality(view.punctuality))}`,
    footer: html`<p>Dates are those of ${timeZoneText(timeZone)} (${timeZone}). The same as data:
<a href="/v1/inspection">what anyone may inspect</a>, <a href="/v1/support">supporters</a>,
<a href="/v1/figures">figures</a>, <a href="/v1/filings/punctuality">filed on time</a>.</p>`,
  });
}

const part = (id: string, title: string, about: string | null, content: Markup): Markup =>
  html`<section class="leaf" id="${id}" aria-labelledby="${id}-title"><div class="margin"><h2 id="${id}-title">${title}</h2>
${about === null ? '' : html`<p class="asof">${about}</p>`}</div>
<div class="text">${content}</div></section>`;
