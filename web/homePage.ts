/** The first page: who the organisation is, its structure on a day, what it decided, what it has made public. */
import { html } from 'hono/html';
import type { ProofState } from '../shared/contract/fields.ts';
import type { PlainDate } from '../shared/core/calendar.ts';
import type { Profile } from '../shared/core/organisation.ts';
import { type ArchiveState, archiveLine } from './archiveState.ts';
import { dayText, dayTime, monthDayText, timeZoneText } from './dates.ts';
import { type Decisions, decisionsSection } from './decisionsSection.ts';
import { categoryFilter, type DisclosureList, disclosureList } from './disclosureList.ts';
import { longTitle, type Markup, type Page, page, type Site } from './layout.ts';
import { markdown } from './markdown.ts';
import { type LogStand, logSection, sealed } from './sealed.ts';
import { type Structure, structure } from './structure.ts';

export interface Home {
  readonly site: Site;
  readonly timeZone: string;
  readonly today: PlainDate;
  /** The day that the page is about. */
  readonly on: PlainDate;
  /** The facts on that day; null when it lies before the first. */
  readonly profile: Profile | null;
  /** The first day of which the book knows. */
  readonly firstDay: PlainDate;
  /** Null, as the decisions, on pages that show older disclosures only. */
  readonly structure: Structure | null;
  readonly decisions: Decisions | null;
  readonly disclosures: DisclosureList;
  readonly archive: ArchiveState;
  /** Null while nothing is sealed, and on pages that show older disclosures only. */
  readonly log: LogStand | null;
  /** Of the facts of the organisation. */
  readonly proof: ProofState;
}

export function homePage(home: Home): Page {
  const { site, structure: shown, decisions, timeZone, today } = home;
  const archive = archiveLine(home.archive, home.timeZone);
  return page({
    title: site.legalName,
    description: `Who governs ${site.legalName}, how it is organised, what it decided, and what it has made public.`,
    site,
    main: html`${shown === null ? olderTitle(home) : html`${organisation(home)}${structureSection(home, shown)}`}
${decisions === null ? '' : decisionsSection(decisions, timeZone, today)}
${disclosuresSection(home)}
${home.log === null ? '' : logSection(home.log, timeZone)}`,
    footer: html`${archive === null ? '' : html`<p>${archive} <a href="/v1/archive">The figures as data</a></p>`}
<p>Dates and times are those of ${timeZoneText(home.timeZone)} (${home.timeZone}).</p>`,
  });
}

const olderTitle = ({ site }: Home) => html`<div class="leaf head">
<div class="margin"><p class="label">Minute book</p></div>
<div class="text"><h1${longTitle(site.legalName)} dir="auto">${site.legalName}</h1></div></div>`;

function organisation(home: Home): Markup {
  const { site, on, today, profile } = home;
  const name = profile?.legalName ?? site.legalName;
  return html`<section class="leaf head" id="organisation" aria-labelledby="name">
<div class="margin"><p class="label">Organisation</p></div>
<div class="text"><h1 id="name"${longTitle(name)} dir="auto">${name}</h1>
${on === today ? '' : otherDay(home)}
${profile === null ? '' : html`<div class="prose mission" dir="auto">${markdown(profile.mission, 1)}</div>${facts(profile, sealed(home.proof, '/v1/organisation'))}`}
</div></section>`;
}

function otherDay({ on, today, profile, firstDay }: Home): Markup {
  if (profile === null) {
    return html`<div class="notice"><p><strong>The book says nothing of ${dayTime(on)}.</strong> What it knows of the
organisation begins on ${dayTime(firstDay)}.</p>
<p><a href="/?on=${firstDay}">Show ${dayText(firstDay)}</a> <a href="/">Show today</a></p></div>`;
  }
  return html`<div class="notice"><p><strong>This is ${dayTime(on)}.</strong> The organisation and its structure are shown as
${on < today ? 'the book has them for that day' : 'they are expected for that day, from what is recorded now'}.</p>
<p><a href="/">Show today</a></p></div>`;
}

function facts(profile: Profile, inLog: Markup | null): Markup {
  const { shortName, jurisdiction, incorporatedOn, taxStatus, ein, fiscalYearEnd, timeZone, website } = profile;
  const fact = (name: string, value: Markup | string | null) =>
    value === null ? '' : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<dl class="facts">
${fact('Known as', shortName === null ? null : html`<bdi>${shortName}</bdi>`)}
${fact('Incorporated', html`${dayTime(incorporatedOn)}, <bdi>${jurisdiction.name}</bdi>`)}
${fact('Tax status', taxStatus)}
${fact('EIN', ein)}
${fact('Fiscal year ends', monthDayText(fiscalYearEnd))}
${fact('Time zone', timeZone)}
${fact('Website', website === null ? null : html`<a href="${website}" rel="noopener nofollow">${new URL(website).host}</a>`)}
${fact('In the log', inLog)}
</dl>`;
}

function structureSection(home: Home, shown: Structure): Markup {
  const { on, today, timeZone, disclosures } = home;
  const { category } = disclosures;
  return html`<section class="leaf" id="structure" aria-labelledby="structure-title">
<div class="margin"><h2 id="structure-title">Structure</h2>
<p class="asof">As of <strong>${dayTime(on)}</strong>${on === today ? ', today' : ''}, ${timeZoneText(timeZone)}.</p>
<form action="/#structure" method="get" class="day">
<label for="on">Show the structure as of</label>
<div><input type="date" id="on" name="on" value="${on}" required><button>Show</button></div>
${category === undefined ? '' : html`<input type="hidden" name="category" value="${category}">`}
</form></div>
<div class="text">${structure(shown)}</div></section>`;
}

function disclosuresSection({ disclosures, timeZone }: Home): Markup {
  return html`<section class="leaf" id="disclosures" aria-labelledby="disclosures-title">
<div class="margin"><h2 id="disclosures-title">Disclosures</h2>
${categoryFilter(disclosures)}
<p class="asof">Returns, supporters and figures: <a href="/inspection">Filings</a></p></div>
<div class="text">${disclosureList(disclosures, timeZone)}</div></section>`;
}

/** The first page of a book that nobody has founded yet. */
export function emptyBookPage(): Page {
  return page({
    title: 'Minutebook',
    site: null,
    main: html`<section class="leaf head"><div class="margin"><p class="label">Minute book</p></div>
<div class="text"><h1>This book is still empty</h1>
<div class="prose mission"><p>Minutebook keeps the permanent record of a non-profit: who governs it, and what it has made
public. Nobody has founded this book yet, so there is nothing to show.</p></div>
<h2>If you keep this book</h2>
<div class="prose"><p>Write down who the organisation is in a file, then found the book with it:</p>
<pre><code>npm run found -- founding.json</code></pre>
<p>From then on this page shows the organisation, its structure and its disclosures.</p></div></div></section>`,
  });
}
