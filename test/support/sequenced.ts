/** A book with a log, for tests of the sequencer: on SQLite and files, or on DynamoDB Local and S3. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { hashReader } from '../../functions/sequence/hashes.ts';
import type { SequencerServices } from '../../functions/sequence/services.ts';
import { dynamoRecordStore } from '../../shared/adapters/dynamoRecordStore.ts';
import { openFileLogStore } from '../../shared/adapters/fileLogStore.ts';
import { s3LogStore } from '../../shared/adapters/s3LogStore.ts';
import { sealingRecordStore } from '../../shared/adapters/sealingRecordStore.ts';
import { openSqliteRecordStore } from '../../shared/adapters/sqliteRecordStore.ts';
import { readCheckpoint } from '../../shared/core/log/checkpoints.ts';
import { introductionOf } from '../../shared/core/log/keys.ts';
import { type VerifierKey, verifierKey } from '../../shared/core/log/notes.ts';
import { consistencyPlan, type Head, isConsistent, proofOf } from '../../shared/core/log/proofs.ts';
import type { EventName } from '../../shared/core/log/sequencing.ts';
import { changeRecord, type RecordKind, type Stored } from '../../shared/core/records.ts';
import type { LogLine } from '../../shared/http/log.ts';
import type { LogStore } from '../../shared/ports/logStore.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import type { Signer } from '../../shared/ports/signer.ts';
import { createTables, sharedDynamoLocal } from './dynamoLocal.ts';
import { checkLog, checkSealed } from './logCheck.ts';
import { createBuckets, sharedS3Server } from './s3Server.ts';

export const origin = 'book.example.org/log';

/** Where records and log lie, without sealing. */
export interface LogPlace {
  readonly records: RecordStore;
  readonly store: LogStore;
  /** Of the embedded one. */
  readonly folder: string | null;
  close(): void;
}

export function openOnFiles(folder = mkdtempSync(join(tmpdir(), 'minutebook-log-'))): LogPlace & { folder: string } {
  const records = openSqliteRecordStore(join(folder, 'book.sqlite'));
  const store = openFileLogStore(join(folder, 'log'));
  return { records, store, folder, close: () => records.close() };
}

export async function openOnAws(): Promise<LogPlace> {
  const { client, tables } = await createTables(await sharedDynamoLocal());
  const { client: s3, archive } = await createBuckets(await sharedS3Server());
  return {
    records: dynamoRecordStore({ client, tables }),
    store: s3LogStore({ client: s3, bucket: archive, prefix: 'log/' }),
    folder: null,
    close: () => {
      client.destroy();
      s3.destroy();
    },
  };
}

/** The same folder as it is now, elsewhere. The book must be closed. */
export function copyOf(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'minutebook-log-'));
  cpSync(folder, copy, { recursive: true });
  return copy;
}

export const removeFolder = (folder: string) => rmSync(folder, { recursive: true, force: true });

export interface TestKey {
  readonly signer: Signer;
  readonly key: VerifierKey;
}

/** @param name of the log. */
export function newKey(name = origin): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  return {
    key: verifierKey(name, 'ed25519', raw),
    signer: { publicKey: async () => raw, sign: async message => new Uint8Array(sign(null, message, privateKey)) },
  };
}

/** What the sequencer is given, the newest key first. */
export function servicesOf(
  { records, store }: Pick<LogPlace, 'records' | 'store'>,
  keys: readonly TestKey[],
  change: Partial<SequencerServices> = {},
): SequencerServices {
  let salts = 0;
  const seed = v7();
  return {
    records: sealingRecordStore(records),
    store,
    signers: keys.map(({ signer }) => signer),
    origin,
    witnesses: [],
    now: () => new Date(),
    newId: () => v7(),
    newSalt: () => createHash('sha256').update(`${seed}/${salts++}`).digest(),
    log: () => {},
    ...change,
  };
}

/** Somebody who keeps the book: what is committed, and what the log has to have of it. */
export class Keeper {
  readonly names: EventName[] = [];
  readonly lines: LogLine[] = [];
  readonly heads: Head[] = [];
  /** With sealing; replaced when the book is opened again. */
  records: RecordStore;
  private count = 0;

  constructor(records: RecordStore) {
    this.records = records;
  }

  /** Of a key something is said in public, of a person nothing. */
  async enter(kind: 'log-key' | 'person', id = `${kind}-${this.count++}`): Promise<Stored<object>> {
    return this.change(kind, id, undefined, { name: `Somebody ${id}`, key: id });
  }

  async change<Data extends object>(kind: RecordKind, id: string, before: Stored<Data> | undefined, after: Data) {
    const act = { operation: 'test', by: null, at: new Date().toISOString(), eventId: v7() };
    const { stored, writes } = changeRecord(kind, id, before, after, act);
    await this.records.commit(writes);
    this.names.push({ kind, id, version: stored.version });
    return stored;
  }

  /** Remembers what is published. */
  async look({ store }: Pick<LogPlace, 'store'>): Promise<void> {
    const raw = await store.readCheckpoint();
    const checkpoint = raw && readCheckpoint(raw.content)?.checkpoint;
    if (checkpoint) this.heads.push(checkpoint);
  }

  /** @throws {Error} the log is not whole, has not everything once, or has other trees than those that were seen. */
  async check({ records, store }: Pick<LogPlace, 'records' | 'store'>, keys: readonly TestKey[]) {
    const [newest] = keys;
    if (newest === undefined) throw new Error('A log has a key');
    const log = await checkLog(store, newest.key);
    const names = [...this.names, ...keys.map(({ key }) => introductionOf(key))];
    await checkSealed(records, log.entries, names);
    for (const [place, before] of this.heads.entries()) {
      if (before.size < (this.heads[place - 1]?.size ?? 0))
        throw new Error(`${before.size} entries are fewer than before`);
      const plan = consistencyPlan(before.size, log.size);
      const hashOf = await hashReader(plan.flat(), log.size, store);
      if (!isConsistent(before, log, proofOf(plan, hashOf))) throw new Error(`There was a fork at ${before.size}`);
    }
    return log;
  }
}
