/** What a body keeps to itself, why, and until when it looks at that again. */
import { StateConflictError } from '../../errors.ts';
import type { Instant, PlainDate } from '../calendar.ts';
import { type Confidential, type Resolution, resolutionStateAt } from './resolutions.ts';

/** @throws {StateConflictError} it is, or was, public. */
export function makeConfidential(
  resolution: Resolution,
  confidential: Confidential,
  today: PlainDate,
  now: Instant,
): Resolution {
  demandStill(resolution);
  if (resolution.confidential === null && resolutionStateAt(resolution, now) === 'carried') {
    throw new StateConflictError('It is public. What was public once cannot be taken back.');
  }
  if (confidential.reviewOn <= today) throw new StateConflictError('Name a day that is still to come for the review.');
  return { ...resolution, confidential };
}

/** @throws {StateConflictError} it is not confidential. */
export function liftConfidentiality(resolution: Resolution): Resolution {
  demandStill(resolution);
  if (resolution.confidential === null) throw new StateConflictError('It is not confidential.');
  return { ...resolution, confidential: null };
}

function demandStill({ underAmendment }: Resolution): void {
  if (underAmendment === null) return;
  throw new StateConflictError('An amendment of it is put to the vote. Wait for its outcome.');
}
