// A fault at each single call of the sequencer, before it did what it should or behind it: the next run puts everything right.
import { afterEach, describe, expect, it } from 'vitest';
import { sequence } from '../../../../functions/sequence/sequence.ts';
import type { SequencerServices } from '../../../../functions/sequence/services.ts';
import { sealingRecordStore } from '../../../../shared/adapters/sealingRecordStore.ts';
import { copyOf, Keeper, newKey, openOnFiles, removeFolder, servicesOf } from '../../../support/sequenced.ts';
import { around, failingAt, InjectedFault } from '../../../support/sequencerFaults.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) removeFolder(folder);
});

const keys = [newKey(), newKey()];

/** A log with one key and some entries, a second key that has signed nothing yet, and events that wait: several commits, and a full tile. */
async function prepare() {
  const place = openOnFiles();
  folders.push(place.folder);
  const keeper = new Keeper(sealingRecordStore(place.records));
  const enter = async (many: number) => {
    for (let count = 0; count < many; count++) await keeper.enter(count % 2 === 0 ? 'log-key' : 'person');
  };
  await enter(150);
  await sequence(servicesOf(place, keys.slice(1)));
  await keeper.look(place);
  await enter(40);
  place.close();
  return { folder: place.folder, keeper };
}

async function failAtEachCall(mode: 'before' | 'after', run: (services: SequencerServices) => Promise<unknown>) {
  const { folder, keeper } = await prepare();
  const calls: string[] = [];
  const seen = keeper.heads.length;
  for (let n = 1; ; n++) {
    const place = openOnFiles(copyOf(folder));
    folders.push(place.folder);
    const { services, failed } = failingAt(servicesOf(place, keys), n, mode);
    const end = await run(services).then(
      () => undefined,
      error => error,
    );
    if (failed.call !== undefined) {
      calls.push(failed.call);
      expect(end, `${mode} call ${n}, ${failed.call}`).toBeInstanceOf(InjectedFault);
      await keeper.look(place);
      await sequence(servicesOf(place, keys));
    }
    await keeper.check(place, keys).catch(error => {
      throw new Error(`A fault ${mode} call ${n}, ${failed.call}, leaves the log broken`, { cause: error });
    });
    // Each try has other salts, and so another log.
    keeper.heads.splice(seen);
    place.close();
    removeFolder(place.folder);
    if (failed.call === undefined) return calls;
  }
}

describe.each(['before', 'after'] as const)('a fault %s each call', mode => {
  it('is put right by the next run', { timeout: 240_000 }, async () => {
    const calls = await failAtEachCall(mode, sequence);
    // All parts of the outside world were met.
    for (const call of ['records.commit', 'store.putNew', 'store.replaceCheckpoint', 'signer.sign']) {
      expect(calls).toContain(call);
    }
    expect(calls.length).toBeGreaterThan(30);
  });
});

describe('a run that another one overtakes at one of its calls', () => {
  it('ends well, whichever call it is, and publishes nothing smaller', { timeout: 240_000 }, async () => {
    const { folder, keeper } = await prepare();
    const [seen, known] = [keeper.heads.length, keeper.names.length];
    let isOvertaken = true;
    for (let n = 1; isOvertaken; n++) {
      const place = openOnFiles(copyOf(folder));
      folders.push(place.folder);
      keeper.records = sealingRecordStore(place.records);
      let count = 0;
      const overtaken = around(servicesOf(place, keys), async (_, call) => {
        if (++count === n) {
          await keeper.enter('log-key', `late-${n}`);
          await sequence(servicesOf(place, keys));
          await keeper.look(place);
        }
        return call();
      });
      const fault = (error: unknown) => {
        throw new Error(`A run that was overtaken at call ${n} went wrong`, { cause: error });
      };
      await sequence(overtaken).catch(fault);
      await keeper.look(place);
      await sequence(servicesOf(place, keys)).catch(fault);
      await keeper.look(place);
      await keeper.check(place, keys).catch(fault);
      isOvertaken = count >= n;
      keeper.heads.splice(seen);
      keeper.names.splice(known);
      place.close();
      removeFolder(place.folder);
    }
  });
});
