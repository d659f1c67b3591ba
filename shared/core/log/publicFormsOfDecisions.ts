/** What the book says to everybody of adopted resolutions and of the rules of bodies, in the fields in which the API shows it. */
import type { Consent } from '../decisions/consents.ts';
import type { Effect } from '../decisions/motions.ts';
import type { Resolution } from '../decisions/resolutions.ts';
import { type Rulebook, shownRules } from '../decisions/rulebook.ts';
import { textHash } from '../decisions/texts.ts';
import type { Result, Vote } from '../decisions/votes.ts';

/**
 * Once it is adopted, and unless the body keeps it confidential: of that the register shows a number, but not whose it is.
 *
 * Nobody is named: who may know is not for everybody, or follows from how the body shows its seats. Nor are other resolutions, which may
 * be confidential; the hash of the text covers those that it acts on. Notes on what was done can be taken back, so they are left out.
 */
export function formOfResolution(resolution: Resolution): object | null {
  const { bodyId, motion, textVersion, mover, seconder, confidential, adoption, done, later, vote, consent } =
    resolution;
  if (confidential !== null || adoption === null) return null;
  const { title, preamble, text, language, effectiveOn, attachments, followUp, election, effects } = motion;
  return {
    bodyId,
    state: 'carried',
    ...{ title, preamble, text, language, effectiveOn, textVersion, textHash: textHash(motion) },
    attachments: attachments.map(({ sha256 }, index) => ({ number: index + 1, sha256 })),
    followUp: followUp && { due: followUp.due },
    done: done && { at: done.at },
    election,
    effects: effects.map(formOfEffect),
    mover: mover && { at: mover.at },
    seconder: seconder && { at: seconder.at },
    adoption,
    later: later.map(({ kind, number, from }) => ({ kind, number, from })),
    vote: vote && formOfVote(vote, adoption.number),
    consent: consent && formOfConsent(consent),
  };
}

function formOfEffect(effect: Effect): object {
  if (!('resolutionId' in effect)) return effect;
  const { resolutionId: _, ...rest } = effect;
  return rest;
}

function formOfVote(vote: Vote, number: string | null): object {
  const { openedAt, closesAt, rule, ruleWhenRecused, inOffice, people, meetingId, tie, casting, result } = vote;
  return {
    ...{ openedAt, closesAt, rule, ruleWhenRecused, inOffice, people, meetingId, tie },
    casting: casting && { at: casting.at, choice: casting.choice },
    result: result && formOfResult(result, number),
  };
}

/** All that it follows from; the sentences that explain it are made from that. */
function formOfResult({ countedAt, decidedBy, count, standings, outcome, election }: Result, number: string | null) {
  const { carried, reasons } = outcome;
  return { countedAt, decidedBy, count, standings, carried, reasons, elected: election?.elected ?? null, number };
}

function formOfConsent(consent: Consent): object {
  const { openedAt, basis, source, textHash, expiresAt, objectionsUntil, signatures, decided } = consent;
  return {
    ...{ openedAt, basis, source, textHash, expiresAt, objectionsUntil, signed: signatures.length },
    outcome: decided && { at: decided.at, carried: decided.carried, reasons: decided.reasons },
  };
}

export const formOfRulebook = ({ history }: Rulebook): object => ({ history: history.map(shownRules) });
