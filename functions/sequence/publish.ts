/** Signs the head, asks the witnesses, and publishes the checkpoint: the last step, and the only one that others see. */
import { readCheckpoint, signedByLog, verdictOn } from '../../shared/core/log/checkpoints.ts';
import { noteText, type Signature } from '../../shared/core/log/notes.ts';
import { type Head, isSame } from '../../shared/core/log/proofs.ts';
import { LogForkError, type Published } from '../../shared/ports/logStore.ts';
import type { SequencerServices } from './services.ts';
import { type SigningKey, textOf } from './stand.ts';
import { cosign } from './witnesses.ts';

/** So often at most another run publishes something smaller in between. */
const mostAttempts = 20;

/**
 * Does nothing when one at least as large is published by then.
 * @param keys all of them sign.
 * @param read the checkpoint that is published, as it was read.
 * @returns how many witnesses signed.
 */
export async function publish(
  head: Head,
  keys: readonly SigningKey[],
  read: Published | undefined,
  services: SequencerServices,
): Promise<number> {
  const { store, origin } = services;
  const text = textOf(head, origin);
  const own = await Promise.all(keys.map(key => signedBy(key, text)));
  const cosignatures = await cosign(head, noteText({ text, signatures: own }), services);
  const content = noteText({ text, signatures: [...own, ...cosignatures] });
  let known = read;
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    // A crash before this leaves the head to be signed again; Ed25519 gives the same signature.
    if (await store.replaceCheckpoint(content, known)) return cosignatures.length;
    known = await store.readCheckpoint();
    const other = known && readCheckpoint(known.content)?.checkpoint;
    if (other === null) throw new LogForkError('What is published is no checkpoint');
    if (other === undefined || other.size < head.size) continue;
    if (other.size === head.size && !isSame(other.root, head.root)) {
      throw new LogForkError(`Another root is published at ${head.size} entries`);
    }
    return cosignatures.length;
  }
  throw new Error('Others kept publishing smaller checkpoints');
}

async function signedBy({ signer, key }: SigningKey, text: string): Promise<Signature> {
  const signature = { name: key.name, id: key.id, bytes: await signer.sign(signedByLog(text)) };
  // A signature that does not verify would be the log's word that cannot be taken back, nor believed.
  if (verdictOn({ text, signatures: [signature] }, key).is !== 'good') {
    throw new Error('The signature of the log does not verify');
  }
  return signature;
}
