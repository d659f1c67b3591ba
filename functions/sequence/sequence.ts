/**
 * Brings the log up to date: everything that waits gets its place, is built into tiles, signed, witnessed and published.
 *
 * The order is durable first, and all that follows is worked out from it. A run may break off anywhere, or meet another one: the next
 * run begins from what is stored, and comes to the same bytes.
 */
import { checkpointText, readCheckpoint, verdictOn } from '../../shared/core/log/checkpoints.ts';
import { type VerifierKey, verifierKey } from '../../shared/core/log/notes.ts';
import { type Head, isSame } from '../../shared/core/log/proofs.ts';
import { headIn, headKey } from '../../shared/core/log/sequencing.ts';
import { emptyRoot } from '../../shared/core/log/tree.ts';
import { LogForkError, type Published } from '../../shared/ports/logStore.ts';
import type { Signer } from '../../shared/ports/signer.ts';
import { assignWaiting } from './assign.ts';
import { buildUpTo } from './build.ts';
import { publish } from './publish.ts';
import type { SequencerServices } from './services.ts';

/** The log as it is stored: how far it is built, and how far it is published. */
export interface Stand {
  readonly head: Head & { readonly version: number };
  readonly published: { readonly head: Head; readonly raw: Published } | undefined;
}

/** How a run left the log. */
export interface Sequenced {
  readonly size: number;
  /** Events that got their place in this run. */
  readonly assigned: number;
  /** Of those that were asked. */
  readonly cosignatures: number;
}

/**
 * @throws {LogForkError} what is stored and what is published do not go together: a backup was restored, or somebody changed the
 * files. Nothing more is published until somebody has looked (see the runbook).
 */
export async function sequence(services: SequencerServices): Promise<Sequenced> {
  const before = await readStand(services);
  const assigned = await assignWaiting(services);
  const head = await buildUpTo(before.head, assigned.next, services);
  const isPublished = before.published !== undefined && before.published.head.size >= head.size;
  const cosignatures = isPublished ? 0 : await publish(head, before.published?.raw, services);
  return { size: head.size, assigned: assigned.count, cosignatures };
}

/** @throws {LogForkError} */
export async function readStand({ records, store, signers, origin }: SequencerServices): Promise<Stand> {
  // The checkpoint first: the head never falls behind what was published before it was read.
  const raw = await store.readCheckpoint();
  const item = await records.get(headKey);
  const head =
    item === undefined ? { size: 0, root: emptyRoot, version: 0 } : { ...headIn(item.data), version: item.version };
  if (raw === undefined) return { head, published: undefined };
  const signed = readCheckpoint(raw.content);
  const keys = await Promise.all(signers.map(signer => keyOf(signer, origin)));
  const verdicts = keys.map(key => (signed === null ? 'absent' : verdictOn(signed.note, key).is));
  const isOurs = verdicts.includes('good') && !verdicts.includes('wrong');
  if (signed === null || signed.checkpoint.origin !== origin || !isOurs) {
    throw new LogForkError('The published checkpoint is none that the key of this log has signed');
  }
  const published = { size: signed.checkpoint.size, root: signed.checkpoint.root };
  if (published.size > head.size) {
    throw new LogForkError(`The published checkpoint has ${published.size} entries and the records only ${head.size}`);
  }
  if (published.size === head.size && !isSame(published.root, head.root)) {
    throw new LogForkError(`The published checkpoint and the records have different roots at ${head.size} entries`);
  }
  return { head, published: { head: published, raw } };
}

export const keyOf = async (signer: Signer, origin: string): Promise<VerifierKey> =>
  verifierKey(origin, 'ed25519', await signer.publicKey());

/** What the keys of the log sign. */
export const textOf = ({ size, root }: Head, origin: string) => checkpointText({ origin, size, root, extensions: [] });
