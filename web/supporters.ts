/** Who funds the organisation, year by year: those who agreed to be named, with what they let everybody see, and how many others. */
import { html } from 'hono/html';
import type { Term } from '../shared/core/calendar.ts';
import type { Amount, NamedSupport, SupportKind } from '../shared/core/support.ts';
import { amountText } from './amounts.ts';
import { dayTime, periodTime } from './dates.ts';
import type { Markup } from './layout.ts';

export interface SupportOfYear {
  readonly year: string;
  /** The latest first. */
  readonly named: readonly NamedSupport[];
  /** There are more of them, which are not here. */
  readonly more: boolean;
  /** How many supporters did not agree to be named. */
  readonly unnamed: number;
}

/** The year is shown at once in which somebody gave last, and those before it. @param years the latest first. */
export function supporterList(years: readonly SupportOfYear[]): Markup {
  const some = years.filter(({ named, unnamed }) => named.length + unnamed > 0);
  if (some.length === 0) return html`<p class="empty">No supporter is recorded in this book yet.</p>`;
  return html`${some.map(
    ({ year, named, more, unnamed }) => html`<section class="year"><h3>${Number(year)}</h3>
<ul class="plain">${named.map(supporterOf)}</ul>
${more ? html`<p><a href="/v1/support?year=${year}">All of ${Number(year)}, as data</a></p>` : ''}
${unnamed === 0 ? '' : html`<p class="quiet others">${othersText(unnamed, named.length > 0)}</p>`}</section>`,
  )}`;
}

const kindLabels: Readonly<Record<SupportKind, string>> = {
  grant: 'Grant',
  donation: 'Donation',
  'in-kind': 'In kind',
  sponsorship: 'Sponsorship',
  'membership-fees': 'Membership fees',
  contract: 'Contract',
};

function supporterOf({ supporter, kind, amount, purpose, period, on }: NamedSupport): Markup {
  return html`<li class="entry"><p class="when">${dayTime(on)}</p>
<div><h4 dir="auto">${supporter}</h4><p dir="auto">${purpose}</p>
<p class="meta"><span>${kindLabels[kind]}</span>${amount === null ? '' : html`<b>${rangeText(amount)}</b>`}${period === null ? '' : html`<span>for ${spanTime(period)}</span>`}</p></div></li>`;
}

const spanTime = ({ from, to }: Term): Markup =>
  to === null ? html`the time from ${dayTime(from)} on` : periodTime({ from, to });

function rangeText(shown: Amount): string {
  if ('amount' in shown) return amountText(shown);
  const { from, to, currency } = shown;
  const start = amountText({ amount: from, currency });
  return to === null ? `${start} or more` : `${start} to ${amountText({ amount: to, currency })}`;
}

function othersText(unnamed: number, besides: boolean): string {
  const others = besides
    ? unnamed === 1
      ? 'other supporter'
      : 'other supporters'
    : unnamed === 1
      ? 'supporter'
      : 'supporters';
  return `${besides ? 'And ' : ''}${unnamed} ${others} not to be named.`;
}
