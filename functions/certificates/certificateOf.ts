/** The certificate of a resolution, as the book shows it to somebody. */

import type { ProofState } from '../../shared/contract/fields.ts';
import { dateIn, type PlainDate } from '../../shared/core/calendar.ts';
import type { Text } from '../../shared/core/decisions/motions.ts';
import type { Profile } from '../../shared/core/organisation.ts';
import type { Certificate } from '../../shared/print/certificate.ts';
import { dayText, momentText } from '../../web/dates.ts';
import type { PresentedResolution } from '../resolutions/present.ts';

type Row = readonly [string, string];

export interface Certified {
  /** As its reader may see it. */
  readonly resolution: PresentedResolution & { readonly adoption: object };
  /** The numbers of other resolutions that it is about, by their identifiers. */
  readonly numbers: ReadonlyMap<string, string>;
  readonly organisation: Profile;
  /** The name of the body, when it was decided. */
  readonly body: string;
  /** Who holds the office today; null when nobody does, or the reader may not know. */
  readonly secretary: string | null;
  readonly today: PlainDate;
  readonly proof: ProofState;
  /** What the log is called; null while nothing is sealed. */
  readonly log: string | null;
  /** Scheme and host of the book. */
  readonly address: string;
}

export function certificateOf(certified: Certified): Certificate {
  const { resolution, numbers, organisation, body, secretary, today } = certified;
  const { title, preamble, text, language, adoption, textHash } = resolution;
  const { legalName, timeZone, jurisdiction } = organisation;
  const { number } = adoption;
  const named = number === null ? 'Amendment of a motion' : `Resolution ${number}`;
  const by = body.replace(/^the /i, '');
  const on = dayText(dateIn(timeZone, adoption.at));
  return {
    paper: /^(US|CA|MX)\b/.test(jurisdiction.code) ? 'LETTER' : 'A4',
    language,
    createdAt: new Date(`${today}T12:00:00Z`),
    organisation: legalName,
    body,
    named,
    title,
    warnings: warningsOf(resolution, organisation),
    preamble,
    text,
    decision: [...adoptionRows(resolution, timeZone), ...voteRows(resolution), ...consentRows(resolution)],
    explanation: resolution.vote?.result?.explanation ?? resolution.consent?.outcome?.explanation ?? [],
    signatures: signaturesOf(resolution, timeZone),
    parts: [...electionOf(resolution), ...effectsOf(resolution, numbers)],
    attachments: resolution.attachments.map(({ number: place, sha256, document }) => ({
      title: document === null ? `Attachment ${place}` : document.title,
      about:
        document === null ? '' : `${document.name}, version ${document.version} of document ${document.documentId}\n`,
      sha256,
    })),
    textHash,
    sealed: sealedTexts(certified),
    recompute:
      'SHA-256 of the canonical JSON (RFC 8785, in UTF-8) of an object with exactly these fields, as the minute book gives them: title, preamble, text, language, effectiveOn, attachments (as an array of their SHA-256), election and effects.',
    statement: `I certify that this is a true copy of ${named.replace(/^[AR]/, first => first.toLowerCase())} of the ${by} of ${legalName}, adopted on ${on}, as it stands in the minute book.${resolution.later.length === 0 ? '' : ' What became of it later is marked under its title.'}`,
    secretary,
    office: `Secretary of ${legalName}`,
    issued: `Issued on ${dayText(today)} (${timeZone}).`,
  };
}

function sealedTexts({ proof, log, address }: Certified): string[] {
  if (proof === null) return [];
  if (proof === 'pending' || log === null) {
    return [
      'What the book says of this resolution is being sealed in its log. A certificate of a minute later says where.',
    ];
  }
  return [
    `What the book says of this resolution in public is entry ${proof.index} of the log ${log}. Whoever has the key of the log can check it.`,
    `Proof: ${address}${proof.url}`,
  ];
}

const done = { rescinds: 'Rescinded', supersedes: 'Superseded', amends: 'Amended' };

