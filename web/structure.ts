/** The structure in words: every body with its purpose and who sits in it. */
import { html } from 'hono/html';
import { type BodyGroup, type BodyNode, type Seat, type SeatedBody, treeOf } from './bodyTree.ts';
import { dayTime } from './dates.ts';
import { kindLabels, officeLabels, officeOrder } from './labels.ts';
import { heading, type Markup } from './layout.ts';
import { markdown } from './markdown.ts';
import { orgChart } from './orgChart.ts';

export interface Structure {
  readonly bodies: readonly SeatedBody[];
  /** True when there are more bodies than these. */
  readonly moreBodies: boolean;
}

export function structure({ bodies, moreBodies }: Structure): Markup {
  const groups = treeOf(bodies);
  if (groups.length === 0) return html`<p class="empty">No body is recorded for this day.</p>`;
  const someVote = bodies.some(body => body.seats?.some(seat => seat.voting));
  return html`${moreBodies ? '' : orgChart(groups)}
${someVote ? html`<p class="legend">Those marked <span class="votes">votes</span> vote in the body; the others do not.</p>` : ''}
<div class="tree">${groups.map(group => groupOf(group, 3))}</div>
${moreBodies ? html`<p>There are more bodies: <a href="/v1/bodies?limit=100">all of them as data</a>.</p>` : ''}`;
}

function groupOf({ kind, nodes }: BodyGroup, level: number): Markup {
  if (nodes.length === 1) return html`${nodes.map(node => html`<div class="body">${bodyOf(node, level)}</div>`)}`;
  return html`<div class="group"><p class="count">${nodes.length} ${kindLabels[kind].many}</p>
<ul class="plain bodies">${nodes.map(node => html`<li class="body">${bodyOf(node, level)}</li>`)}</ul></div>`;
}

function bodyOf({ body, groups }: BodyNode, level: number): Markup {
  const { id, kind, name, established, dissolved, purpose } = body;
  const label = kindLabels[kind].one;
  const saysItself = name.toLowerCase().includes(label.toLowerCase());
  return html`${heading(level, html`<span id="body-${id}" dir="auto">${name}</span>`)}
<p class="since">${saysItself ? '' : `${label}, `}since ${dayTime(established)}${
    dissolved === null ? '' : html`, until ${dayTime(dissolved)}`
  }</p>
${purpose === '' ? '' : html`<div class="prose" dir="auto">${markdown(purpose, level)}</div>`}
${peopleOf(body)}
${groups.length === 0 ? '' : html`<div class="below">${groups.map(group => groupOf(group, level + 1))}</div>`}`;
}

function peopleOf({ id, kind, seats, moreSeats, publishesSeats }: SeatedBody): Markup {
  const all = (text: string) => html`<p class="quiet">${text} <a href="/v1/bodies/${id}/seats">As data</a></p>`;
  if (!publishesSeats) return html`<p class="quiet">Who sits in it is not public.</p>`;
  if (seats === null) return kind === 'membership' ? all('Its members are not listed on this page.') : html``;
  if (seats.length === 0) return html`<p class="quiet">Nobody is recorded in it for this day.</p>`;
  const holders = Map.groupBy(seats.toSorted(byOffice), seat => seat.person.id);
  return html`<ul class="plain people">${[...holders.values()].map(personOf)}</ul>
${moreSeats ? all('There are more.') : ''}`;
}

/** Everything that one person is in the body. */
function personOf(seats: readonly Seat[]): Markup {
  const name = seats[0]?.person.name ?? '';
  return html`<li><b dir="auto">${name === '' ? 'Name not kept' : name}</b>${seats.map(
    ({ title, office, voting, from, to }) => html`
<span class="seat"><bdi>${title ?? officeLabels[office]}</bdi>${voting ? html` <span class="votes">votes</span>` : ''}
<span class="term">since ${dayTime(from)}${to === null ? '' : html` until ${dayTime(to)}`}</span></span>`,
  )}</li>`;
}

const byOffice = (a: Seat, b: Seat) => officeOrder.indexOf(a.office) - officeOrder.indexOf(b.office);
