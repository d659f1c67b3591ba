/** What a resolution changed, and what later ones did to it. */
import { html } from 'hono/html';
import type { resolutionsRoutes } from '../shared/contract/resolutions.ts';
import type { Answer } from '../shared/contract/route.ts';
import type { PlainDate } from '../shared/core/calendar.ts';
import { dayTime } from './dates.ts';
import type { Markup } from './layout.ts';
import { type MeetingEntry, meetingText } from './meeting.ts';

export type InForce = Answer<typeof resolutionsRoutes.getInForce>;
type Link = InForce['changes'][number];

const did: Readonly<Record<Link['kind'], string>> = {
  'amend-motion': 'Amends the motion',
  amends: 'Amends',
  rescinds: 'Rescinds',
  supersedes: 'Supersedes',
};

/** What was done to it; such as `Rescinded by`. */
export const undergone: Readonly<Record<Link['kind'], string>> = {
  'amend-motion': 'Amended by',
  amends: 'Amended by',
  rescinds: 'Rescinded by',
  supersedes: 'Superseded by',
};

/** A resolution by its number, as a link where everybody may read it. */
export function numbered({ id, number }: Pick<Link, 'id' | 'number'>): Markup {
  const name = number ?? 'a motion';
  return id === null
    ? html`<span class="number">${name}</span>`
    : html`<a class="number" href="/resolutions/${id}">${name}</a>`;
}

/** Null where nothing was changed. @param approved the meetings whose minutes it approves; null for one that not everybody may know of. */
export function chain({ changes, changedBy }: InForce, approved: readonly (MeetingEntry | null)[]): Markup | null {
  if (changes.length + changedBy.length + approved.length === 0) return null;
  return html`<ul class="plain chain">${changedBy.map(link => entry(undergone[link.kind], link))}
${changes.map(link => entry(did[link.kind], link))}
${approved.map(
  meeting =>
    html`<li>Approves the minutes of ${
      meeting === null ? 'an earlier meeting of the body' : html`the meeting ${meetingText(meeting)}`
    }</li>`,
)}</ul>`;
}

function entry(what: string, link: Link): Markup {
  const { id, title, from } = link;
  return html`<li><p>${what} ${numbered(link)}${title === null ? '' : html`: <bdi>${title}</bdi>`}</p>
<p class="quiet">${from === null ? 'Without effect: there was nothing left to change.' : html`From ${dayTime(from)} on.`}${
    id === null ? ' It is not public.' : ''
  }</p></li>`;
}

/** `Rescinded by 2024-003 from 1 March 2024 on`, or what is to come: `Will be rescinded by ...`. */
export function undergoes(
  link: Pick<Link, 'kind' | 'id' | 'number'> & { readonly from: PlainDate | null },
  today: PlainDate,
): Markup {
  const past = undergone[link.kind];
  const words =
    link.from !== null && link.from > today ? `Will be ${past.charAt(0).toLowerCase()}${past.slice(1)}` : past;
  return html`${words} ${numbered(link)}${link.from === null ? '' : html` from ${dayTime(link.from)} on`}`;
}
