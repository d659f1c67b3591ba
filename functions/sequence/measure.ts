/** How far the log is behind what happens, and who vouches for it: what alarms are raised by. */
import { readCheckpoint, verdictOn } from '../../shared/core/log/checkpoints.ts';
import { unsealedPartition } from '../../shared/core/log/outbox.ts';
import { type Policy, quorumOf } from '../../shared/core/log/policy.ts';
import { entryIn, entryKey, nextKey } from '../../shared/core/log/sequencing.ts';
import { type BookEvent, eventKey } from '../../shared/core/records.ts';
import type { SequencerServices } from './services.ts';

export interface Measures {
  /** Events without a place in the log; of more than a thousand, a thousand are counted. */
  readonly backlog: number;
  /** How long the oldest of them has waited. */
  readonly unsealedSeconds: number;
  /** How old the oldest event is that has a place in the log and is in no published checkpoint. */
  readonly unpublishedSeconds: number;
  /** Entries under the published checkpoint. */
  readonly size: number;
  /** Witnesses that have cosigned it. */
  readonly cosigned: number;
  /** So many more would have to, for the quorum. */
  readonly cosignaturesMissing: number;
}

export type MeasuredServices = Pick<SequencerServices, 'records' | 'store' | 'now'> & {
  readonly policy: Policy;
};

const mostCounted = 1000;

export async function measure({ records, store, policy, now }: MeasuredServices): Promise<Measures> {
  const waiting = { table: 'records', partition: unsealedPartition, order: 'ascending', limit: mostCounted } as const;
  // The checkpoint first: it never says more than the entries that are read behind it.
  const published = await store.readCheckpoint();
  const [{ items }, next] = await Promise.all([records.query(waiting), records.get(nextKey)]);
  const signed = published === undefined ? null : readCheckpoint(published.content);
  const size = signed?.checkpoint.size ?? 0;
  const [oldest] = items;
  const [unsealed, entry] = await Promise.all([
    oldest === undefined ? undefined : records.get(keyOfEvent(oldest.data as unknown as BookEvent['record'])),
    size < Number(next?.data.size ?? 0) ? records.get(entryKey(size)) : undefined,
  ]);
  const ageOf = (at: unknown) =>
    typeof at === 'string' ? Math.max(0, Math.round((now().getTime() - Date.parse(at)) / 1000)) : 0;
  const cosigners = policy.witnesses.filter(({ key }) => signed !== null && verdictOn(signed.note, key).is === 'good');
  const quorum = quorumOf(
    policy,
    cosigners.map(({ key }) => key),
  );
  return {
    backlog: items.length,
    unsealedSeconds: ageOf(unsealed?.data.at),
    unpublishedSeconds: entry === undefined ? 0 : ageOf(JSON.parse(Buffer.from(entryIn(entry.data)).toString()).at),
    size,
    cosigned: cosigners.length,
    // Before the first checkpoint there is nothing to cosign.
    cosignaturesMissing: signed === null ? 0 : quorum.missing,
  };
}

const keyOfEvent = ({ kind, id, version }: BookEvent['record']) => eventKey(kind, id, version);
