/** The page of one disclosure: what it says, where it comes from, what happened to it; or its tombstone. */
import { html } from 'hono/html';
import type { disclosuresRoutes } from '../shared/contract/disclosures.ts';
import type { ProofState } from '../shared/contract/fields.ts';
import type { Answer } from '../shared/contract/route.ts';
import type { Content as Recorded } from '../shared/core/disclosures.ts';
import { momentTime, periodTime, timeZoneText } from './dates.ts';
import { type EditionEntry, editionList, editionsOf, historyList, type Step } from './disclosureHistory.ts';
import { type CitedDocument, documentList } from './documentList.ts';
import { categoryLabels, languageName, stateLabels } from './labels.ts';
import { longTitle, type Markup, type Page, page, type Site } from './layout.ts';
import { markdown } from './markdown.ts';
import { sealed } from './sealed.ts';

type Disclosure = Answer<typeof disclosuresRoutes.getDisclosure>;
type Content = Omit<Recorded, 'documents'> & { readonly documents: readonly CitedDocument[] };

export interface DisclosureView {
  readonly site: Site;
  readonly timeZone: string;
  readonly disclosure: Disclosure;
  /** Of what it says now. */
  readonly proof: ProofState;
  /** What the edition that is shown says; null once the disclosure is withdrawn. */
  readonly content: Content | null;
  /** The number of the edition that is shown. */
  readonly edition: number;
  /** What the public may know of its history, the latest first. */
  readonly steps: readonly Step[];
  readonly moreSteps: boolean;
}

export function disclosurePage(view: DisclosureView): Page {
  const { site, timeZone, disclosure, content, edition } = view;
  const { title } = content ?? disclosure;
  const isCurrent = edition === disclosure.edition;
  return page({
    title: isCurrent ? title : `${title} (edition ${edition})`,
    ...(content !== null && isCurrent
      ? { description: `${categoryLabels[content.category].one} of ${site.legalName}.` }
      : {}),
    site,
    main: html`<article>${content === null ? tombstone(view) : said(view, content)}
${editionsSection(view)}
<section class="leaf" aria-labelledby="history-title"><div class="margin"><h2 id="history-title">History</h2></div>
<div class="text">${historyList(view.steps, timeZone, view.moreSteps ? `/v1/disclosures/${disclosure.id}/history?limit=100` : null)}</div>
</section></article>`,
    footer: html`<p>Dates and times are those of ${timeZoneText(timeZone)} (${timeZone}).
<a href="/v1/disclosures/${disclosure.id}">This disclosure as data</a></p>`,
  });
}

const margin = (category: Content['category']) => html`<div class="margin">
<p class="label">${categoryLabels[category].one}</p>
<p><a href="/#disclosures">All disclosures</a></p></div>`;

function said(view: DisclosureView, content: Content): Markup {
  const { title, category, summary, language, links, documents } = content;
  // The text stands under a heading of its own where documents come before it.
  const hasTitle = documents.length > 0 && summary.trim() !== '';
  return html`<section class="leaf head" aria-labelledby="title">${margin(category)}
<div class="text"><h1 id="title"${longTitle(title)} lang="${language}" dir="auto">${title}</h1>
${editionNotice(view)}
${facts(view, content)}
${documents.length === 0 ? '' : html`<h2>${documents.length === 1 ? 'Document' : 'Documents'}</h2>${documentList(documents, language)}`}
${hasTitle ? html`<h2>Summary</h2>` : ''}
<div class="prose" lang="${language}" dir="auto">${markdown(summary, hasTitle ? 2 : 1)}</div>
${
  links.length === 0
    ? ''
    : html`<h2>Links</h2><ul class="plain links">${links.map(
        link => html`<li dir="auto"><a href="${link.url}" rel="noopener nofollow">${link.title}</a>
<span class="quiet"><bdi>${new URL(link.url).host}</bdi></span></li>`,
      )}</ul>`
}</div></section>`;
}

function editionNotice({ disclosure, edition, timeZone }: DisclosureView): Markup {
  const { id, correctedAt, correctionReason } = disclosure;
  if (edition !== disclosure.edition) {
    return html`<div class="notice"><p><strong>This is edition ${edition}, not the current one.</strong> It is kept as it
stood. <a href="/disclosures/${id}">Read the current edition</a></p></div>`;
  }
  if (correctedAt === null) return html``;
  return html`<div class="notice"><p><strong>Corrected on ${momentTime(correctedAt, timeZone)}.</strong>
<span dir="auto">${correctionReason}</span> <a href="#history-title">What changed</a></p></div>`;
}

function tombstone({ disclosure, timeZone, proof }: DisclosureView): Markup {
  const inLog = sealed(proof, `/v1/disclosures/${disclosure.id}`);
  const { title, category, language, publishedAt, withdrawnAt, withdrawalReason } = disclosure;
  return html`<section class="leaf head" aria-labelledby="title">${margin(category)}
<div class="text"><p class="flag gone">Withdrawn</p>
<h1 id="title"${longTitle(title)} lang="${language}" dir="auto">${title}</h1>
<div class="stone"><p>${publishedAt === null ? '' : html`This was made public on ${momentTime(publishedAt, timeZone)}`}
${withdrawnAt === null ? '' : html` and withdrawn on ${momentTime(withdrawnAt, timeZone)}`}.</p>
<p class="quiet">The reason that was given:</p>
<blockquote dir="auto">${withdrawalReason}</blockquote>
<p>What it said is no longer public. This notice stays in its place, so that nobody has to wonder what was here.</p>
${inLog === null ? '' : html`<p class="quiet">${inLog}</p>`}</div>
</div></section>`;
}

function facts({ disclosure, edition, timeZone, steps, proof }: DisclosureView, { period, language }: Content): Markup {
  const { id, state, publishedAt, enteredAt } = disclosure;
  const inLog = edition === disclosure.edition ? sealed(proof, `/v1/disclosures/${id}`) : null;
  const fact = (name: string, value: Markup | string) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<dl class="facts">
${fact('State', stateLabels[state])}
${publishedAt === null ? '' : fact('Published', momentTime(publishedAt, timeZone))}
${
  publishedAt === null || enteredAt === null || enteredAt <= publishedAt
    ? ''
    : fact('Entered in this book', momentTime(enteredAt, timeZone))
}
${period === null ? '' : fact('About', periodTime(period))}
${fact('Language', languageName(language))}
${editionsOf(steps, disclosure.edition).length < 2 ? '' : fact('Edition', `${edition} of ${disclosure.edition}`)}
${inLog === null ? '' : fact('In the log', inLog)}
</dl>`;
}

function editionsSection({ disclosure, content, edition, steps, timeZone }: DisclosureView): Markup {
  const editions: EditionEntry[] = content === null ? [] : editionsOf(steps, disclosure.edition);
  if (editions.length < 2) return html``;
  const address = (number: number) =>
    number === disclosure.edition ? `/disclosures/${disclosure.id}` : `/disclosures/${disclosure.id}?edition=${number}`;
  return html`<section class="leaf" aria-labelledby="editions-title">
<div class="margin"><h2 id="editions-title">Editions</h2></div>
<div class="text">${editionList(editions, edition, timeZone, address)}</div></section>`;
}
