/** What the first page tells of decisions: the newest ones of the boards, the registers of all bodies, the next meeting. */
import { html } from 'hono/html';
import type { PlainDate } from '../shared/core/calendar.ts';
import { momentTime, timeZoneText } from './dates.ts';
import type { Markup } from './layout.ts';
import { type LedgerEntry, ledger } from './ledger.ts';
import type { MeetingEntry } from './meeting.ts';

export interface Decisions {
  /** Of the bodies that have adopted anything. */
  readonly registers: readonly {
    readonly body: { readonly id: string; readonly name: string };
    readonly adopted: readonly { readonly year: string; readonly count: number }[];
  }[];
  /** Of the boards of directors, the newest first. */
  readonly newest: readonly LedgerEntry[];
  /** The next meeting of a board that everybody may know of, or the one under way; null when there is none. */
  readonly next: (MeetingEntry & { readonly bodyName: string }) | null;
}

export function decisionsSection({ registers, newest, next }: Decisions, timeZone: string, today: PlainDate): Markup {
  const names = new Map(registers.map(({ body }) => [body.id, body.name]));
  const bodies = new Set(newest.map(({ bodyId }) => bodyId));
  return html`<section class="leaf" id="decisions" aria-labelledby="decisions-title">
<div class="margin"><h2 id="decisions-title">Decisions</h2>
${newest.length === 0 ? '' : html`<p class="asof">What the board of directors adopted last.</p>`}</div>
<div class="text">${next === null ? '' : nextMeeting(next)}
${newest.length === 0 ? html`<p class="empty">No decision of the board has been adopted yet.</p>` : ''}
${newest.length === 0 ? '' : ledger(newest, 3, { timeZone, today }, ({ bodyId }) => (bodies.size < 2 ? null : (names.get(bodyId) ?? null)))}
${
  registers.length === 0
    ? ''
    : html`<nav class="registers" aria-labelledby="registers-title"><h3 id="registers-title">Registers of all decisions</h3>
<ul class="plain">${registers.map(({ body, adopted }) => {
        const count = adopted.reduce((sum, one) => sum + one.count, 0);
        const last = adopted.at(-1)?.year;
        return html`<li dir="auto"><a href="/bodies/${body.id}/register?year=${last}">${body.name}</a>
<span class="quiet number">${count} ${count === 1 ? 'resolution' : 'resolutions'}</span></li>`;
      })}</ul></nav>`
}</div></section>`;
}

function nextMeeting({ title, state, startsAt, timeZone, bodyName, bodyId }: NonNullable<Decisions['next']>): Markup {
  return html`<div class="notice next"><p><strong>${state === 'open' ? 'Meeting under way' : 'Next public meeting'}:</strong> <bdi>${title}</bdi></p>
<p><span class="quiet"><bdi>${bodyName}</bdi>,</span> ${momentTime(startsAt, timeZone)} <span class="quiet">(${timeZoneText(timeZone)})</span></p>
<p><a href="/v1/bodies/${bodyId}/calendar">Calendar of its meetings (iCalendar)</a></p></div>`;
}
