/** Signs the head, asks the witnesses, and publishes the checkpoint: the last step, and the only one that others see. */
import { readCheckpoint, signedByLog, verdictOn } from '../../shared/core/log/checkpoints.ts';
import { noteText, type Signature } from '../../shared/core/log/notes.ts';
import { type Head, isSame } from '../../shared/core/log/proofs.ts';
import { LogForkError, type Published } from '../../shared/ports/logStore.ts';
import type { Signer } from '../../shared/ports/signer.ts';
import { keyOf, textOf } from './sequence.ts';
import type { SequencerServices } from './services.ts';
import { cosign } from './witnesses.ts';

/**
 * Does nothing when one at least as large is published by then.
 * @param read the checkpoint that is published, as it was read.
 * @returns how many witnesses signed.
 */
export async function publish(head: Head, read: Published | undefined, services: SequencerServices): Promise<number> {
  const { store, origin } = services;
  const text = textOf(head, origin);
  const own = await Promise.all(services.signers.map(signer => signedBy(signer, text, origin)));
  const cosignatures = await cosign(head, noteText({ text, signatures: own }), services);
  const content = noteText({ text, signatures: [...own, ...cosignatures] });
  for (let known = read; ; ) {
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
}

async function signedBy(signer: Signer, text: string, origin: string): Promise<Signature> {
  const key = await keyOf(signer, origin);
  const signature = { name: origin, id: key.id, bytes: await signer.sign(signedByLog(text)) };
  // A signature that does not verify would be the log's word that cannot be taken back, nor believed.
  if (verdictOn({ text, signatures: [signature] }, key).is !== 'good') {
    throw new Error('The signature of the log does not verify');
  }
  return signature;
}
