/** A log of a million entries: what a proof takes. And what sealing takes on AWS. */
import { v7 } from 'uuid';
import { hashReader } from '../functions/sequence/hashes.ts';
import { sequence } from '../functions/sequence/sequence.ts';
import { itemBytes } from '../shared/adapters/itemLimits.ts';
import { sealingRecordStore } from '../shared/adapters/sealingRecordStore.ts';
import { checkpointText } from '../shared/core/log/checkpoints.ts';
import { withOutbox } from '../shared/core/log/outbox.ts';
import { proofFileText } from '../shared/core/log/proofFiles.ts';
import { consistencyPlan, inclusionPlan, type ProofPlan, proofOf } from '../shared/core/log/proofs.ts';
import { entryBytes } from '../shared/core/log/seals.ts';
import { tileBytes, tilePath } from '../shared/core/log/tiles.ts';
import { type Edge, emptyEdge, grow, leafHash, rootOf, sha256Bytes } from '../shared/core/log/tree.ts';
import { changeRecord } from '../shared/core/records.ts';
import type { Item, RecordStore, Write } from '../shared/ports/recordStore.ts';
import { newKey, openOnFiles, origin, removeFolder, servicesOf } from '../test/support/sequenced.ts';
import { around } from '../test/support/sequencerFaults.ts';
import { printTable, quantile, round } from './table.ts';

const entries = 1_000_000;

export async function logAtScale(): Promise<void> {
  await proofs();
  await callsOnAws();
}

async function proofs(): Promise<void> {
  const files = new Map<string, Uint8Array>();
  let edge: Edge = emptyEdge;
  const started = performance.now();
  for (let from = 0; from < entries; from += 10_000) {
    const leaves = Array.from({ length: 10_000 }, (_, index) =>
      leafHash(entryBytes({ at: '2026-01-01T00:00:00.000Z', seal: sha256Bytes(Buffer.from(`${from + index}`)) })),
    );
    const growth = grow(edge, leaves);
    edge = growth.edge;
    for (const tile of growth.tiles) files.set(tilePath(tile), tileBytes(tile.hashes));
  }
  const seconds = (performance.now() - started) / 1000;
  const reads: string[] = [];
  const store = {
    read: async (path: string) => {
      reads.push(path);
      return files.get(path);
    },
  };
  const signed = {
    checkpoint: { origin, size: entries, root: rootOf(edge), extensions: [] },
    note: {
      text: checkpointText({ origin, size: entries, root: rootOf(edge), extensions: [] }),
      signatures: [{ name: origin, id: '00000000', bytes: new Uint8Array(64) }],
    },
  };
  const measured = async (what: string, plans: readonly ProofPlan[]) => {
    const all = { hashes: [] as number[], reads: [] as number[], bytes: [] as number[], ms: [] as number[] };
    for (const plan of plans) {
      reads.length = 0;
      const began = performance.now();
      const hashes = proofOf(plan, await hashReader(plan.flat(), entries, store));
      all.ms.push(performance.now() - began);
      all.hashes.push(hashes.length);
      all.reads.push(reads.length);
      all.bytes.push(proofFileText({ extra: null, index: 0, hashes, signed }).length);
    }
    const most = (values: readonly number[]) => Math.max(...values);
    return {
      what,
      'hashes, at most': most(all.hashes),
      'files read, at most': most(all.reads),
      'bytes, at most': most(all.bytes),
      'p50 ms': round(quantile(all.ms), 2),
    };
  };
  const some = Array.from({ length: 1000 }, (_, place) => Math.floor(((place + 0.5) * entries) / 1000));
  printTable(`A log of ${entries} entries (its tiles took ${round(seconds, 1)} seconds)`, [
    await measured(
      'entry, as a tlog-proof file',
      some.map(index => inclusionPlan(index, entries)),
    ),
    await measured(
      'consistency with an earlier size',
      some.map(size => consistencyPlan(size, entries)),
    ),
  ]);
}

