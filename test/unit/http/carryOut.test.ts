// Commands are carried out once: in conflicts, in repetitions, and when a key is remembered, forgotten or taken by somebody else.
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { Route } from '../../../shared/contract/route.ts';
import { type Caller, rolesOn } from '../../../shared/core/authorisation.ts';
import {
  AlreadyExistsError,
  BusyError,
  IdempotencyKeyReusedError,
  VersionConflictError,
} from '../../../shared/errors.ts';
import { carryOut } from '../../../shared/http/carryOut.ts';
import { rememberedSeconds } from '../../../shared/http/idempotency.ts';
import type { Decision, Services } from '../../../shared/http/operation.ts';
import type { Key } from '../../../shared/ports/recordStore.ts';
import { type Asking, callEventOf } from './events.ts';
import { HeldRecords } from './heldRecords.ts';

const counterKey: Key = { table: 'records', partition: 'counter', sort: 'record' };
const route: Route = {
  method: 'POST',
  path: '/v1/bodies',
  summary: 's',
  answer: z.unknown(),
  status: 201,
  command: 'creates',
  example: { answer: null },
};
const began = Date.parse('2024-01-01T00:00:00.000Z');
const ann: Caller = { personId: 'ann', roles: rolesOn([], ''), bodies: new Set() };
const annSignIn = { issuer: 'https://issuer.example', subject: 'ann', email: null };

interface Sent extends Asking {
  readonly key?: string;
  readonly caller?: Caller;
  readonly subject?: string;
  readonly secondsLater?: number;
  readonly answeredOnce?: true;
}

/** A book of one number; the command adds one to it. With a key for each run it begins a number of its own each time. */
function counting(keyOf: (run: number) => Key = () => counterKey) {
  const records = new HeldRecords();
  let runs = 0;
  const run = async (): Promise<Decision<unknown>> => {
    const key = keyOf(++runs);
    const before = await records.get(key);
    const [count, version] = [Number(before?.data.count ?? 0) + 1, (before?.version ?? 0) + 1];
    const expect = before === undefined ? 'absent' : { version: before.version };
    return {
      body: { count },
      version,
      location: `/v1/${count}`,
      writes: [{ put: { key, version, data: { count } }, expect }],
    };
  };
  const services = { records, newId: () => 'new-id' } as unknown as Services;
  const send = ({ key, caller = ann, subject = 'ann', secondsLater = 0, answeredOnce, ...asking }: Sent = {}) => {
    const implementation = { route: { ...route, ...(answeredOnce && { answeredOnce }) }, run };
    const call = {
      startedAt: new Date(began + secondsLater * 1000),
      operation: { id: 'createBody', implementation } as never,
      caller,
      identity: { ...annSignIn, subject },
      idempotencyKey: key ?? null,
    };
    return carryOut(callEventOf(call, { method: 'POST', path: '/v1/bodies', body: '{}', ...asking }), services);
  };
  const count = async () => (await records.get(counterKey))?.data.count ?? 0;
  return { records, send, count, runs: () => runs };
}

describe('a conflict', () => {
  it('makes the command read and decide again, and be carried out once', async () => {
    const { records, send, count, runs } = counting();
    records.interfere = async () => {
      await send();
    };
    expect(JSON.parse((await send()).body ?? '')).toEqual({ count: 2 });
    expect([await count(), runs()]).toEqual([2, 3]);
  });

  it('that never ends is given up with nothing written', async () => {
    const { records, send, runs } = counting();
    const conflict = () => {
      records.interfere = conflict;
      throw new VersionConflictError([]);
    };
    records.interfere = conflict;
    await expect(send({ key: 'k' })).rejects.toThrow(BusyError);
    expect(records.items.size).toBe(0);
    expect(runs()).toBe(12);
  });

  it('is the only failure after which anything is tried again', async () => {
    const { records, send, runs } = counting();
    records.interfere = () => {
      throw new Error('the network is down');
    };
    await expect(send()).rejects.toThrow('the network is down');
    expect(runs()).toBe(1);
  });
});

