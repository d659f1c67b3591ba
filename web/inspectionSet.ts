/** What anyone may inspect, as a list: what it is, until when it can be had, its files, and what was left out of them and why. */
import { html } from 'hono/html';
import type { InspectedThing, InspectionItem } from '../shared/core/filings/inspection.ts';
import type { Withholding } from '../shared/core/returns/returns.ts';
import { dayTime, periodTime } from './dates.ts';
import { fileEntry } from './documentList.ts';
import { formLabels } from './labels.ts';
import type { Markup } from './layout.ts';

/** Something of which there is at least one file that everybody can have. */
export type Exhibit = Pick<InspectionItem, 'what' | 'title' | 'form' | 'period' | 'since' | 'until' | 'files'> & {
  /** Of a return that was read; null of others. */
  readonly returnId: string | null;
  readonly withheld: readonly Withholding[];
};

const kindLabels: Readonly<Record<InspectedThing, string>> = {
  'exemption-application': 'Application for exemption',
  'determination-letter': 'Letter about the exemption',
  'annual-return': 'Annual return',
  'amended-return': 'Annual return',
  'income-tax-return': 'Tax return on unrelated income',
};

/** What is kept for ever first, then the returns, the latest first. */
export function inspectionList(items: readonly Exhibit[]): Markup {
  const papers = items.filter(({ until }) => until === null);
  const returns = items.filter(({ until }) => until !== null).toSorted(byPeriod);
  return html`<h2>Returns of the last years</h2>
${
  returns.length === 0
    ? html`<p class="empty">No return is open to inspection in this book yet.</p>`
    : html`<ul class="plain exhibits">${returns.map(exhibitOf)}</ul>`
}
<h2>Exemption: the application and the letters about it</h2>
${
  papers.length === 0
    ? html`<p class="empty">They are not in this book yet.</p>`
    : html`<ul class="plain exhibits">${papers.map(exhibitOf)}</ul>`
}`;
}

/** The latest period first, and of one period what was filed last. */
const byPeriod = (a: Exhibit, b: Exhibit) => (orderOf(a) < orderOf(b) ? 1 : -1);
const orderOf = ({ period, since }: Exhibit) => `${period?.to}#${since}`;

function exhibitOf(item: Exhibit): Markup {
  const { what, title, form, period, since, until, files, returnId, withheld } = item;
  const isPaper = until === null;
  const kind = kindLabels[what];
  return html`<li class="exhibit"><h3 dir="auto">${isPaper ? title : kind}${period === null ? '' : html` <span class="about">${periodTime(period)}</span>`}</h3>
<p class="meta">${isPaper ? html`<span>${kind}</span>` : ''}${what === 'amended-return' ? html`<strong class="flag">Amended</strong>` : ''}${form === null ? '' : html`<span>${formLabels[form]}</span>`}
<span>${isPaper ? html`of ${dayTime(since)}` : html`filed on ${dayTime(since)}`}</span>
<span>${until === null ? 'can be inspected for ever' : html`can be inspected until <b>${dayTime(until)}</b>`}</span></p>
<ul class="plain documents">${files.map(file => fileEntry({ ...file, url: `/v1/documents/${file.documentId}/versions/${file.version}/file` }))}</ul>
${returnId === null ? '' : html`<p class="asdata"><a href="/v1/returns/${returnId}">What it says, as data</a></p>`}
${withheldFrom(withheld)}</li>`;
}

/** Why something is missing stands first; where it stood is for those who look it up. */
function withheldFrom(withheld: readonly Withholding[]): Markup {
  if (withheld.length === 0) return html``;
  const reasons = Map.groupBy(withheld, ({ reason }) => reason);
  return html`<details class="withheld"><summary>What was left out of this copy, and why</summary>
<ul>${[...reasons].map(
    ([reason, places]) => html`<li><p>${reason}</p>
<ul class="places">${places.map(({ path, count: times }) => html`<li><code>${placeText(path)}</code>${times === 1 ? '' : ` (${times} times)`}</li>`)}</ul></li>`,
  )}</ul></details>`;
}

/** All of it stands in the return: what leads there need not be said. */
const placeText = (path: string) => path.replace(/^\/Return\/(ReturnData\/)?/, '');

/** How anyone asks for a copy of what is not here. */
export const askingForCopies = (legalName: string, website: string | null): Markup => html`<div class="prose">
<p>What stands on this page is free: nobody has to give a name or a reason.</p>
<p>You may also see the same papers at the principal office of <bdi>${legalName}</bdi> during its business hours, on the day on
which you ask. If you ask in writing, copies are sent within 30 days. They may cost a reasonable fee for copying and postage, and
need not be sent where the papers are on this page.</p>
${website === null ? '' : html`<p>How to reach it: <a href="${website}" rel="noopener nofollow">${new URL(website).host}</a></p>`}
<p class="quiet">The law: 26 U.S.C. § 6104(d) and 26 CFR § 301.6104(d)-1 to -2. The names and addresses of contributors are not open
to inspection. This page is no legal advice.</p></div>`;
