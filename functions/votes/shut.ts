/** Ends a vote: first ballots are refused that are still to be decided upon, then those on their way are stopped at the gates. */
import { type Resolution, shutVote } from '../../shared/core/decisions/resolutions.ts';
import { gateKey, shards } from '../../shared/core/decisions/votes.ts';
import type { Act, Change, Stored } from '../../shared/core/records.ts';
import { VersionConflictError } from '../../shared/errors.ts';
import { untilFree } from '../../shared/http/attempts.ts';
import type { Key, RecordStore } from '../../shared/ports/recordStore.ts';
import { writeResolution } from '../resolutions/load.ts';

/** No ballot waits for this commit, and none holds it up. Nothing to write when it is shut already. */
export const shut = (before: Stored<Resolution>, act: Act): Change<Resolution> =>
  writeResolution(before.id, before, shutVote(before.data, act.at), act);

/** The ballots on their way when a vote is shut are through sooner. */
const patienceMilliseconds = 30_000;

/**
 * Shuts all gates of a vote that is shut; when it returns, no ballot and no recusal can come in any more.
 *
 * A crash in here leaves some gates open, for ballots that were decided upon before; whoever counts begins with this again.
 * @throws {BusyError} ballots kept one of them in motion.
 */
export async function shutGates(records: RecordStore, id: string): Promise<void> {
  const gates = await records.getMany(Array.from({ length: shards }, (_, shard) => gateKey(id, shard)));
  await Promise.all(gates.map(gate => (gate?.version === 1 ? shutGate(records, gate.key) : undefined)));
}

async function shutGate(records: RecordStore, key: Key): Promise<void> {
  const shutting = [{ put: { key, version: 2, data: {} }, expect: { version: 1 } }] as const;
  try {
    await untilFree(() => records.commit(shutting), patienceMilliseconds);
  } catch (error) {
    // Another counter was faster.
    if (!(error instanceof VersionConflictError)) throw error;
  }
}
