/** How a resolution was decided: the picture of the vote, the reasons, the rule, and who voted or signed. */
import { html } from 'hono/html';
import type { resolutionsRoutes } from '../shared/contract/resolutions.ts';
import type { Answer } from '../shared/contract/route.ts';
import type { ConsentReason } from '../shared/core/decisions/consents.ts';
import type { Reason } from '../shared/core/decisions/tally.ts';
import { momentTime, spanTime } from './dates.ts';
import { groupTable } from './groupTable.ts';
import type { Markup } from './layout.ts';
import { type MeetingEntry, meetingText } from './meeting.ts';
import { type RollCall, rollCall } from './rollCall.ts';
import { type Mark, optionBars, type Part, patterns, voteBar } from './voteBar.ts';

export type Resolution = Answer<typeof resolutionsRoutes.getResolution>;
type Vote = NonNullable<Resolution['vote']>;
type Result = NonNullable<Vote['result']>;
type Consent = NonNullable<Resolution['consent']>;

export interface HowDecided {
  readonly resolution: Resolution;
  /** Null where nobody, or not everybody, may know it, or so many voted that the page does not name them. */
  readonly rollCall: RollCall | null;
  /** The meeting in which it was decided; null when there was none, or none that everybody may know of. */
  readonly meeting: MeetingEntry | null;
  readonly publishesSeats: boolean;
  readonly timeZone: string;
}

export function howDecided(view: HowDecided): Markup {
  const { vote, consent } = view.resolution;
  if (vote?.result != null) return html`${patterns}${byVote(view, vote, vote.result)}`;
  return consent?.outcome == null ? html`` : html`${patterns}${byConsent(view, consent, consent.outcome)}`;
}

function byVote(
  { resolution, rollCall: voters, meeting, publishesSeats, timeZone }: HowDecided,
  vote: Vote,
  result: Result,
): Markup {
  const reasons = result.reasons as unknown as readonly Reason[];
  const { election } = resolution;
  const rule = result.decidedBy === 'ruleWhenRecused' ? (vote.ruleWhenRecused ?? vote.rule) : vote.rule;
  return html`<p>${
    meeting === null ? 'By a vote' : html`In the meeting ${meetingText(meeting)}, by a vote`
  } ${spanTime(vote.openedAt, vote.closesAt, timeZone)}.</p>
${voteBar('The votes.', partsOf(result, election !== null), marksOf(reasons))}
${election === null ? '' : standings(result, reasons)}
${election !== null || result.count.groups.length === 0 ? '' : groupTable(result.count.groups, reasons)}
${sentences(result.explanation)}
<h3>The rule</h3>
<div class="rule" dir="auto"><p><b>${rule.name}</b></p><p>${rule.explanation}</p><p class="quiet">Source: ${rule.source}</p></div>
${whoVoted()}`;

  function whoVoted(): Markup {
    const data = html`<a href="/v1/resolutions/${resolution.id}/ballots?limit=100">All ballots as data</a>`;
    if (vote.rule.ballot === 'secret') {
      return html`<p class="quiet">The ballot was secret: how somebody voted is known to nobody, the counts to everybody.</p>`;
    }
    if (!publishesSeats) {
      return html`<p class="quiet">Who voted how is not public: the body does not publish who sits in it. ${data}</p>`;
    }
    if (voters === null) return html`<p class="quiet">${data}</p>`;
    return html`<h3>Who voted how</h3>${
      voters.length === 0 ? html`<p class="quiet">Nobody voted.</p>` : rollCall(voters)
    }`;
  }
}

const sentences = (explanation: readonly string[]): Markup =>
  html`<h3>Why it came out so</h3><ul class="plain reasons">${explanation.map(one => html`<li dir="auto">${one}</li>`)}</ul>`;

