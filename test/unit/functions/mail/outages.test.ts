/** What becomes of mail when the server of the mail fails, when there is much of it, and when it is late. */
import { beforeEach, describe, expect, it } from 'vitest';
import { sendDue } from '../../../../functions/mail/sendDue.ts';
import type { Mailer } from '../../../../shared/ports/mailer.ts';
import { limits } from '../../../support/mail.ts';
import { soon, sorted, threeDays, useMailBook } from '../../../support/mailRun.ts';

const { book, post } = useMailBook();
let { records, world, clock } = {} as ReturnType<typeof book>;
beforeEach(() => {
  ({ records, world, clock } = book());
});

describe('a mail server that fails', () => {
  it('for hours delays, and loses and doubles nothing', async () => {
    const voters = await world.seat(5);
    const id = await world.open(voters, clock.at(), threeDays);
    let isBack = false;
    const { run, to, log } = post(() => (isBack ? 'takes' : 'refuses'));
    let tries = 0;
    for (let minute = 0; minute < 6 * 60; minute++, clock.pass(1)) {
      const before = log.length;
      await run();
      tries += log.length - before;
    }
    expect(to()).toEqual([]);
    // After 1, 2, 4, ... minutes, and every hour in the end: one message each time.
    expect(tries).toBe(11);
    isBack = true;
    for (let minute = 0; minute < 61; minute++, clock.pass(1)) await run();
    expect(sorted(to())).toEqual(sorted(voters));
    expect(await world.waiting(id)).toHaveLength(1);
  });

  it('for one message only delays that one', async () => {
    const voters = await world.seat(12);
    await world.open(voters, clock.at(), soon);
    const { run, to } = post(['takes', 'refuses this', 'takes', 'refuses this']);
    await run();
    expect(to()).toHaveLength(10);
    clock.pass(1);
    await run();
    expect(sorted(to())).toEqual(sorted(voters));
  });

  it('by silence costs at most the messages that were on their way, and the operator is told', async () => {
    const voters = await world.seat(20);
    const id = await world.open(voters, clock.at(), soon);
    const { run, to, log } = post(['hangs']);
    await run({ patienceMilliseconds: 10 });
    expect(log.map(line => line.operation)).toEqual(['mailUnknown']);
    clock.pass(1);
    await run();
    expect(to()).toHaveLength(19);
    expect(await world.waiting(id)).toEqual([]);
    const [missing = ''] = voters.filter(voter => !to().includes(voter));
    expect(log[0]?.internal).toContain(missing);
    expect(await world.sendingOf(`vote-opened~${id}~2026-03-02T15:00:00.000Z`, missing)).toBe('unknown');
  });

  it('by silence costs nothing where a message may be sent again', async () => {
    const voters = await world.seat(6);
    await world.open(voters, clock.at(), soon);
    const { run, to } = post(['hangs', 'takes', 'takes and hangs'], true);
    for (let tries = 0; tries < 4; tries++, clock.pass(5)) await run({ patienceMilliseconds: 10 });
    expect(sorted(to())).toEqual(sorted(voters));
  });

  it('is asked once in a run, and the next mailing is not made to wait for the first', async () => {
    const voters = await world.seat(1);
    await world.open(voters, clock.at(), soon);
    await world.open(voters, clock.at(), soon);
    const { run, taken, log } = post(['refuses']);
    await run();
    expect(taken).toEqual([]);
    expect(log).toHaveLength(1);
    await run();
    expect(taken).toHaveLength(1);
    clock.pass(1);
    await run();
    expect(taken).toHaveLength(2);
  });
});

it('sends nothing that is a month late, and says so', async () => {
  const id = await world.open(await world.seat(2), clock.at(), '2026-06-02T15:00:00.000Z');
  clock.pass(31 * 24 * 60);
  const { run, taken, log } = post();
  await run();
  expect(taken).toEqual([]);
  expect(log.map(line => line.internal)).toEqual([expect.stringContaining(`vote-opened~${id}`)]);
  expect(await world.waiting(id)).toHaveLength(1);
});

it('begins nothing after its time, and goes on where it stopped', async () => {
  const voters = await world.seat(30);
  const id = await world.open(voters, clock.at(), soon);
  const { run, to, taken } = post(() => {
    clock.pass(1);
    return 'takes';
  });
  const until = clock.now().getTime() + 9 * 60_000;
  await run({ isOver: () => clock.now().getTime() > until });
  expect(taken.length).toBeLessThan(15);
  expect(taken.length).toBeGreaterThan(8);
  expect(await world.waiting(id)).toHaveLength(1);
  clock.pass(1);
  await run();
  expect(sorted(to())).toEqual(sorted(voters));
  expect(await world.waiting(id)).toEqual([]);
});

it('takes three calls for each of 1,600 people, and some for every hundred', async () => {
  const voters = await world.seat(1600);
  const id = await world.open(voters, clock.at(), soon);
  let calls = 0;
  let most = 0;
  const onTheirWay = new Set<string>();
  const { taken, services } = post();
  const counted = new Proxy(records, {
    get: (store, name) => {
      const method = Reflect.get(store, name) as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        calls++;
        return method.apply(store, args);
      };
    },
  });
  const mailer: Mailer = {
    repeatable: false,
    async send(message) {
      onTheirWay.add(message.id);
      most = Math.max(most, onTheirWay.size);
      await services.mailer.send(message);
      await new Promise(setImmediate);
      onTheirWay.delete(message.id);
    },
  };
  await sendDue({ ...services, records: counted, mailer }, limits);
  expect(taken).toHaveLength(1600);
  expect(new Set(taken.map(({ to }) => to.address)).size).toBe(1600);
  expect(calls).toBeLessThan(3 * 1600 + 100);
  expect(most).toBe(limits.atOnce);
  expect(await world.waiting(id)).toEqual([]);
});
