/** Whatever fails, and wherever the program dies: no message is sent twice, and none is lost without a word. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendDue } from '../../../../functions/mail/sendDue.ts';
import { openSqliteRecordStore } from '../../../../shared/adapters/sqliteRecordStore.ts';
import type { Mailer } from '../../../../shared/ports/mailer.ts';
import type { RecordStore } from '../../../../shared/ports/recordStore.ts';
import { InjectedFault } from '../../../support/faultyStores.ts';
import { clockAt, mailServer, mailServices, mailWorld, type Whim } from '../../../support/mail.ts';

let folder: string;
let records: ReturnType<typeof openSqliteRecordStore>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minutebook-mail-'));
  records = openSqliteRecordStore(join(folder, 'book.sqlite'));
});
afterAll(() => {
  records.close();
  rmSync(folder, { recursive: true });
});

/** What goes wrong in one run: its n-th call to the store fails, before or after it was done, and ends the program or not. */
interface Harm {
  readonly call: number;
  readonly when: 'before' | 'after';
  readonly isDeath: boolean;
}

/** The outside world of one worker, which may die: then it reaches nothing any more. Its calls take turns with those of others. */
function mortal(store: RecordStore, mailer: Mailer, harm: Harm | null, turns: () => number) {
  let calls = 0;
  let isDead = false;
  const call = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let turn = turns(); turn > 0; turn--) await new Promise(setImmediate);
    if (isDead) throw new InjectedFault('dead');
    const isHit = ++calls === harm?.call;
    if (isHit) isDead = harm.isDeath;
    if (isHit && harm.when === 'before') throw new InjectedFault('before');
    const result = await work();
    if (isHit) throw new InjectedFault('after');
    return result;
  };
  return {
    records: {
      get: key => call(() => store.get(key)),
      getMany: keys => call(() => store.getMany(keys)),
      query: query => call(() => store.query(query)),
      commit: writes => call(() => store.commit(writes)),
    } satisfies RecordStore as RecordStore,
    mailer: {
      repeatable: mailer.repeatable,
      send: async message => {
        if (isDead) throw new InjectedFault('dead');
        await mailer.send(message);
      },
    } satisfies Mailer as Mailer,
  };
}

const whims: fc.Arbitrary<Whim> = fc.constantFrom(
  'takes',
  'takes',
  'refuses',
  'refuses this',
  'hangs',
  'fails',
  'takes and hangs',
  'takes and fails',
);

const harm = fc.option(
  fc.record({
    call: fc.integer({ min: 1, max: 25 }),
    when: fc.constantFrom('before', 'after'),
    isDeath: fc.boolean(),
  }),
);

const schedule = fc.record({
  people: fc.integer({ min: 1, max: 4 }),
  /** Runs one after the other, or two at once, with the minutes until the next. */
  rounds: fc.array(
    fc.record({ workers: fc.array(harm, { minLength: 1, maxLength: 2 }), minutes: fc.nat({ max: 40 }) }),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
  whims: fc.array(whims, { maxLength: 6 }),
  turns: fc.infiniteStream(fc.nat({ max: 2 })),
});

type Schedule = typeof schedule extends fc.Arbitrary<infer Value> ? Value : never;

const opened = '2026-03-02T15:00:00.000Z';

/** Lives through a schedule; then nothing fails any more, until all is done. @returns what became of whose message. */
async function live({ people, rounds, whims: list, turns }: Schedule, repeatable: boolean) {
  const world = mailWorld(records);
  await world.found();
  const clock = clockAt(opened);
  const voters = await world.seat(people);
  await world.seat(1);
  const id = await world.open(voters, opened, '2026-03-03T14:00:00.000Z');
  const left = [...list];
  const server = mailServer(() => left.shift() ?? 'takes', repeatable);
  const said: string[] = [];
  const run = async (harmed: Harm | null, turn: () => number) => {
    const reached = mortal(records, server.mailer, harmed, turn);
    const { services, log } = mailServices(reached.records, reached.mailer, clock.now);
    await sendDue(services, { atOnce: 2, patienceMilliseconds: 10, isOver: () => false }).catch(error => {
      if (!(error instanceof InjectedFault)) throw error;
    });
    said.push(...log.filter(line => line.operation === 'mailUnknown').map(line => String(line.internal)));
  };
  for (const { workers, minutes } of rounds) {
    await Promise.all(workers.map(harmed => run(harmed, () => turns.next().value)));
    clock.pass(minutes);
  }
  left.length = 0;
  for (let tries = 0; tries < 8; tries++, clock.pass(16)) await run(null, () => 0);
  expect(await world.waiting(id)).toEqual([]);
  const got = server.to();
  expect(got.filter(person => !voters.includes(String(person)))).toEqual([]);
  return await Promise.all(
    voters.map(async voter => ({
      times: got.filter(person => person === voter).length,
      state: await world.sendingOf(`vote-opened~${id}~${opened}`, voter),
      isSaid: said.some(line => line.includes(voter)),
    })),
  );
}

it('sends no message twice, and loses none without a word, over a thousand schedules', async () => {
  let unknown = 0;
  await fc.assert(
    fc.asyncProperty(schedule, async plan => {
      for (const { times, state, isSaid } of await live(plan, false)) {
        if (state === 'unknown') {
          unknown++;
          expect({ isTwice: times > 1, isSaid }).toEqual({ isTwice: false, isSaid: true });
        } else {
          expect({ times, state }).toEqual({ times: 1, state: 'sent' });
        }
      }
    }),
    { numRuns: 1000 },
  );
  // The schedules do reach what this is about.
  expect(unknown).toBeGreaterThan(100);
}, 240_000);

it('loses none at all where the same message may be sent again', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async plan => {
      for (const { times, state } of await live(plan, true))
        expect({ times, state }).toEqual({ times: 1, state: 'sent' });
    }),
    { numRuns: 300 },
  );
}, 240_000);

it('gives up nothing while every answer says what became of the message', async () => {
  const tame = schedule.map(plan => ({
    ...plan,
    rounds: plan.rounds.map(round => ({ ...round, workers: round.workers.map(() => null) })),
    whims: plan.whims.map((whim): Whim => (whim.startsWith('refuses') ? whim : 'takes')),
  }));
  await fc.assert(
    fc.asyncProperty(tame, async plan => {
      for (const { times, state } of await live(plan, false))
        expect({ times, state }).toEqual({ times: 1, state: 'sent' });
    }),
    { numRuns: 200 },
  );
}, 240_000);
