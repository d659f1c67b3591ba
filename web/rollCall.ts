/** Who voted how, by choice. */
import { html } from 'hono/html';
import type { Markup } from './layout.ts';

export interface Voter {
  readonly name: string;
  readonly choice: string | readonly string[];
  readonly weight: number;
  /** The group whose majority counts, such as a region; null for none. */
  readonly group: string | null;
  readonly byProxy: boolean;
}

export type RollCall = readonly Voter[];

const order = ['yes', 'no', 'abstain'] as const;
const labels: Readonly<Record<string, string>> = { yes: 'For', no: 'Against', abstain: 'Abstained' };

/** Those who voted for options stand under each of them. */
export function rollCall(voters: RollCall): Markup {
  const said = (choice: string) => voters.filter(one => one.choice === choice);
  const options = [...new Set(voters.flatMap(({ choice }) => (typeof choice === 'string' ? [] : choice)))];
  const groups = [
    ...options.map(option => ({
      label: html`For <bdi>${option}</bdi>`,
      those: voters.filter(({ choice }) => typeof choice !== 'string' && choice.includes(option)),
    })),
    ...order.map(choice => ({ label: html`${labels[choice]}`, those: said(choice) })),
  ].filter(({ those }) => those.length > 0);
  return html`<dl class="rollcall">${groups.map(
    ({ label, those }) =>
      html`<div><dt>${label}</dt><dd><ul class="plain">${those
        .toSorted((a, b) => a.name.localeCompare(b.name))
        .map(voterOf)}</ul></dd></div>`,
  )}</dl>`;
}

function voterOf({ name, weight, group, byProxy }: Voter): Markup {
  const notes = [
    ...(weight === 1 ? [] : [`${weight} votes`]),
    ...(group === null ? [] : [group]),
    ...(byProxy ? ['by proxy'] : []),
  ];
  return html`<li><bdi>${name === '' ? 'Name not kept' : name}</bdi>${
    notes.length === 0 ? '' : html` <span class="quiet">(<bdi>${notes.join(', ')}</bdi>)</span>`
  }</li>`;
}
