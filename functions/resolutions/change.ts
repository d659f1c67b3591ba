/** A command on one resolution: load what the caller may see, at the version the caller read; decide; write. */
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant, PlainDate } from '../../shared/core/calendar.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import type { Act } from '../../shared/core/records.ts';
import type { Decision } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { loadExpected, writeResolution } from './load.ts';
import { type PresentedResolution, presentResolution } from './present.ts';

interface Input {
  readonly params: { readonly resolutionId: string };
  readonly caller: Caller;
  readonly now: Instant;
  readonly expected: number;
  readonly act: Act;
}

/** @param demand finds the caller's person among those who may. */
export async function changeResolution(
  records: RecordStore,
  input: Input,
  demand: (records: RecordStore, caller: Caller, bodyId: string, on: PlainDate) => Promise<string>,
  decide: (before: Resolution, by: string) => { readonly after: Resolution; readonly reason?: string },
): Promise<Decision<PresentedResolution>> {
  const { caller, now, act } = input;
  const before = await loadExpected(records, input);
  const by = await demand(records, caller, before.data.bodyId, await readToday(records, now));
  const { after, reason = null } = decide(before.data, by);
  const { stored, writes } = writeResolution(before.id, before, after, act, reason);
  return { body: await presentResolution(records, stored, caller, now), version: stored.version, writes };
}
