/** Brings the log of a test's book up to date, as the job or the function does elsewhere. */
import { sequence } from '../../functions/sequence/sequence.ts';
import { verifierKey } from '../../shared/core/log/notes.ts';
import type { TestBook } from './book.ts';
import { checkLog } from './logCheck.ts';

/** Seals all that waits, and looks at the whole log then. @returns what is published, and every entry. */
export async function sealNow({ services, ownLog }: Pick<TestBook, 'services' | 'ownLog'>) {
  for (let isMoreWaiting = true; isMoreWaiting; ) {
    ({ isMoreWaiting } = await sequence({ ...services, ...ownLog }));
  }
  return checkLog(ownLog.store, await keyOf({ ownLog }));
}

/** The key that signs the log of the book. */
export async function keyOf({ ownLog }: Pick<TestBook, 'ownLog'>) {
  const [signer] = ownLog.signers;
  if (signer === undefined) throw new Error('The log has no key');
  return verifierKey(ownLog.origin, 'ed25519', await signer.publicKey());
}
