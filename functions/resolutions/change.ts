/** A command on one resolution: load what the caller may see, at the version the caller read; decide; write. */
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant, PlainDate } from '../../shared/core/calendar.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import type { Act } from '../../shared/core/records.ts';
import type { Decision } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import type { RecordStore, Write } from '../../shared/ports/recordStore.ts';
import { loadExpected, writeResolution } from './load.ts';
import { type PresentedResolution, presentResolution } from './present.ts';
import type { Demand } from './seats.ts';

interface Input {
  readonly params: { readonly resolutionId: string };
  readonly caller: Caller;
  readonly now: Instant;
  readonly expected: number;
  readonly act: Act;
}

interface Decided {
  readonly after: Resolution;
  readonly reason?: string;
  readonly writes?: readonly Write[];
}

/** Finds the caller's person among those who may do something with a resolution. */
export type DemandOf = (records: RecordStore, caller: Caller, before: Resolution, on: PlainDate) => Promise<string>;

/** What a body admits, whatever the resolution. */
export const inBody =
  (demand: Demand): DemandOf =>
  (records, caller, { bodyId }, on) =>
    demand(records, caller, bodyId, on);

export async function changeResolution(
  records: RecordStore,
  input: Input,
  demand: DemandOf,
  decide: (before: Resolution, by: string, on: PlainDate) => Decided | Promise<Decided>,
): Promise<Decision<PresentedResolution>> {
  const { caller, now, act } = input;
  const before = await loadExpected(records, input);
  const today = await readToday(records, now);
  const by = await demand(records, caller, before.data, today);
  const { after, reason = null, writes: more = [] } = await decide(before.data, by, today);
  const { stored, writes } = writeResolution(before.id, before, after, act, reason);
  const body = await presentResolution(records, stored, caller, now);
  return { body, version: stored.version, writes: [...writes, ...more] };
}