function partsOf({ count }: Result, isElection: boolean): Part[] {
  const { entitled, recused, present, yes, no, abstained, casting } = count;
  const cast = (choice: 'yes' | 'no', fill: Part['fill'], label: string): Part => ({
    fill,
    label,
    count: casting === choice ? 1 : 0,
  });
  return [
    { fill: 'for', label: isElection ? 'For an option' : 'For', count: yes },
    cast('yes', 'for', 'Casting vote of the chair, for'),
    { fill: 'against', label: 'Against', count: no },
    cast('no', 'against', 'Casting vote of the chair, against'),
    { fill: 'abstained', label: 'Abstained', count: abstained },
    { fill: 'silent', label: 'There, without a vote', count: present - yes - no - abstained },
    { fill: 'away', label: 'Did not take part', count: entitled - recused - present },
    { fill: 'recused', label: 'Recused', count: recused },
  ];
}

/** Majorities are counted from the votes for it on, a quorum from all who took part: both from the beginning of the bar. */
function marksOf(reasons: readonly Reason[]): Mark[] {
  const marks = reasons.flatMap((reason): Mark[] => {
    if (reason.kind === 'quorum') {
      return [{ at: reason.needed, label: `Quorum: ${reason.needed} taking part`, side: 'below' }];
    }
    if (reason.kind !== 'majority' || reason.counting !== 'votes') return [];
    return [{ at: reason.needed, label: `Needed: ${reason.needed} for it`, side: 'above' }];
  });
  return marks.filter(({ label }, index) => marks.findIndex(other => other.label === label) === index);
}

function standings({ standings: all, elected, count }: Result, reasons: readonly Reason[]): Markup {
  const reason = reasons.find(one => one.kind === 'election');
  const tied = new Set(reason?.tied.map(({ option }) => option));
  const won = new Set(elected);
  const options = all.map(({ option, votes }) => ({
    name: option,
    votes,
    note: won.has(option) ? ('elected' as const) : tied.has(option) ? ('tied' as const) : null,
  }));
  const vacant = (reason?.places ?? won.size) - won.size;
  const needed = reason?.method === 'absolute' ? reason.needed : null;
  return html`<h3>Votes by option</h3>
${optionBars(options, count.yes, needed)}
<p class="quiet">${needed === null ? 'The most votes decided.' : `An option needed at least ${needed} of the ${count.yes} ballots for an option.`}
${vacant === 0 ? '' : html`<strong class="flag gone">${vacant === 1 ? '1 place stays vacant' : `${vacant} places stay vacant`}</strong>`}</p>`;
}

function byConsent({ timeZone }: HowDecided, consent: Consent, outcome: NonNullable<Consent['outcome']>): Markup {
  const reasons = outcome.reasons as unknown as readonly ConsentReason[];
  const signed = reasons.find(one => one.kind === 'signatures');
  const { signatures, source } = consent;
  return html`<p>Without a meeting, by written consent, opened on ${momentTime(consent.openedAt, timeZone)} and decided on
${momentTime(outcome.at, timeZone)}.</p>
${
  signed === undefined
    ? ''
    : voteBar(
        'The signatures.',
        [
          { fill: 'for', label: 'Signed', count: signed.got },
          { fill: 'away', label: 'Did not sign', count: signed.inOffice - signed.got },
        ],
        [{ at: signed.needed, label: `Needed: ${signed.needed} signatures`, side: 'above' }],
      )
}
${sentences(outcome.explanation)}
<h3>The rule</h3>
<div class="rule" dir="auto"><p><b>${
    consent.basis === 'unanimous'
      ? 'All who hold a voting seat sign'
      : 'Enough of those who hold a voting seat sign, and nobody objects'
  }</b></p><p class="quiet">Source: ${source}</p></div>
${
  signatures === null
    ? html`<p class="quiet">Who signed is not public: the body does not publish who sits in it.</p>`
    : html`<h3>Who signed</h3><ul class="plain signatures">${signatures.map(
        ({ by, at }) => html`<li><bdi>${by.name === '' ? 'Name not kept' : by.name}</bdi>
<span class="quiet">${momentTime(at, timeZone)}</span></li>`,
      )}</ul>`
}`;
}
