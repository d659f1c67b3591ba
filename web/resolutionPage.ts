/** The page of one adopted resolution: its text, how it was decided, what became of it, and how to check it. */
import { html } from 'hono/html';
import type { ProofState } from '../shared/contract/fields.ts';
import { dateIn, type PlainDate } from '../shared/core/calendar.ts';
import { attachmentList } from './attachmentList.ts';
import { chain, type InForce, undergoes } from './chain.ts';
import { dayTime, momentTime, timeZoneText } from './dates.ts';
import { type HowDecided, howDecided } from './howDecided.ts';
import { isEnglish, languageName } from './labels.ts';
import { longTitle, type Markup, type Page, page, type Site } from './layout.ts';
import { markdown } from './markdown.ts';
import type { MeetingEntry } from './meeting.ts';
import { sealed } from './sealed.ts';

export interface ResolutionView extends HowDecided {
  readonly site: Site;
  readonly today: PlainDate;
  /** The body, as it was called when it decided. */
  readonly body: { readonly id: string; readonly name: string };
  readonly inForce: InForce;
  readonly proof: ProofState;
  /** The meetings whose minutes it approves; null for one that not everybody may know of. */
  readonly approved: readonly (MeetingEntry | null)[];
}

export function resolutionPage(view: ResolutionView): Page {
  const { site, timeZone, resolution, body, inForce, approved } = view;
  const number = resolution.adoption?.number ?? null;
  const links = chain(inForce, approved);
  return page({
    title: number === null ? resolution.title : `${number} ${resolution.title}`,
    description: `Adopted by ${body.name} of ${site.legalName}.`,
    site,
    main: html`<article>${said(view, number)}
${leaf('decided', 'How it was decided', howDecided(view))}
${links === null ? '' : leaf('linked', 'What it is linked with', links)}
${leaf('proof', 'Proof', proof(view, number))}</article>`,
    footer: html`<p>Dates and times are those of ${timeZoneText(timeZone)} (${timeZone}).
<a href="/v1/resolutions/${resolution.id}">This resolution as data</a></p>`,
  });
}

const leaf = (
  id: string,
  title: string,
  text: Markup,
) => html`<section class="leaf" id="${id}" aria-labelledby="${id}-title">
<div class="margin"><h2 id="${id}-title">${title}</h2></div><div class="text">${text}</div></section>`;

function said(view: ResolutionView, number: string | null): Markup {
  const { resolution, body, timeZone } = view;
  const { title, language, attachments, adoption } = resolution;
  const year = adoption === null ? '' : (number?.slice(0, 4) ?? dateIn(timeZone, adoption.at).slice(0, 4));
  return html`<section class="leaf head" aria-labelledby="title"><div class="margin">
<p class="label">${number === null ? 'Amendment of a motion' : html`Resolution <span class="number">${number}</span>`}</p>
<p dir="auto">${body.name}</p>
<p><a href="/bodies/${body.id}/register?year=${year}">Register of ${year}</a></p></div>
<div class="text"><h1 id="title"${longTitle(title)} lang="${language}" dir="auto">${title}</h1>
${notice(view)}
${facts(view, number)}
${texts(view)}
${attachments.length === 0 ? '' : html`<h2>${attachments.length === 1 ? 'Attachment' : 'Attachments'}</h2>${attachmentList(attachments, language)}`}
</div></section>`;
}

/** What a reader has to know before reading: that it holds no more, or reads otherwise. */
function notice({ inForce, today }: ResolutionView): Markup {
  const { ended, amended, changedBy } = inForce;
  const coming = changedBy.filter(({ from }) => from !== null && from > today);
  return html`${
    ended === null
      ? ''
      : html`<div class="notice over"><p><strong>${undergoes(ended, today)}.</strong> It holds no more. It stays here as it was decided.</p></div>`
  }${
    amended === null || ended !== null
      ? ''
      : html`<div class="notice"><p><strong>${undergoes(amended, today)}.</strong> It reads otherwise since then.</p></div>`
  }${coming.map(link => html`<div class="notice"><p><strong>${undergoes(link, today)}.</strong></p></div>`)}`;
}

