/** The rules by which a body decides, in plain words. */
import { html } from 'hono/html';
import type { resolutionsRoutes } from '../shared/contract/resolutions.ts';
import type { Answer } from '../shared/contract/route.ts';
import { dayTime } from './dates.ts';
import type { Markup } from './layout.ts';

export type Rules = Answer<typeof resolutionsRoutes.getRules>;
type Rule = Rules['rules'][number]['rule'];
type Period = NonNullable<Rules['notice']['regular']>;

/** What decides when nobody names another rule stands first. */
export function bodyRules({ rules, from, consent, notice, fixedSeats }: Rules): Markup {
  const ordered = rules.toSorted((a, b) => rank(a.name) - rank(b.name));
  const called = new Map(rules.map(({ name, rule }) => [name, rule.name]));
  return html`<p class="asof">${
    from === null
      ? 'The body has recorded no rules of its own. So it decides by these:'
      : html`These rules hold since ${dayTime(from)}.`
  }</p>
<ul class="plain rules">${ordered.map(({ rule }) => ruleOf(rule, called))}
<li><h3>Decisions without a meeting</h3><p>${consents[consent.allowed]}</p><p class="quiet" dir="auto">Source: ${consent.source}</p></li>
<li><h3>Notice of meetings</h3><p>${periodText('Regular meetings', notice.regular)} ${periodText('Special meetings', notice.special)}</p>
<p class="quiet" dir="auto">Source: ${notice.source}</p></li></ul>
${fixedSeats === null ? '' : html`<p class="quiet">The body's own rules fix ${fixedSeats} ${fixedSeats === 1 ? 'seat' : 'seats'}.</p>`}`;
}

const rank = (name: string) => (name === 'ordinary' ? 0 : 1);

function ruleOf(
  { name, explanation, source, ballot, proxies, tie, whenRecused }: Rule,
  called: ReadonlyMap<string, string>,
): Markup {
  const more = [
    ...(ballot === 'secret' ? ['Ballots are secret: nobody learns who voted how, but everybody the counts.'] : []),
    ...(proxies ? ['Somebody else may vote for a voter.'] : []),
    ...(tie === 'chair-casts' ? ['Where there are as many votes for as against, the chair decides.'] : []),
  ];
  return html`<li><h3 dir="auto">${name}</h3><p dir="auto">${explanation}</p>
${more.length === 0 ? '' : html`<p>${more.join(' ')}</p>`}
${
  whenRecused === null
    ? ''
    : html`<p>When anybody steps aside because of an interest, another rule decides: <bdi>${called.get(whenRecused) ?? whenRecused}</bdi>.</p>`
}
<p class="quiet" dir="auto">Source: ${source}</p></li>`;
}

const consents: Readonly<Record<Rules['consent']['allowed'], string>> = {
  never: 'The body decides in votes only.',
  unanimous: 'The body may decide in writing, if all who hold a voting seat sign the same text.',
  fewer:
    'The body may decide in writing, if all who hold a voting seat sign the same text; or enough of them do, after notice to all, and nobody objects in time.',
};

function periodText(meetings: string, period: Period | null): string {
  if (period === null) return `${meetings} need no notice.`;
  const { leastDays, mostDays, counted } = period;
  const days = counted === 'business' ? 'business days' : 'days';
  const range = mostDays === null ? `at least ${leastDays} ${days}` : `${leastDays} to ${mostDays} ${days}`;
  return `Notice of ${meetings.toLowerCase()} is given ${range} before.`;
}