/** List prices of us-east-1 in US dollars: on-demand DynamoDB, S3 Standard, asymmetric keys of KMS. */
const prices = { writeUnit: 0.625e-6, readUnit: 0.125e-6, put: 5e-6, get: 0.4e-6, sign: 15e-6 };

interface Tally {
  transactions: number;
  reads: number;
  writeUnits: number;
  readUnits: number;
  puts: number;
  gets: number;
  signs: number;
}

/** Each call of a port is one of the SDK, as the adapters for AWS make them; a transaction costs twice its writes. */
async function callsOnAws(): Promise<void> {
  const rows = [];
  for (const batch of [1, 10, 100, 1000]) {
    const place = openOnFiles();
    const services = servicesOf(place, [newKey()]);
    await sequence(services);
    const tally: Tally = { transactions: 0, reads: 0, writeUnits: 0, readUnits: 0, puts: 0, gets: 0, signs: 0 };
    const counted = around(
      { ...services, records: sealingRecordStore(counting(place.records, tally)) },
      (name, call) => {
        if (name.startsWith('store.putNew') || name.startsWith('store.replace')) tally.puts++;
        else if (name.startsWith('store.')) tally.gets++;
        else if (name === 'signer.sign') tally.signs++;
        return call();
      },
    );
    const runs = Math.max(1, Math.ceil(200 / batch));
    for (let run = 0; run < runs; run++) {
      for (let index = 0; index < batch; index++) await commit(index, place.records, tally);
      await sequence(counted);
    }
    const thousand = 1000 / (runs * batch);
    const cost =
      tally.writeUnits * prices.writeUnit +
      tally.readUnits * prices.readUnit +
      tally.puts * prices.put +
      tally.gets * prices.get +
      tally.signs * prices.sign;
    const per = (count: number) => round(count * thousand);
    rows.push({
      'events in a run': batch,
      transactions: per(tally.transactions),
      reads: per(tally.reads),
      'write units': per(tally.writeUnits),
      'read units': per(tally.readUnits),
      'S3 PUT': per(tally.puts),
      'S3 GET': per(tally.gets),
      'KMS Sign': per(tally.signs),
      dollars: round(cost * thousand, 4),
    });
    place.close();
    removeFolder(place.folder);
  }
  printTable(
    'Calls on AWS for a thousand events, half of them with something said in public, and what they cost (list prices)',
    rows,
  );
}

/** What a commit takes more because it is to be sealed. */
async function commit(index: number, records: RecordStore, tally: Tally): Promise<void> {
  const kind = index % 2 === 0 ? 'person' : 'log-key';
  const act = { operation: 'benchmark', by: null, at: new Date().toISOString(), eventId: v7() };
  const record = { key: 'x'.repeat(200), name: 'Somebody' };
  const { writes } = changeRecord(kind, v7(), undefined, record, act);
  const all = withOutbox(writes);
  tally.writeUnits += unitsOf(all) - unitsOf(writes);
  await records.commit(all);
}

const unitsOf = (writes: readonly Write[]) =>
  writes.reduce((sum, write) => sum + 2 * ('put' in write ? Math.ceil(itemBytes(write.put) / 1024) : 1), 0);

/** A read that sees everything costs a unit for every 4 KB; a query those of all its items together. */
function counting(records: RecordStore, tally: Tally): RecordStore {
  const unitsFor = (bytes: number) => Math.max(1, Math.ceil(bytes / 4096));
  const of = (item: Item | undefined) => (item === undefined ? 0 : itemBytes(item));
  return {
    async get(key) {
      const item = await records.get(key);
      tally.reads++;
      tally.readUnits += unitsFor(of(item));
      return item;
    },
    async getMany(keys) {
      const items = await records.getMany(keys);
      tally.reads++;
      tally.readUnits += items.reduce((sum, item) => sum + unitsFor(of(item)), 0);
      return items;
    },
    async query(query) {
      const page = await records.query(query);
      tally.reads++;
      tally.readUnits += unitsFor(page.items.reduce((sum, item) => sum + of(item), 0));
      return page;
    },
    async commit(writes) {
      tally.transactions++;
      tally.writeUnits += unitsOf(writes);
      await records.commit(writes);
    },
  };
}
