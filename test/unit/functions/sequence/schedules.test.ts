// Random schedules of events, sequencers that meet and stores that fail: never a fork, never an event lost or doubled, and no hand needed.
import { describe, expect, it } from 'vitest';
import { sequence } from '../../../../functions/sequence/sequence.ts';
import { sealingRecordStore } from '../../../../shared/adapters/sealingRecordStore.ts';
import { BusyError } from '../../../../shared/errors.ts';
import { dynamoLocalMissing } from '../../../support/dynamoLocal.ts';
import { s3ServerMissing } from '../../../support/s3Server.ts';
import {
  Keeper,
  type LogPlace,
  newKey,
  openOnAws,
  openOnFiles,
  removeFolder,
  servicesOf,
} from '../../../support/sequenced.ts';
import { chance, failingAtRandom, InjectedFault } from '../../../support/sequencerFaults.ts';

const schedules = Number(process.env.MINUTEBOOK_SCHEDULES ?? 40);
const seedBase = Number(process.env.MINUTEBOOK_SEED ?? Math.floor(Math.random() * 1e9));

async function runSchedule(place: LogPlace, seed: number): Promise<void> {
  const next = chance(seed);
  let keys = [newKey()];
  let rate = 0.06;
  const keeper = new Keeper(sealingRecordStore(place.records));
  const run = () => sequence(failingAtRandom(servicesOf(place, keys), next, () => rate));
  for (let steps = 3 + next() * 6; steps > 0; steps--) {
    // Up to some hundred events: several commits, and now and then a full tile.
    const many = Math.ceil(next() * next() * 130);
    await Promise.all(
      Array.from({ length: many }, async () => {
        const [kind, isChanged] = [next() < 0.5 ? ('log-key' as const) : ('person' as const), next() < 0.1];
        const stored = await keeper.enter(kind);
        if (isChanged) await keeper.change(kind, stored.id, stored, { ...stored.data, key: 'Another' });
      }),
    );
    if (next() < 0.15 && keys.length < 3) keys = [newKey(), ...keys];
    const runs = Array.from({ length: 1 + Math.floor(next() * 3) }, run);
    const more = next() < 0.5 ? keeper.enter('log-key') : undefined;
    for (const end of await Promise.allSettled([...runs, more])) {
      const isExpected = end.status === 'fulfilled' || end.reason instanceof InjectedFault;
      // Where runs meet on DynamoDB one of them may give up: it has changed nothing.
      if (!isExpected && !(end.reason instanceof BusyError)) throw end.reason;
    }
    await keeper.look(place);
  }
  rate = 0;
  await sequence(servicesOf(place, keys));
  const log = await keeper.check(place, keys);
  expect(log.size).toBeGreaterThan(keeper.names.length);
}

async function runAll(count: number, open: () => LogPlace | Promise<LogPlace>): Promise<void> {
  for (let round = 0; round < count; round++) {
    const place = await open();
    try {
      await runSchedule(place, seedBase + round);
    } catch (error) {
      throw new Error(`MINUTEBOOK_SEED=${seedBase + round} goes wrong`, { cause: error });
    } finally {
      place.close();
      if (place.folder !== null) removeFolder(place.folder);
    }
  }
}

const missing = dynamoLocalMissing() ?? s3ServerMissing();
/** They take much longer there. */
const onAws = Math.min(10, Math.ceil(schedules / 20));

describe('the log', () => {
  it(
    `survives ${schedules} random schedules on SQLite and files (MINUTEBOOK_SEED=${seedBase})`,
    {
      timeout: 3_600_000,
    },
    async () => runAll(schedules, () => openOnFiles()),
  );

  it.skipIf(missing !== undefined)(
    `survives ${onAws} random schedules on DynamoDB Local and S3 ${missing === undefined ? '' : `(${missing})`}`,
    { timeout: 3_600_000 },
    async () => runAll(onAws, openOnAws),
  );
});
