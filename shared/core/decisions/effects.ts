/**
 * What the adoption of a resolution does to others.
 *
 * It is done once, and stays: when a resolution that rescinded another is rescinded itself, nothing comes to life again.
 */
import { StateConflictError } from '../../errors.ts';
import type { Instant } from '../calendar.ts';
import { type Amendment, bytesOf, type Effect, isAmendment, mostMotionBytes } from './motions.ts';
import { type Later, type Resolution, resolutionStateAt } from './resolutions.ts';

export type LaterEffect = Extract<Effect, { kind: Later['kind'] }>;

export const isLaterEffect = (effect: Effect): effect is LaterEffect =>
  effect.kind === 'amends' || effect.kind === 'rescinds' || effect.kind === 'supersedes';

/** So many later resolutions can change one: they are read together with it. */
export const mostLater = 50;

/**
 * Why a resolution of a body cannot change one that was adopted, in words for its author; null when it can.
 *
 * @param target undefined where there is none.
 */
export function whyUnaffected(target: Resolution | undefined, bodyId: string): string | null {
  if (target === undefined || target.bodyId !== bodyId) return 'The body has no such resolution.';
  if (target.adoption === null || target.adoption.number === null) return 'It was not adopted: it has no number.';
  const end = endOf(target);
  if (end !== undefined) return `It was ${end.kind === 'rescinds' ? 'rescinded' : 'superseded'} by ${end.number}.`;
  return target.later.length < mostLater
    ? null
    : `${mostLater} resolutions have changed it. Supersede it by a new one.`;
}

/** The resolution that ends another, from its day on. */
const endOf = ({ later }: Resolution) => later.find(({ kind }) => kind !== 'amends');

/** @throws {StateConflictError} see `whyUnaffected`. */
export function affect(target: Resolution, later: Later): Resolution {
  const problem = whyUnaffected(target, target.bodyId);
  if (problem !== null) throw new StateConflictError(problem);
  return { ...target, later: [...target.later, later] };
}

/** Why a motion of a body cannot be amended so, in words for the author of the amendment; null when it can. */
export function whyUnamended(
  target: Resolution | undefined,
  bodyId: string,
  { textVersion, replacement }: Amendment,
  now: Instant,
): string | null {
  if (target === undefined || target.bodyId !== bodyId) return 'The body has no such resolution.';
  if (isAmendment(target.motion)) return 'An amendment cannot be amended. Propose another in its place.';
  const state = resolutionStateAt(target, now);
  if (state !== 'moved' && state !== 'seconded') {
    return `It is ${state}. Only what was moved, and is not put to the vote yet, is amended.`;
  }
  if (target.textVersion !== textVersion) return 'It reads otherwise by now. Write the amendment for its present text.';
  return bytesOf({ ...target.motion, ...replacement }) > mostMotionBytes ? 'It would become too long.' : null;
}

/** The motion stands still while an amendment of it is put to the vote: one at a time. @throws {StateConflictError} */
export function beginAmendment(
  target: Resolution | undefined,
  amendment: Amendment,
  by: { readonly id: string; readonly data: Resolution },
  now: Instant,
): Resolution {
  const problem = whyUnamended(target, by.data.bodyId, amendment, now);
  if (target === undefined || problem !== null) throw new StateConflictError(`What it amends: ${problem}`);
  if (target.underAmendment !== null) {
    throw new StateConflictError('Another amendment of the motion is put to the vote. Wait for its outcome.');
  }
  if (target.confidential !== null && by.data.confidential === null) {
    throw new StateConflictError('The motion is confidential. Make the amendment confidential, too.');
  }
  return { ...target, underAmendment: by.id };
}

/** True while this is the amendment that the motion waits for, and the motion reads as it was written for. */
export const isAmendable = (target: Resolution, { textVersion }: Amendment, by: string) =>
  target.underAmendment === by && target.textVersion === textVersion;

/** After the vote on an amendment. Who moved and who seconded the motion stay: the body made it this one. */
export function endAmendment(target: Resolution, amendment: Amendment, by: string, carried: boolean): Resolution {
  if (target.underAmendment !== by) return target;
  const released = { ...target, underAmendment: null };
  if (!carried || !isAmendable(target, amendment, by)) return released;
  const motion = { ...target.motion, ...amendment.replacement };
  return { ...released, motion, textVersion: target.textVersion + 1 };
}
