/** Where the log proves what a page says, and what the log is: for people who want to check it, or to know that they could. */
import { html } from 'hono/html';
import type { ProofState } from '../shared/contract/fields.ts';
import type { Instant } from '../shared/core/calendar.ts';
import { momentTime } from './dates.ts';
import type { Markup } from './layout.ts';

/** @param address of what is proven, as the API has it, such as `/v1/organisation`. */
export function sealed(proof: ProofState, address: string): Markup | null {
  if (proof === null) return null;
  if (proof === 'pending') return html`It is being sealed in the <a href="/#log">log</a>, which takes some seconds`;
  return html`Sealed as entry ${proof.index} of the <a href="/#log">log</a>.
<a href="/verify?record=${encodeURIComponent(address)}">Check it</a>`;
}

/** How the log stands. */
export interface LogStand {
  readonly origin: string;
  /** So many entries it has. */
  readonly size: number;
  readonly latestAt: Instant | null;
  /** Verifier keys, the newest first. */
  readonly keys: readonly string[];
  /** Scheme and host of the book. */
  readonly address: string;
}

export function logSection({ origin, size, latestAt, keys, address }: LogStand, timeZone: string): Markup {
  return html`<section class="leaf" id="log" aria-labelledby="log-title">
<div class="margin"><h2 id="log-title">Log</h2>
<p class="asof"><a href="/verify">Check it yourself</a></p></div>
<div class="text"><div class="prose"><p>What this book says in public is sealed in a log that can only grow. Whoever keeps a copy of its
<a href="/log/checkpoint">checkpoint</a> would notice if anything were changed later, be it by those who keep the book.</p></div>
<dl class="facts">
<div><dt>Entries</dt><dd>${size}</dd></div>
${latestAt === null ? '' : html`<div><dt>Last entry</dt><dd>${momentTime(latestAt, timeZone)}</dd></div>`}
<div><dt>Name</dt><dd><bdi>${origin}</bdi></dd></div>
</dl>
<details class="digest"><summary>Watch it from elsewhere</summary>
<p>${keys.length === 1 ? 'The key of the log' : 'The keys of the log, the newest first'}, to be compared with what the organisation
gives elsewhere:</p>
${keys.map(key => html`<p><code>${key}</code></p>`)}
<p>A copy of Minutebook checks every entry, and keeps on watching: <code>npm run monitor -- ${address}/log</code></p>
<p>For other programs: <a href="/log/policy">the policy</a> (C2SP tlog-policy), <a href="/v1/log">the log as data</a></p>
</details></div></section>`;
}
