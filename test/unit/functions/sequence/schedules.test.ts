// Random schedules of events, sequencers that meet and stores that fail: never a fork, never an event lost or doubled, and no hand needed.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { hashReader } from '../../../../functions/sequence/hashes.ts';
import { sequence } from '../../../../functions/sequence/sequence.ts';
import type { SequencerServices } from '../../../../functions/sequence/services.ts';
import { openFileLogStore } from '../../../../shared/adapters/fileLogStore.ts';
import { openFileSigner } from '../../../../shared/adapters/fileSigner.ts';
import { sealingRecordStore } from '../../../../shared/adapters/sealingRecordStore.ts';
import { openSqliteRecordStore } from '../../../../shared/adapters/sqliteRecordStore.ts';
import { readCheckpoint } from '../../../../shared/core/log/checkpoints.ts';
import { verifierKey } from '../../../../shared/core/log/notes.ts';
import { consistencyPlan, type Head, isConsistent, proofOf } from '../../../../shared/core/log/proofs.ts';
import type { EventName } from '../../../../shared/core/log/sequencing.ts';
import { changeRecord } from '../../../../shared/core/records.ts';
import { checkLog, checkSealed } from '../../../support/logCheck.ts';

const schedules = Number(process.env.MINUTEBOOK_SCHEDULES ?? 40);
const seedBase = Number(process.env.MINUTEBOOK_SEED ?? Math.floor(Math.random() * 1e9));
const root = mkdtempSync(join(tmpdir(), 'minutebook-log-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

class InjectedFault extends Error {}

/** Numbers that are the same for the same seed. */
function chance(seed: number): () => number {
  let count = 0;
  return () => createHash('sha256').update(`${seed}/${count++}`).digest().readUInt32BE(0) / 2 ** 32;
}

function failing<Store extends object>(store: Store, next: () => number, rate: () => number): Store {
  return new Proxy(store, {
    get: (target, property) => {
      const method = Reflect.get(target, property) as (...args: unknown[]) => Promise<unknown>;
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        const fate = next();
        // So that runs overtake one another at every call.
        if (next() < 0.15) await pause(next() ** 3 * 30);
        if (fate < rate()) throw new InjectedFault(`before ${String(property)}`);
        const result = await method.apply(target, args);
        if (fate > 1 - rate()) throw new InjectedFault(`after ${String(property)}`);
        return result;
      };
    },
  });
}

describe('the log', () => {
  it(`survives ${schedules} random schedules (MINUTEBOOK_SEED=${seedBase})`, { timeout: 600_000 }, async () => {
    const signer = await openFileSigner(join(root, 'key.pem'));
    const key = verifierKey('book.example.org/log', 'ed25519', await signer.publicKey());
    for (let round = 0; round < schedules; round++) {
      const next = chance(seedBase + round);
      const folder = mkdtempSync(join(root, 'schedule-'));
      const file = openSqliteRecordStore(join(folder, 'book.sqlite'));
      const records = sealingRecordStore(file);
      const store = openFileLogStore(join(folder, 'log'));
      let rate = 0.08;
      let salts = 0;
      const services = (): SequencerServices => ({
        records: failing(records, next, () => rate),
        store: failing(store, next, () => rate),
        signers: [failing(signer, next, () => rate / 4)],
        origin: key.name,
        witnesses: [],
        now: () => new Date(),
        newId: () => '',
        newSalt: () => createHash('sha256').update(`${seedBase}/${round}/salt/${salts++}`).digest(),
        log: () => {},
      });
      const names: EventName[] = [];
      const heads: Head[] = [];
      const look = async () => {
        const raw = await store.readCheckpoint();
        const checkpoint = raw && readCheckpoint(raw.content)?.checkpoint;
        if (checkpoint) heads.push(checkpoint);
      };
      const happen = async () => {
        const many = Math.floor(next() * next() * 120) + 1;
        for (let count = 0; count < many; count++) {
          const id = `${names.length}`.padStart(12, '0');
          const act = { operation: 'test', by: null, at: new Date().toISOString(), eventId: `${round}-${id}` };
          // Of a body something is said in public, of a person nothing.
          const kind = next() < 0.5 ? 'body' : 'person';
          await records.commit(changeRecord(kind, id, undefined, { name: `Somebody ${id}` }, act).writes);
          names.push({ kind, id, version: 1 });
        }
      };
      try {
        for (let step = 0; step < 4 + next() * 6; step++) {
          await happen();
          const runs = 1 + Math.floor(next() * 3);
          const ends = await Promise.allSettled(Array.from({ length: runs }, () => sequence(services())));
          for (const end of ends) {
            if (end.status === 'rejected' && !(end.reason instanceof InjectedFault)) throw end.reason;
          }
          await look();
        }
        rate = 0;
        await sequence(services());
        await look();
        const log = await checkLog(store, key);
        await checkSealed(records, log.entries, names);
        expect(log.size).toBeGreaterThan(names.length);
        for (const before of heads) {
          const plan = consistencyPlan(before.size, log.size);
          const hashOf = await hashReader(plan.flat(), log.size, store);
          if (!isConsistent(before, log, proofOf(plan, hashOf))) throw new Error(`a fork at ${before.size}`);
        }
      } catch (error) {
        throw new Error(`seed ${seedBase}, schedule ${round}`, { cause: error });
      } finally {
        file.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }
  });
});
