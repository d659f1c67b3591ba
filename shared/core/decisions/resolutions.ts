/** The life of a resolution: draft, moved, seconded, open, and closed as carried or failed; or withdrawn, postponed, referred. */
import { NotAllowedError, StateConflictError } from '../../errors.ts';
import type { JsonObject, Key } from '../../ports/recordStore.ts';
import type { Instant, PlainDate } from '../calendar.ts';
import { type Row, rowKey } from '../records.ts';
import { type Consent, type ConsentState, consentStateAt } from './consents.ts';
import { amendmentIn, type Effect, type FollowUp, type Motion } from './motions.ts';
import {
  type Counted,
  type NewVote,
  newVote,
  type Result,
  shut,
  type Vote,
  type VoteState,
  voteStateAt,
} from './votes.ts';

export interface Resolution {
  readonly bodyId: string;
  readonly motion: Motion;
  /** Counts the texts that the motion has had; earlier ones stand beside the record. */
  readonly textVersion: number;
  readonly draftedBy: string;
  readonly mover: Act | null;
  readonly seconder: Act | null;
  /** Out of the way before a vote, for a reason. */
  readonly aside: Aside | null;
  /** Only the body, the secretary and auditors see it, for that reason; null for what everybody may see once it is adopted. */
  readonly confidential: Confidential | null;
  /** The amendment that is put to the vote; until it is counted this motion stands still. */
  readonly underAmendment: string | null;
  /** By vote, or by written consent. */
  readonly vote: Vote | null;
  readonly consent: Consent | null;
  readonly adoption: Adoption | null;
  readonly done: (Act & { readonly note: string }) | null;
  /** What later resolutions did to it, in the order of their adoption. */
  readonly later: readonly Later[];
}

export interface Act {
  readonly by: string;
  readonly at: Instant;
}

export interface Aside extends Act {
  readonly as: 'withdrawn' | 'postponed' | 'referred';
  readonly reason: string;
  /** The body that it was referred to. */
  readonly to: string | null;
}

export interface Confidential {
  /** Everybody may read it. */
  readonly reason: string;
  readonly reviewOn: PlainDate;
}

export interface Adoption {
  readonly at: Instant;
  /** From when on it holds. */
  readonly from: PlainDate;
  /** Its number in the register of the body, such as `2026-014`; null for amendments of motions. */
  readonly number: string | null;
  /** Its effects, by their place, that found nothing to act on any more. */
  readonly withoutEffect: readonly number[];
}

export interface Later {
  readonly kind: Extract<Effect['kind'], 'amends' | 'rescinds' | 'supersedes'>;
  readonly resolutionId: string;
  readonly number: string | null;
  /** From when on. */
  readonly from: PlainDate;
}

export const resolutionStates = [
  'draft',
  'moved',
  'seconded',
  'open',
  'closed',
  'tied',
  'signing',
  'carried',
  'failed',
  'withdrawn',
  'postponed',
  'referred',
] as const;
export type ResolutionState = (typeof resolutionStates)[number];

/** `closed` and `tied`: see votes. `signing`: by written consent. */
export function resolutionStateAt(resolution: Resolution, now: Instant): ResolutionState {
  const { mover, seconder, aside, vote, consent } = resolution;
  if (aside !== null) return aside.as;
  if (vote !== null) return voteStateAt(vote, now) satisfies VoteState;
  if (consent !== null) return consentStateAt(consent) satisfies ConsentState;
  if (seconder !== null) return 'seconded';
  return mover === null ? 'draft' : 'moved';
}

export function draftResolution(bodyId: string, motion: Motion, by: string): Resolution {
  return {
    bodyId,
    motion,
    textVersion: 1,
    draftedBy: by,
    mover: null,
    seconder: null,
    aside: null,
    confidential: null,
    underAmendment: null,
    vote: null,
    consent: null,
    adoption: null,
    done: null,
    later: [],
  };
}

/** Changes the text; whoever moved or seconded it did so of another, so both are asked again. */
export function reviseMotion(resolution: Resolution, motion: Motion, now: Instant): Resolution {
  demandPending(resolution, now, ['draft', 'moved', 'seconded'], 'Its text stands.');
  const textVersion = resolution.textVersion + 1;
  return { ...resolution, motion, textVersion, mover: null, seconder: null };
}