function warningsOf({ later, confidential }: PresentedResolution, { demonstration }: Profile): string[] {
  return [
    ...(demonstration ? ['Demonstration: the book that this comes from holds invented data.'] : []),
    ...(confidential === null ? [] : ['Confidential: keep it among those who may see it.']),
    ...later.map(({ kind, number, from }) => {
      const what = kind === 'amends' ? 'from then on it reads otherwise than here' : 'from then on it holds no more';
      return `${done[kind]} by ${number ?? 'a later resolution'} from ${dayText(from)}: ${what}.`;
    }),
  ];
}

function adoptionRows({ adoption, mover, seconder }: Certified['resolution'], timeZone: string): Row[] {
  return [
    ['Adopted', momentText(adoption.at, timeZone)],
    ['Holds from', dayText(adoption.from)],
    ...(mover?.by ? [['Moved by', mover.by.name] as const] : []),
    ...(seconder?.by ? [['Seconded by', seconder.by.name] as const] : []),
  ];
}

function voteRows({ vote }: PresentedResolution): Row[] {
  const { result = null } = vote ?? {};
  if (vote === null || result === null) return [];
  const rule = result.decidedBy === 'ruleWhenRecused' ? (vote.ruleWhenRecused ?? vote.rule) : vote.rule;
  const { entitled, recused, present, yes, no, abstained } = result.count;
  const took = `${entitled} entitled${recused === 0 ? '' : `, ${recused} recused`}, ${present} took part`;
  const votes =
    result.elected === null
      ? `${yes} for, ${no} against, ${abstained} abstained`
      : `${yes} valid, ${abstained} abstained`;
  return [
    ['How', vote.meetingId === null ? 'By vote, without a meeting' : 'By vote, at a meeting'],
    ['Votes', `${votes}\n${took}`],
    ['Rule', rule.name],
    ['Which means', rule.explanation],
    ['Source', rule.source],
  ];
}

function consentRows({ consent }: PresentedResolution): Row[] {
  if (consent === null) return [];
  const { basis, signed, source } = consent;
  const all = basis === 'unanimous' ? 'all who hold a voting seat' : 'fewer than all who hold a voting seat';
  return [
    ['How', `By written consent, without a meeting, of ${all}`],
    ['Signatures', String(signed)],
    ['Source', source],
  ];
}

const signaturesOf = ({ consent }: PresentedResolution, timeZone: string): Row[] =>
  (consent?.signatures ?? []).map(({ by, at }) => [by.name, momentText(at, timeZone)]);

function electionOf({ election, vote }: PresentedResolution): Certificate['parts'] {
  const result = vote?.result ?? null;
  if (election === null || result === null) return [];
  const elected = result.elected ?? [];
  const rows = result.standings.map(
    ({ option, votes }): Row => [`${votes}`, `${option}${elected.includes(option) ? ', elected' : ''}`],
  );
  return [{ heading: 'Votes for each option', rows, words: null }];
}

const does = { amends: 'Amends', rescinds: 'Rescinds', supersedes: 'Supersedes' };

function effectsOf({ effects, adoption }: PresentedResolution, numbers: Certified['numbers']): Certificate['parts'] {
  const idle = adoption?.withoutEffect ?? [];
  return effects.map((effect, index) => {
    const note: Row[] = idle.includes(index) ? [['Without effect', 'It found nothing to act on any more.']] : [];
    if (effect.kind === 'approves-minutes') {
      return {
        heading: 'Approves the minutes of a meeting',
        rows: [['Meeting', effect.meetingId], ...note],
        words: null,
      };
    }
    const { kind, resolutionId } = effect;
    const words = 'replacement' in effect ? (effect.replacement as Text) : null;
    const reads = words === null ? '' : ', to read:';
    if (kind === 'amend-motion') return { heading: `Amends a motion${reads}`, rows: note, words };
    const number = resolutionId === null ? undefined : numbers.get(resolutionId);
    return {
      heading: `${does[kind]} ${number === undefined ? 'another resolution' : `resolution ${number}`}${reads}`,
      rows: note,
      words,
    };
  });
}
