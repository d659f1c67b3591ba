/** `node killedSequencer.ts FOLDER N`: a run of the sequencer, whose process is killed at its N-th call: what it did before is done. */
import { sequence } from '../../functions/sequence/sequence.ts';
import { openFileSigner } from '../../shared/adapters/fileSigner.ts';
import { verifierKey } from '../../shared/core/log/notes.ts';
import { openOnFiles, origin, servicesOf, type TestKey } from './sequenced.ts';
import { around } from './sequencerFaults.ts';

/** The keys in the folder, the newest first. */
export const keysIn = (folder: string): Promise<TestKey[]> =>
  Promise.all(
    ['2.pem', '1.pem'].map(async name => {
      const signer = await openFileSigner(`${folder}/${name}`);
      return { signer, key: verifierKey(origin, 'ed25519', await signer.publicKey()) };
    }),
  );

async function main(folder: string, at: number): Promise<void> {
  const place = openOnFiles(folder);
  let count = 0;
  const services = around(servicesOf(place, await keysIn(folder)), async (_, call) => {
    if (++count === at) process.kill(process.pid, 'SIGKILL');
    return call();
  });
  await sequence(services);
  place.close();
}

if (import.meta.main) await main(process.argv[2] ?? '', Number(process.argv[3]));
