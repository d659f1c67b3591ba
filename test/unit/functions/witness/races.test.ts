// A hundred requests at once, of both sides of a fork, to two processes on one store: never are both cosigned, whatever fails meanwhile.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer } from '../../../../functions/witness/answer.ts';
import { cosignedKey, type WitnessServices } from '../../../../functions/witness/services.ts';
import { dynamoRecordStore } from '../../../../shared/adapters/dynamoRecordStore.ts';
import { openFileSigner } from '../../../../shared/adapters/fileSigner.ts';
import { openSqliteRecordStore } from '../../../../shared/adapters/sqliteRecordStore.ts';
import type { VerifierKey } from '../../../../shared/core/log/notes.ts';
import type { RecordStore } from '../../../../shared/ports/recordStore.ts';
import type { Signer } from '../../../../shared/ports/signer.ts';
import { cosignedHeads } from '../../../support/cosignedHeads.ts';
import { createTables, dynamoClient, dynamoLocalMissing, sharedDynamoLocal } from '../../../support/dynamoLocal.ts';
import { ownKey, witnessServices } from '../../../support/ownWitness.ts';
import { historyOf, type KeyPair, newKeyPair } from '../../../support/witnessedLog.ts';

const root = mkdtempSync(join(tmpdir(), 'minutebook-races-'));
let signer: Signer;
let key: VerifierKey;
beforeAll(async () => {
  signer = await openFileSigner(join(root, 'key.pem'));
  key = await ownKey(signer);
});
const closing: (() => void)[] = [() => rmSync(root, { recursive: true })];
afterAll(() => {
  for (const close of closing.toReversed()) close();
});

const requests = 100;
const shared = 20;
const most = 300;

type Open = () => Promise<RecordStore[]>;

/** Two processes on one file. */
const onSqlite: Open = async () => {
  const file = join(mkdtempSync(join(root, 'store-')), 'witness.sqlite');
  const stores = [openSqliteRecordStore(file), openSqliteRecordStore(file)];
  closing.push(...stores.map(store => () => store.close()));
  return stores;
};

const onDynamo: Open = async () => {
  const endpoint = await sharedDynamoLocal();
  const { client, tables } = await createTables(endpoint);
  const clients = [client, dynamoClient(endpoint)];
  closing.push(...clients.map(one => () => one.destroy()));
  return clients.map(one => dynamoRecordStore({ client: one, tables }));
};

/** Fails now and then, before a commit or behind it. */
const failing = (records: RecordStore): RecordStore => ({
  ...records,
  get: key => records.get(key),
  async commit(writes) {
    const fate = Math.random();
    if (fate < 0.15) throw new Error('before');
    await records.commit(writes);
    if (fate > 0.85) throw new Error('behind');
  },
});

async function race(stores: readonly RecordStore[], log: KeyPair) {
  const sides = [historyOf(log, most, 'left', shared), historyOf(log, most, 'right', shared)];
  const cosigned = cosignedHeads(key, sides, shared);
  const processes = stores.map(records => witnessServices(records, signer, [log]).services);
  const ask = (services: WitnessServices, old: number, side: number, size: number) =>
    answer(
      { method: 'POST', path: '/add-checkpoint', body: Buffer.from(sides[side]?.request(old, size) ?? '') },
      services,
    );
  const statuses = await Promise.all(
    Array.from({ length: requests }, async (_, index) => {
      const services = processes[index % processes.length] as WitnessServices;
      const side = Math.floor(index / 2) % 2;
      let old = 0;
      // As a log does it: from the size that the witness says, each a little larger.
      for (let attempt = 0; attempt < 4; attempt++) {
        const size = Math.min(most, Math.max(old, 15 + attempt * 40 + (index % 30)));
        const { status, body } = await ask(services, old, side, size);
        if (status === 200) {
          cosigned.take(side, size, body);
          old = size;
        } else if (status === 409) old = Number(body);
        else if (status !== 503 && status !== 500) return status;
      }
      return 200;
    }),
  );
  cosigned.check();
  const kept = await stores[0]?.get(cosignedKey(log.key.name));
  expect(kept?.data.size).toBeGreaterThanOrEqual(cosigned.largest());
  return { cosigned: cosigned.heads, statuses };
}

describe.each<[string, Open, number, string | undefined]>([
  ['SQLite', onSqlite, 3, undefined],
  ['DynamoDB Local', onDynamo, 1, dynamoLocalMissing()],
])('a witness on %s', { timeout: 120_000 }, (_, open, rounds, missing) => {
  it.skipIf(missing !== undefined)(`cosigns one side of a fork only, of ${requests} requests at once`, async () => {
    const stores = await open();
    for (let round = 0; round < rounds; round++) {
      const log = newKeyPair(`book${round}.example.org/log`, 'ed25519');
      const { cosigned, statuses } = await race(stores, log);
      expect(cosigned.some(({ size }) => size > shared)).toBe(true);
      // Those of the other side were told so in the end.
      expect(statuses).toContain(422);
      expect(statuses.every(status => [200, 400, 422].includes(status))).toBe(true);
    }
  });

  it.skipIf(missing !== undefined)('does so with a store that fails, or keeps and then fails', async () => {
    const stores = (await open()).map(failing);
    for (let round = 0; round < rounds; round++) {
      await race(stores, newKeyPair(`failing${round}.example.org/log`, 'ed25519'));
    }
  });
});
