// A new key of the log is told to whoever trusts only the one before.
import { expect, it } from 'vitest';
import { sequence } from '../../functions/sequence/sequence.ts';
import { keyText } from '../../shared/core/log/notes.ts';
import { entryOf, readKey, readProofFile, verifyInclusion, verifySignature } from '../../web/verifier/proof.ts';
import { describeOnEachStore } from '../support/book.ts';
import { keyOf, sealNow } from '../support/sealing.ts';
import { newKey } from '../support/sequenced.ts';

describeOnEachStore('A new key of the log', open => {
  it('is shown with a proof that the key before it has signed', async () => {
    const book = open();
    const { as, services, ownLog } = book;
    await sealNow(book);
    const [only] = (await as.public.getLog()).body.keys;
    expect(only).toMatchObject({ state: 'signing', handover: null });
    const added = newKey(ownLog.origin);
    await sequence({ ...services, ...ownLog, signers: [added.signer, ...ownLog.signers] });

    const { keys, origin } = (await as.public.getLog()).body;
    expect(keys.map(({ key, state }) => [key, state])).toEqual([
      [keyText(added.key), 'signing'],
      [keyText(await keyOf(book)), 'signing'],
    ]);
    expect(keys.at(1)?.handover).toBeNull();
    const { index, proof, checkpoint } = readProofFile(String(keys.at(0)?.handover));
    expect(checkpoint.origin).toBe(origin);
    await verifySignature(checkpoint, await readKey(keyText(await keyOf(book))));
    const params = { kind: 'log-key', recordId: added.key.id, version: '1' } as const;
    const { sealed, salt } = (await as.public.getProofOfRecord({ params: params as never })).body;
    expect(sealed.content).toEqual({ key: keyText(added.key) });
    await verifyInclusion(await entryOf(sealed, salt), index, proof, checkpoint);
  });
});