export function moveMotion(resolution: Resolution, by: string, now: Instant): Resolution {
  demand(resolution, now, ['draft'], 'Only a draft can be moved.');
  return { ...resolution, mover: { by, at: now } };
}

/** @throws {NotAllowedError} nobody seconds a motion of their own. */
export function secondMotion(resolution: Resolution, by: string, now: Instant): Resolution {
  demand(resolution, now, ['moved'], 'Only what was moved can be seconded.');
  if (resolution.mover?.by === by) throw new NotAllowedError('Somebody other than the mover has to second it.');
  return { ...resolution, seconder: { by, at: now } };
}

/** @throws {NotAllowedError} only the mover takes a motion back. */
export function withdrawMotion(resolution: Resolution, by: string, reason: string, now: Instant): Resolution {
  demandPending(resolution, now, ['moved', 'seconded'], 'Only what was moved, and is not open yet, can be withdrawn.');
  if (resolution.mover?.by !== by) throw new NotAllowedError('Only its mover can withdraw a motion.');
  return { ...resolution, aside: { as: 'withdrawn', by, at: now, reason, to: null } };
}

/** Puts it off, or refers it to a body when one is named. */
export function setAside(
  resolution: Resolution,
  by: string,
  reason: string,
  to: string | null,
  now: Instant,
): Resolution {
  demandPending(resolution, now, ['moved', 'seconded'], 'Only what was moved, and is not open yet, can be put aside.');
  return { ...resolution, aside: { as: to === null ? 'postponed' : 'referred', by, at: now, reason, to } };
}

/** What was postponed, or has come back from where it was referred, is as it was before. */
export function takeUp(resolution: Resolution, now: Instant): Resolution {
  demand(resolution, now, ['postponed', 'referred'], 'Only what was put aside can be taken up again.');
  return { ...resolution, aside: null };
}

export function openVote(resolution: Resolution, vote: NewVote, now: Instant): Resolution {
  demandPending(resolution, now, ['seconded'], 'Only what was moved and seconded can be put to the vote.');
  return { ...resolution, vote: newVote(vote, now) };
}

/** No ballot comes in from here on. */
export function shutVote(resolution: Resolution, now: Instant): Resolution {
  demand(resolution, now, ['open', 'closed', 'tied'], 'There is no vote to close.');
  return resolution.vote === null ? resolution : { ...resolution, vote: shut(resolution.vote, now) };
}

export function recordResult(resolution: Resolution, result: Result): Resolution {
  const { vote } = resolution;
  if (vote === null || vote.shutAt === null || vote.result !== null) {
    throw new StateConflictError('There is no vote to count.');
  }
  return { ...resolution, vote: { ...vote, result } };
}

/** As many for as against: the chair has to decide. */
export function recordTie(resolution: Resolution, tie: Counted): Resolution {
  const { vote } = resolution;
  if (vote === null || vote.shutAt === null || vote.tie !== null || vote.result !== null) {
    throw new StateConflictError('There is no vote to count.');
  }
  return { ...resolution, vote: { ...vote, tie } };
}

/** From when on a motion holds that is adopted on that day. */
export const holdsFrom = ({ effectiveOn }: Motion, on: PlainDate): PlainDate =>
  effectiveOn !== null && effectiveOn > on ? effectiveOn : on;

/** After a vote or a consent that carried it. */
export const adopt = (resolution: Resolution, adoption: Adoption): Resolution => ({ ...resolution, adoption });

/** @throws {StateConflictError} the resolution is in none of these states. */
export function demand(
  resolution: Resolution,
  now: Instant,
  states: readonly ResolutionState[],
  otherwise: string,
): void {
  const state = resolutionStateAt(resolution, now);
  if (!states.includes(state)) throw new StateConflictError(`The resolution is ${state}. ${otherwise}`);
}

/** The same, and nothing else is being decided about it. */
export function demandPending(...[resolution, now, states, otherwise]: Parameters<typeof demand>): void {
  demand(resolution, now, states, otherwise);
  if (resolution.underAmendment !== null) {
    throw new StateConflictError('An amendment of it is put to the vote. Wait for its outcome.');
  }
}

