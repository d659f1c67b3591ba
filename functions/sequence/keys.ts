/** Keys that sign the log for the first time are introduced in it, and what the key before them says of that is kept. */
import { readCheckpoint, verdictOn } from '../../shared/core/log/checkpoints.ts';
import { introduceKey, introductionOf } from '../../shared/core/log/keys.ts';
import type { VerifierKey } from '../../shared/core/log/notes.ts';
import { unsealedRow } from '../../shared/core/log/outbox.ts';
import { proofFileText } from '../../shared/core/log/proofFiles.ts';
import { inclusionPlan, proofOf } from '../../shared/core/log/proofs.ts';
import { type Handover, handoverKey, type Seals, sealKey } from '../../shared/core/log/sequencing.ts';
import { type BookEvent, eventKey, recordKey, replaceItem } from '../../shared/core/records.ts';
import { VersionConflictError } from '../../shared/errors.ts';
import type { Write } from '../../shared/ports/recordStore.ts';
import { assignThese } from './assign.ts';
import { hashReader } from './hashes.ts';
import type { SequencerServices } from './services.ts';
import type { SigningKey } from './stand.ts';

/**
 * Gives the introduction of each key a place before anything is signed with it: what it signs first contains that, and is signed by the
 * keys before it, too.
 * @returns the same keys, all of them introduced.
 */
export async function introduceKeys(
  keys: readonly SigningKey[],
  services: SequencerServices,
): Promise<readonly SigningKey[]> {
  const introduced: SigningKey[] = [];
  // The oldest first: so two new keys stand in the log as they came.
  for (const one of keys.toReversed()) {
    introduced.unshift(one.introduced === null ? { ...one, introduced: await introduce(one.key, services) } : one);
  }
  return introduced;
}

async function introduce(key: VerifierKey, services: SequencerServices): Promise<Seals> {
  const { records, now, newId } = services;
  const name = introductionOf(key);
  if ((await records.get(recordKey(name.kind, name.id))) === undefined) {
    const act = { operation: 'introduceLogKey', by: null, at: now().toISOString(), eventId: newId() };
    // A crash behind this leaves a record that waits to be sealed, and a key that has signed nothing.
    await commitOnce(introduceKey(key, act), services);
  }
  const event = await records.get(eventKey(name.kind, name.id, name.version));
  if (event === undefined) throw new Error(`The key ${key.id} has a record without an event`);
  await assignThese([unsealedRow(event.data as unknown as BookEvent, true)], services);
  const seals = await records.get(sealKey(name));
  if (seals === undefined) throw new Error(`The introduction of the key ${key.id} got no place`);
  return seals.data as unknown as Seals;
}

/**
 * Keeps the proof that a new key was introduced, with a checkpoint that an older key has signed, too: whoever knows only that one can
 * follow, for ever. The first key of a log has none.
 */
export async function handOver(keys: readonly SigningKey[], services: SequencerServices): Promise<void> {
  for (const [place, { key, introduced, isHandedOver }] of keys.slice(0, -1).entries()) {
    const index = introduced?.statement?.index;
    if (isHandedOver || index === undefined) continue;
    const proof = await handoverOf(
      index,
      key,
      keys.slice(place + 1).map(older => older.key),
      services,
    );
    if (proof === null) continue;
    const data: Handover = { proof };
    await commitOnce([replaceItem(handoverKey(key.id), undefined, { ...data })], services);
  }
}

/** Null when what is published does not show it. */
async function handoverOf(
  index: number,
  key: VerifierKey,
  older: readonly VerifierKey[],
  { store }: SequencerServices,
): Promise<string | null> {
  const raw = await store.readCheckpoint();
  const signed = raw && readCheckpoint(raw.content);
  if (signed == null || signed.checkpoint.size <= index) return null;
  const isSignedBy = (one: VerifierKey) => verdictOn(signed.note, one).is === 'good';
  if (!isSignedBy(key) || !older.some(isSignedBy)) return null;
  const plan = inclusionPlan(index, signed.checkpoint.size);
  const hashOf = await hashReader(plan.flat(), signed.checkpoint.size, store);
  return proofFileText({ extra: null, index, hashes: proofOf(plan, hashOf), signed });
}

/** Does nothing when another run was faster. */
async function commitOnce(writes: readonly Write[], { records }: SequencerServices): Promise<void> {
  try {
    await records.commit(writes);
  } catch (error) {
    if (!(error instanceof VersionConflictError)) throw error;
  }
}
