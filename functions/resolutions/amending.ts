/** Amendments of motions: the motion waits for the vote on each, and becomes what was carried. */
import { beginAmendment as begin, endAmendment as end } from '../../shared/core/decisions/effects.ts';
import { amendmentIn } from '../../shared/core/decisions/motions.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import { type Act, actBeside, type Stored } from '../../shared/core/records.ts';
import type { RecordStore, Write } from '../../shared/ports/recordStore.ts';
import { readResolution, writeResolution } from './load.ts';

/**
 * The motion that this resolution would amend stands still from its opening on. Nothing to write for other resolutions.
 *
 * @throws {StateConflictError} it is not pending any more, reads otherwise, or waits for another amendment.
 */
export async function beginAmendment(records: RecordStore, resolution: Stored<Resolution>, act: Act): Promise<Write[]> {
  const amendment = amendmentIn(resolution.data.motion);
  if (amendment === undefined) return [];
  const target = await readResolution(records, amendment.resolutionId);
  const after = begin(target?.data, amendment, resolution, act.at);
  return [...writeResolution(amendment.resolutionId, target, after, actBeside(act, 1)).writes];
}

/** The motion after the vote on its amendment; false where it did not become what was carried. */
export async function endAmendment(
  records: RecordStore,
  { id, data }: Stored<Resolution>,
  carried: boolean,
  act: Act,
): Promise<{ readonly amended: boolean; readonly writes: readonly Write[] }> {
  const amendment = amendmentIn(data.motion);
  const target = amendment === undefined ? undefined : await readResolution(records, amendment.resolutionId);
  if (amendment === undefined || target === undefined) return { amended: false, writes: [] };
  const after = end(target.data, amendment, id, carried);
  const { writes } = writeResolution(target.id, target, after, actBeside(act, 1));
  return { amended: after.textVersion > target.data.textVersion, writes };
}
