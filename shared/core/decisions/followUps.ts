/** What has to be done once a resolution is adopted: done, or not. */
import { StateConflictError } from '../../errors.ts';
import type { Instant } from '../calendar.ts';
import type { Resolution } from './resolutions.ts';

/** @throws {StateConflictError} there is nothing to do, or it is done already. */
export function noteDone(resolution: Resolution, by: string, note: string, now: Instant): Resolution {
  demandFollowUp(resolution);
  if (resolution.done !== null) throw new StateConflictError('It is done already.');
  return { ...resolution, done: { by, at: now, note } };
}

/** @throws {StateConflictError} there is nothing to do, or it is not done yet. */
export function noteUndone(resolution: Resolution): Resolution {
  demandFollowUp(resolution);
  if (resolution.done === null) throw new StateConflictError('It is not done yet.');
  return { ...resolution, done: null };
}

function demandFollowUp({ adoption, motion }: Resolution): void {
  if (adoption === null || motion.followUp === null) {
    throw new StateConflictError('Only an adopted resolution that names somebody is followed up.');
  }
}