describe('an Idempotency-Key', () => {
  it('sent again is given the same answer, and nothing is carried out again', async () => {
    const { records, send, count, runs } = counting();
    const first = await send({ key: 'k' });
    expect(await send({ key: 'k', secondsLater: 60 })).toEqual(first);
    expect(first).toMatchObject({ statusCode: 201, headers: { location: '/v1/1' }, body: '{"count":1}' });
    expect([await count(), runs(), records.commits]).toEqual([1, 1, 1]);
  });

  it('is remembered in the very commit of the change: with it or not at all', async () => {
    const { records, send, count } = counting();
    records.interfere = () => {
      throw new Error('crashed before the commit');
    };
    await expect(send({ key: 'k' })).rejects.toThrow('crashed');
    expect(records.items.size).toBe(0);
    await send({ key: 'k' });
    expect([await count(), records.commits, records.items.size]).toEqual([1, 1, 2]);
  });

  it('sent twice at once is carried out once, and both are given the same answer', async () => {
    const { records, send, count } = counting();
    let inner: unknown;
    records.interfere = async () => {
      inner = await send({ key: 'k' });
    };
    expect(await send({ key: 'k' })).toEqual(inner);
    expect(await count()).toBe(1);
  });

  it("sent twice at once is carried out once even when the two would not get in each other's way", async () => {
    const { records, send } = counting(run => ({ ...counterKey, partition: `counter-${run}` }));
    records.interfere = async () => {
      await send({ key: 'k' });
    };
    await send({ key: 'k' });
    expect([...records.items.values()].filter(item => item.key.table === 'records')).toHaveLength(1);
  });

  it('whose answer was lost after the commit is answered when it is sent again', async () => {
    const { records, send, count } = counting();
    const commit = records.commit.bind(records);
    records.commit = async writes => {
      records.commit = commit;
      await commit(writes);
      throw new Error('the connection broke after the commit');
    };
    await expect(send({ key: 'k' })).rejects.toThrow('broke');
    expect(JSON.parse((await send({ key: 'k' })).body ?? '')).toEqual({ count: 1 });
    expect(await count()).toBe(1);
  });

  it.each<[string, Asking]>([
    ['another body', { body: '{"a":1}' }],
    ['another address', { path: '/v1/people' }],
    ['another query', { query: 'a=1' }],
    ['another method', { method: 'PUT' }],
    ['another If-Match', { headers: { 'if-match': '"2"' } }],
  ])('is refused for %s', async (_what, asking) => {
    const { send, count } = counting();
    await send({ key: 'k' });
    await expect(send({ key: 'k', ...asking })).rejects.toThrow(IdempotencyKeyReusedError);
    expect(await count()).toBe(1);
  });

  it.each<[string, Sent, Sent]>([
    ['of other people', {}, { caller: { ...ann, personId: 'bob' }, subject: 'bob' }],
    [
      'of sign-ins that the book does not know',
      { caller: { ...ann, personId: null } },
      { caller: { ...ann, personId: null }, subject: 'bob' },
    ],
    ['that are spelled otherwise', { key: 'k' }, { key: 'K' }],
  ])('does not meddle with keys %s', async (_what, one, other) => {
    const { send, count } = counting();
    await send({ key: 'k', ...one });
    await send({ key: 'k', ...other });
    expect(await count()).toBe(2);
  });

  it('stays the key of the same caller when the command itself binds the sign-in to a person', async () => {
    const { send, count } = counting();
    const first = await send({ key: 'k', caller: { ...ann, personId: null } });
    expect(await send({ key: 'k', caller: ann })).toEqual(first);
    expect(await count()).toBe(1);
  });

  it.each([
    [rememberedSeconds - 1, 1],
    [rememberedSeconds, 2],
  ])(
    'is remembered for 24 hours to the second: after %i seconds the command was carried out %i times',
    async (secondsLater, times) => {
      const { send, count } = counting();
      await send({ key: 'k' });
      await send({ key: 'k', secondsLater });
      expect(await count()).toBe(times);
    },
  );

  it('that was forgotten may name another request', async () => {
    const { send, count } = counting();
    await send({ key: 'k' });
    await send({ key: 'k', body: '{"a":1}', secondsLater: rememberedSeconds });
    expect(await count()).toBe(2);
  });

  it('of an answer with a secret is refused when it is sent again, and the secret is stored nowhere', async () => {
    const { records, send, count } = counting();
    const { body } = await send({ key: 'k', answeredOnce: true });
    await expect(send({ key: 'k', answeredOnce: true })).rejects.toThrow(AlreadyExistsError);
    expect(await count()).toBe(1);
    const kept = [...records.items.values()].filter(item => item.key.table === 'expiring');
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(JSON.stringify(body).slice(1, -1));
  });

  it('is never stored itself', async () => {
    const { records, send } = counting();
    await send({ key: 'a-key-that-could-be-a-secret' });
    expect(JSON.stringify([...records.items])).not.toContain('a-key-that-could-be-a-secret');
  });
});
