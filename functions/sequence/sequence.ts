/**
 * Brings the log up to date: everything that waits gets its place, is built into tiles, signed, witnessed and published.
 *
 * The order is durable first, and all that follows is worked out from it. A run may break off anywhere, or meet another one: the next
 * run begins from what is stored, and comes to the same bytes. Nothing is remembered from one run to the next.
 */
import { nextKey } from '../../shared/core/log/sequencing.ts';
import { assignWaiting } from './assign.ts';
import { backfill } from './backfill.ts';
import { buildUpTo } from './build.ts';
import { handOver, introduceKeys } from './keys.ts';
import { publish } from './publish.ts';
import { rebuildBehind } from './rebuild.ts';
import { renewCosignatures } from './renew.ts';
import type { SequencerServices } from './services.ts';
import { readStand } from './stand.ts';

/** How a run left the log. */
export interface Sequenced {
  /** So many entries are published. */
  readonly size: number;
  /** Events that got their place in this run. */
  readonly assigned: number;
  /** True when more wait than one run takes: the next one should begin at once. */
  readonly isMoreWaiting: boolean;
  /** Of those that were asked. */
  readonly cosignatures: number;
}

/**
 * @throws {LogForkError} what is stored and what is published do not go together: a backup was restored, or somebody changed the
 * files. Nothing more is published until somebody has looked (see the runbook).
 */
export async function sequence(services: SequencerServices): Promise<Sequenced> {
  const stand = await readStand(services);
  const { head, published } = stand;
  await rebuildBehind(stand, services);
  if (head.version === 0 && (await services.records.get(nextKey)) === undefined) await backfill(services);
  const keys = await introduceKeys(stand.keys, services);
  const { count, size, isMoreWaiting } = await assignWaiting(services);
  const built = await buildUpTo(head, size, services);
  const isPublished = published !== undefined && published.head.size === built.size;
  const cosignatures = isPublished
    ? await renewCosignatures(published, services)
    : await publish(built, keys, published?.raw, services);
  await handOver(keys, services);
  return { size: built.size, assigned: count, isMoreWaiting, cosignatures };
}
