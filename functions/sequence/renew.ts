/** Asks witnesses again that have not cosigned what is published, or not for a while. */
import { verdictOn } from '../../shared/core/log/checkpoints.ts';
import { noteText } from '../../shared/core/log/notes.ts';
import type { SequencerServices } from './services.ts';
import type { PublishedHead } from './stand.ts';
import { cosign, type Witness } from './witnesses.ts';

/** Whoever trusts witnesses wants to know that nothing is held back from him: a cosignature says when it was made. */
const freshSeconds = 3600;

/**
 * Publishes the same checkpoint with what they answer. It changes nothing when they answer nothing, and does not matter when another run
 * publishes in between.
 * @returns how many witnesses signed.
 */
export async function renewCosignatures(
  { head, signed, raw }: PublishedHead,
  services: SequencerServices,
): Promise<number> {
  const { text, signatures } = signed.note;
  const now = services.now().getTime() / 1000;
  const isFresh = ({ key }: Witness) => {
    const verdict = verdictOn(signed.note, key);
    return verdict.is === 'good' && now - (verdict.time ?? 0) < freshSeconds;
  };
  const asked = services.witnesses.filter(witness => !isFresh(witness));
  if (asked.length === 0) return 0;
  const own = signatures.filter(({ name }) => name === services.origin);
  const renewed = await cosign(head, noteText({ text, signatures: own }), { ...services, witnesses: asked });
  if (renewed.length === 0) return 0;
  const isRenewed = (id: string, name: string) => renewed.some(one => one.name === name && one.id === id);
  const kept = signatures.filter(({ name, id }) => name !== services.origin && !isRenewed(id, name));
  await services.store.replaceCheckpoint(noteText({ text, signatures: [...own, ...kept, ...renewed] }), raw);
  return renewed.length;
}
