/** The structure in words: every body with its purpose and who sits in it. */
import { html } from 'hono/html';
import { type BodyGroup, type BodyNode, isMember, type Seat, type SeatedBody, treeOf } from './bodyTree.ts';
import { dayTime } from './dates.ts';
import { kindLabels, officeLabels, officeOrder } from './labels.ts';
import { heading, type Markup } from './layout.ts';
import { markdown, markdownStart } from './markdown.ts';
import { orgChart } from './orgChart.ts';

export interface Structure {
  readonly bodies: readonly SeatedBody[];
  /** True when there are more bodies than these. */
  readonly moreBodies: boolean;
}

/** So many bodies beside each other, and so many people in a body, are shown at once; the others unfold. */
const atOnce = 12;

/** A purpose of more characters unfolds. */
const longPurpose = 400;

export function structure({ bodies, moreBodies }: Structure): Markup {
  const groups = treeOf(bodies);
  if (groups.length === 0) return html`<p class="empty">No body is recorded for this day.</p>`;
  const someVote = bodies.some(body => body.seats?.some(seat => seat.voting));
  const chart = moreBodies ? null : orgChart(groups);
  return html`${chart ?? html`<p class="chart quiet">There are too many bodies for a chart${moreBodies ? '' : '; the list says all that it would'}.</p>`}
${someVote ? html`<p class="legend">Those marked <span class="votes">votes</span> vote in the body; the others do not.</p>` : ''}
<div class="tree">${groups.map(group => groupOf(group, 3))}</div>
${moreBodies ? html`<p>There are more bodies: <a href="/v1/bodies?limit=100">all of them as data</a>.</p>` : ''}`;
}

function groupOf({ kind, nodes }: BodyGroup, level: number): Markup {
  if (nodes.length === 1) return html`${nodes.map(node => html`<div class="body">${bodyOf(node, level)}</div>`)}`;
  return html`<div class="group"><p class="count">${nodes.length} ${kindLabels[kind].many}</p>
${folded(nodes, 'bodies', node => html`<li class="${node.groups.length === 0 ? 'body' : 'body branch'}">${bodyOf(node, level)}</li>`)}</div>`;
}

/** A list of which the first are shown, and the others unfold. */
function folded<Item>(items: readonly Item[], name: string, show: (item: Item) => Markup): Markup {
  const list = (some: readonly Item[]) => html`<ul class="plain ${name}">${some.map(show)}</ul>`;
  if (items.length <= atOnce) return list(items);
  return html`${list(items.slice(0, atOnce))}
<details class="others"><summary>${items.length - atOnce} more</summary>${list(items.slice(atOnce))}</details>`;
}

function bodyOf({ body, groups }: BodyNode, level: number): Markup {
  const { id, kind, name, established, dissolved, purpose } = body;
  const label = kindLabels[kind].one;
  const saysItself = name.toLowerCase().includes(label.toLowerCase());
  return html`<div dir="auto">${heading(level, html`<span id="body-${id}">${name}</span>`)}
<p class="since">${saysItself ? '' : `${label}, `}since ${dayTime(established)}${
    dissolved === null ? '' : html`, until ${dayTime(dissolved)}`
  }</p></div>
${purpose === '' ? '' : purposeOf(purpose, level)}
${peopleOf(body)}
${groups.length === 0 ? '' : html`<div class="below">${groups.map(group => groupOf(group, level + 1))}</div>`}`;
}

function purposeOf(purpose: string, level: number): Markup {
  const all = html`<div class="prose" dir="auto">${markdown(purpose, level)}</div>`;
  const start = markdownStart(purpose, longPurpose);
  if (start === null) return all;
  return html`<details class="purpose"><summary><span class="start"><bdi>${start}</bdi> <u>Read on</u></span><u class="back">Fold</u></summary>
${all}</details>`;
}

function peopleOf({ id, kind, seats, moreSeats, publishesSeats }: SeatedBody): Markup {
  const all = (text: string) => html`<p class="quiet">${text} <a href="/v1/bodies/${id}/seats">As data</a></p>`;
  if (!publishesSeats) return html`<p class="quiet">Who sits in it is not public.</p>`;
  if (seats === null) return kind === 'membership' ? all('Its members are not listed on this page.') : html``;
  const [members, others] = [holdersOf(seats.filter(isMember)), holdersOf(seats.filter(seat => !isMember(seat)))];
  return html`${
    members.length > 0
      ? folded(members, 'people', personOf)
      : moreSeats
        ? ''
        : html`<p class="quiet">Nobody is recorded in it for this day.</p>`
  }
${moreSeats ? all('There are more.') : ''}
${
  others.length === 0
    ? ''
    : html`<p class="quiet beside">Not members, but appointed to keep or audit the book:</p>
${folded(others, 'people', personOf)}`
}`;
}

const holdersOf = (seats: readonly Seat[]) => [
  ...Map.groupBy(seats.toSorted(byOffice), seat => seat.person.id).values(),
];

/** Everything that one person is in the body. */
function personOf(seats: readonly Seat[]): Markup {
  const name = seats[0]?.person.name ?? '';
  return html`<li dir="auto"><b>${name === '' ? 'Name not kept' : name}</b>${seats.map(
    ({ title, office, voting, from, to }) => html`
<span class="seat"><bdi>${title ?? officeLabels[office]}</bdi>${voting ? html` <span class="votes">votes</span>` : ''}
<span class="term">since ${dayTime(from)}${to === null ? '' : html` until ${dayTime(to)}`}</span></span>`,
  )}</li>`;
}

const byOffice = (a: Seat, b: Seat) => officeOrder.indexOf(a.office) - officeOrder.indexOf(b.office);
