/** What groups of voters came to, where their majorities count. */
import { html } from 'hono/html';
import type { Group, Reason } from '../shared/core/decisions/tally.ts';
import type { Markup } from './layout.ts';
import { voteBar } from './voteBar.ts';

export function groupTable(groups: readonly Group[], reasons: readonly Reason[]): Markup {
  const weightOf = (side: 'for' | 'against' | 'neither') =>
    groups.filter(group => sideOf(group) === side).reduce((sum, { weight }) => sum + weight, 0);
  const majorities = reasons.filter(one => one.kind === 'majority').filter(({ counting }) => counting === 'groups');
  return html`<h3>Votes of the groups</h3>
${voteBar(
  'The votes of the groups.',
  [
    { fill: 'for', label: 'Groups for it', count: weightOf('for') },
    { fill: 'against', label: 'Groups against it', count: weightOf('against') },
    { fill: 'silent', label: 'Groups without a majority', count: weightOf('neither') },
  ],
  majorities.map(({ needed }) => ({ at: needed, label: `Needed: ${needed} for it`, side: 'above' })),
)}
<table><thead><tr><th scope="col">Group</th><th scope="col">Votes</th><th scope="col">For</th><th scope="col">Against</th><th scope="col">It is</th></tr></thead>
<tbody>${groups.map(
    group => html`<tr><th scope="row" dir="auto">${group.name}</th><td>${group.weight}</td><td>${group.yes}</td><td>${group.no}</td>
<td>${words[sideOf(group)]}</td></tr>`,
  )}</tbody></table>`;
}

const words = { for: 'for it', against: 'against it', neither: 'divided' } as const;

function sideOf({ yes, no }: Group): keyof typeof words {
  if (yes === no) return 'neither';
  return yes > no ? 'for' : 'against';
}