/** The last number that the register of a body has given, by year: so one read tells for which years there is a register. */
export const registerKey = (bodyId: string): Key => rowKey(`register#${bodyId}`, 'last');

/** The number after that one: of three digits at least, counted from 1 in each year. */
export const numberAfter = (year: string, last: number) => `${year}-${String(last + 1).padStart(3, '0')}`;

/** Where the resolution with that number of a year stands in the register. */
export const registerSort = (number: number) => String(number).padStart(6, '0');

/** What lists show of a resolution. */
export interface ResolutionCard {
  readonly id: string;
  readonly bodyId: string;
  readonly title: string;
  readonly number: string | null;
  readonly decidedAt: Instant | null;
  readonly closesAt: Instant | null;
  readonly confidential: Confidential | null;
  /** What became of it after its adoption: the last of the later resolutions that changed it. */
  readonly later: Later | null;
  /** Why it was not adopted; null for what was, or may be yet. */
  readonly ended: 'failed' | Aside['as'] | null;
  /** Who has to have something done until when; null when nobody has, or it is done. */
  readonly due: FollowUp | null;
  /** The motion that it would change; null for what is no amendment. */
  readonly amending: string | null;
}

export const resolutionLists = {
  /** What a body has adopted in a year, by number. */
  register: (bodyId: string, year: string) => `register#${bodyId}#${year}`,
  /** What it is to decide. */
  pending: (bodyId: string) => `pending#${bodyId}`,
  /** What failed, or was put aside, in a year (UTC), by its end. */
  ended: (bodyId: string, year: string) => `ended#${bodyId}#${year}`,
  /** What was adopted and is to be done, by its due date. */
  due: (bodyId: string) => `follow-ups#${bodyId}`,
  /** Confidential ones of all bodies, by the date of their review. */
  reviews: 'confidential-reviews',
  /** Votes and consents of all bodies that have to be looked at when their time is over, by that time. */
  open: 'open-votes',
};

export function resolutionRows(id: string, resolution: Resolution | undefined): Row[] {
  if (resolution === undefined) return [];
  const { bodyId, motion, aside, vote, consent, adoption, confidential } = resolution;
  const decidedAt = adoption?.at ?? (isFailed(resolution) ? (vote?.closesAt ?? consent?.decided?.at ?? null) : null);
  const card: ResolutionCard = {
    id,
    bodyId,
    title: motion.title,
    number: adoption?.number ?? null,
    decidedAt,
    closesAt: vote?.closesAt ?? consent?.expiresAt ?? null,
    confidential,
    later: resolution.later.at(-1) ?? null,
    ended: aside?.as ?? (isFailed(resolution) ? 'failed' : null),
    due: adoption === null || resolution.done !== null ? null : motion.followUp,
    amending: amendmentIn(motion)?.resolutionId ?? null,
  };
  const row = (list: string, sort: string): Row => ({ key: rowKey(list, sort), card: card as unknown as JsonObject });
  const review = confidential === null ? [] : [row(resolutionLists.reviews, `${confidential.reviewOn}#${id}`)];
  const endedAt = aside?.at ?? (card.ended === 'failed' ? decidedAt : null);
  if (endedAt !== null) return [...review, row(resolutionLists.ended(bodyId, endedAt.slice(0, 4)), `${endedAt}#${id}`)];
  if (adoption !== null) {
    const { number } = adoption;
    return [
      ...review,
      ...(number === null
        ? []
        : [row(resolutionLists.register(bodyId, number.slice(0, 4)), registerSort(Number(number.slice(5))))]),
      ...(card.due === null ? [] : [row(resolutionLists.due(bodyId), `${card.due.due}#${id}`)]),
    ];
  }
  const wakeAt = vote === null ? (consent?.wakeAt ?? null) : isAwaitingChair(vote) ? null : vote.closesAt;
  return [
    ...review,
    row(resolutionLists.pending(bodyId), id),
    ...(wakeAt === null ? [] : [row(resolutionLists.open, `${wakeAt}#${id}`)]),
  ];
}

const isAwaitingChair = ({ tie, casting }: Vote) => tie !== null && casting === null;

const isFailed = ({ vote, consent }: Resolution) =>
  vote?.result?.outcome.carried === false || consent?.decided?.carried === false;