function facts({ resolution, inForce, timeZone, today }: ResolutionView, number: string | null): Markup {
  const { adoption, language, mover, seconder, followUp, done } = resolution;
  const fact = (name: string, value: Markup | string | null) =>
    value === null ? '' : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  const act = (one: typeof mover) =>
    one === null
      ? null
      : html`${dayTime(dateIn(timeZone, one.at))}${one.by === null || one.by.name === '' ? '' : html`, <bdi>${one.by.name}</bdi>`}`;
  return html`<dl class="facts">
${fact('Number', number)}
${fact('State', state(inForce, number, today))}
${fact('Adopted', adoption === null ? null : momentTime(adoption.at, timeZone))}
${fact('Moved', act(mover))}
${fact('Seconded', act(seconder))}
${fact('Language', isEnglish(language) ? null : languageName(language))}
${fact('To be done', followUp === null ? null : html`until ${dayTime(followUp.due)}`)}
${fact(
  'Done',
  done === null
    ? followUp === null
      ? null
      : 'not yet'
    : html`${dayTime(dateIn(timeZone, done.at))}. <span dir="auto">${done.note}</span>`,
)}
</dl>`;
}

function state({ holds, since, ended }: InForce, number: string | null, today: PlainDate): Markup {
  if (number === null) return html`Adopted: it changed a motion before the vote on it`;
  if (since === null) return html`Adopted`;
  if (since > today) return html`Adopted, in force from ${dayTime(since)} on`;
  if (holds || ended === null) return html`In force since ${dayTime(since)}`;
  const held = ended.from !== null && ended.from <= since ? 'It never held.' : html`It held since ${dayTime(since)}.`;
  return html`${undergoes(ended, today)}. ${held}`;
}

function texts({ resolution, inForce }: ResolutionView): Markup {
  const { language, textVersion, id } = resolution;
  const earlier =
    textVersion === 1
      ? ''
      : html`<p class="quiet">It was changed before it was decided: this is its text number ${textVersion}.
<a href="/v1/resolutions/${id}/texts">Earlier texts as data</a></p>`;
  const asDecided = wordsOf(resolution, language);
  if (inForce.amended === null || inForce.ended !== null) return html`<h2>Text</h2>${asDecided}${earlier}`;
  const { text, amended } = inForce;
  if (text === null) {
    return html`<p>Its text in force is that of ${undergoes(amended, inForce.on)}, which is not public. This is how it was decided:</p>
${asDecided}${earlier}`;
  }
  return html`<h2>Text in force</h2>
${text.title === resolution.title ? '' : html`<p class="document" lang="${language}" dir="auto">${text.title}</p>`}
${wordsOf(text, language)}
<details class="asdecided"><summary>The text as it was decided first</summary>${asDecided}</details>${earlier}`;
}

/** The preamble says why, the text what. */
function wordsOf({ preamble, text }: { readonly preamble: string; readonly text: string }, language: string): Markup {
  return html`${
    preamble.trim() === ''
      ? ''
      : html`<div class="prose preamble" lang="${language}" dir="auto">${markdown(preamble, 2)}</div>`
  }<div class="prose clauses" lang="${language}" dir="auto">${markdown(text, 2)}</div>`;
}

function proof(view: ResolutionView, number: string | null): Markup {
  const { id, textHash } = view.resolution;
  const inLog = sealed(view.proof, `/v1/resolutions/${id}`);
  return html`${inLog === null ? '' : html`<p class="inlog">${inLog}</p>`}${
    number === null
      ? ''
      : html`<p><a href="/v1/resolutions/${id}/certificate" type="application/pdf">Certificate of this resolution</a> <span class="quiet">PDF, to print and to sign</span></p>`
  }
<details class="digest"><summary>Check that the text is unchanged</summary>
<p>All that was decided has this SHA-256, a number that no other text has: <code>${textHash}</code></p>
<p>It is made of the canonical JSON (RFC 8785) of what <a href="/v1/resolutions/${id}">the data</a> say under <code>title</code>,
<code>preamble</code>, <code>text</code>, <code>language</code>, <code>effectiveOn</code>, <code>attachments</code> (of each its
<code>sha256</code>), <code>election</code> and <code>effects</code>. Whoever signed, signed this number.</p></details>`;
}
