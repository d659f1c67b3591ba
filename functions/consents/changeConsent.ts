/** A step of somebody with a voting seat in a written consent: decide on what is there by now, and adopt what is complete. */
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import { type Consent, settle } from '../../shared/core/decisions/consents.ts';
import { resolutionStateAt } from '../../shared/core/decisions/resolutions.ts';
import type { Act } from '../../shared/core/records.ts';
import { StateConflictError } from '../../shared/errors.ts';
import type { Decision } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { loadVisible } from '../resolutions/load.ts';
import { type PresentedResolution, presentResolution } from '../resolutions/present.ts';
import { demandVoter, readVoters } from '../resolutions/seats.ts';
import { broughtUpToDate, writeConsent } from './settling.ts';

interface Input {
  readonly params: { readonly resolutionId: string };
  readonly caller: Caller;
  readonly now: Instant;
  readonly act: Act;
}

/** The step and what follows from it are one commit on the version that was read: two last signatures never both decide. */
export async function changeConsent(
  records: RecordStore,
  { params, caller, now, act }: Input,
  step: (consent: Consent, by: string, inOffice: readonly string[]) => Consent,
  reason: string | null = null,
): Promise<Decision<PresentedResolution>> {
  const before = await loadVisible(records, params.resolutionId, caller, now);
  const { bodyId } = before.data;
  const today = await readToday(records, now);
  const by = await demandVoter(records, caller, bodyId, today);
  if (before.data.consent === null) {
    const state = resolutionStateAt(before.data, now);
    throw new StateConflictError(`The resolution is ${state}. It is not put to written consent.`);
  }
  const current = await broughtUpToDate(records, bodyId, before.data.consent, now);
  const inOffice = await readVoters(records, bodyId, today);
  const consent = settle(step(current, by, inOffice), inOffice, now);
  const { stored, writes } = await writeConsent(records, before, consent, act, reason);
  return { body: await presentResolution(records, stored, caller, now), version: stored.version, writes };
}
