/** What happened to a disclosure since it became public, and its editions. */
import { html } from 'hono/html';
import type { disclosuresRoutes } from '../shared/contract/disclosures.ts';
import type { Answer } from '../shared/contract/route.ts';
import { changesOf } from './changes.ts';
import { momentTime } from './dates.ts';
import type { Markup } from './layout.ts';

/** So many corrections are shown with what they changed; what older ones changed unfolds. */
const atOnce = 3;

export type Step = Answer<typeof disclosuresRoutes.getDisclosureHistory>['items'][number];

export interface EditionEntry {
  readonly edition: number;
  readonly madeAt: string;
  /** Why it took the place of the one before; null for the first. */
  readonly reason: string | null;
}

/**
 * The editions that public steps tell of, the latest first.
 * @param latest the number of the current edition.
 */
export function editionsOf(steps: readonly Step[], latest: number): EditionEntry[] {
  const made = steps.filter(step => step.what === 'corrected' || step.what === 'published');
  return made.map(({ at, what, reason }, index) => ({
    edition: latest - index,
    madeAt: at,
    reason: what === 'corrected' ? reason : null,
  }));
}

export function editionList(
  editions: readonly EditionEntry[],
  shown: number,
  timeZone: string,
  addressOf: (edition: number) => string,
): Markup {
  const [latest] = editions;
  return html`<ol class="plain history" reversed>${editions.map(
    ({ edition, madeAt, reason }) => html`<li class="step"><p class="when">${momentTime(madeAt, timeZone)}</p>
<div><h3><a href="${addressOf(edition)}"${edition === shown ? html` aria-current="true"` : ''}>Edition ${edition}</a>${
      edition === latest?.edition ? ', the current one' : ''
    }</h3>
${reason === null ? '' : html`<p dir="auto">${reason}</p>`}</div></li>`,
  )}</ol>`;
}

const names: Readonly<Record<Step['what'], string>> = {
  drafted: 'Drafted',
  revised: 'Revised',
  scheduled: 'Scheduled',
  unscheduled: 'Taken off the schedule',
  published: 'Published',
  corrected: 'Corrected',
  withdrawn: 'Withdrawn',
};

/** @param more address of the whole history as data, when these are not all steps. */
export function historyList(steps: readonly Step[], timeZone: string, more: string | null): Markup {
  const open = new Set(steps.filter(step => step.what === 'corrected').slice(0, atOnce));
  const changed = (step: Step) => {
    if (step.what !== 'corrected') return '';
    const changes = changesOf(step.changes);
    return open.has(step) ? changes : html`<details><summary>What it changed</summary>${changes}</details>`;
  };
  return html`<ol class="plain history">${steps.map(step => {
    const { what, at, enteredAt, reason } = step;
    return html`<li class="step">
<p class="when">${momentTime(at, timeZone)}</p>
<div><h3>${names[what]}</h3>
${enteredAt > at ? html`<p class="quiet">Entered in this book on ${momentTime(enteredAt, timeZone)}.</p>` : ''}
${reason === null ? '' : html`<p class="reason" dir="auto">${reason}</p>`}
${changed(step)}</div></li>`;
  })}</ol>
${more === null ? '' : html`<p><a href="${more}">The whole history as data</a></p>`}`;
}
