/** Shuts the gates of a vote: ballots that are on their way conflict with this, and are refused. */
import { gateKey, type Resolution, shards, shutVote } from '../../shared/core/decisions/resolutions.ts';
import type { Act, Change, Stored } from '../../shared/core/records.ts';
import type { Write } from '../../shared/ports/recordStore.ts';
import { writeResolution } from './load.ts';

/** Nothing to write when they are shut already. */
export function shutGates(before: Stored<Resolution>, act: Act): Change<Resolution> {
  const { stored, writes } = writeResolution(before.id, before, shutVote(before.data, act.at), act);
  if (writes.length === 0) return { stored, writes };
  const gates = Array.from({ length: shards }, (_, shard): Write => {
    const put = { key: gateKey(before.id, shard), version: 2, data: {} };
    return { put, expect: { version: 1 } };
  });
  return { stored, writes: [...writes, ...gates] };
}
