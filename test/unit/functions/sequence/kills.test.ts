// kill -9 at each step of the sequencer: another process goes on from what is there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { sequence } from '../../../../functions/sequence/sequence.ts';
import { sealingRecordStore } from '../../../../shared/adapters/sealingRecordStore.ts';
import { keysIn } from '../../../support/killedSequencer.ts';
import { copyOf, Keeper, openOnFiles, removeFolder, servicesOf } from '../../../support/sequenced.ts';

const program = fileURLToPath(new URL('../../../support/killedSequencer.ts', import.meta.url));
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) removeFolder(folder);
});

/** @returns whether it was killed. */
async function runUntil(folder: string, call: number): Promise<boolean> {
  const child = spawn(process.execPath, [program, folder, String(call)], { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code, signal] = await once(child, 'exit');
  if (signal === null && code !== 0) throw new Error(`The sequencer ended with ${code}`);
  return signal === 'SIGKILL';
}

it('goes on after a kill at any of its calls, with nothing lost or doubled', { timeout: 300_000 }, async () => {
  const start = openOnFiles();
  folders.push(start.folder);
  const keeper = new Keeper(sealingRecordStore(start.records));
  const keys = await keysIn(start.folder);
  for (let count = 0; count < 150; count++) await keeper.enter('log-key');
  // The second key has signed nothing yet.
  await sequence(servicesOf(start, keys.slice(1)));
  await keeper.look(start);
  for (let count = 0; count < 5; count++) await keeper.enter('person');
  start.close();

  let call = 1;
  for (let isKilled = true; isKilled; call++) {
    const folder = copyOf(start.folder);
    folders.push(folder);
    isKilled = await runUntil(folder, call);
    const place = openOnFiles(folder);
    const seen = keeper.heads.length;
    await keeper.look(place);
    await sequence(servicesOf(place, keys));
    await keeper.check(place, keys).catch(error => {
      throw new Error(`A kill at call ${call} leaves the log broken`, { cause: error });
    });
    keeper.heads.splice(seen);
    place.close();
  }
  expect(call).toBeGreaterThan(20);
});
