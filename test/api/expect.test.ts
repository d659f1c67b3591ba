/** The job that expects filings, on both stores: what it makes, renews and takes away; whatever fails, and however many run at once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectFilings } from '../../functions/expect/expectFilings.ts';
import { writeFiling } from '../../functions/filings/write.ts';
import { dynamoRecordStore } from '../../shared/adapters/dynamoRecordStore.ts';
import { openSqliteRecordStore } from '../../shared/adapters/sqliteRecordStore.ts';
import { expectAgain, toExpect } from '../../shared/core/filings/expecting.ts';
import { type YearFigures, yearRow } from '../../shared/core/filings/figures.ts';
import type { Filing } from '../../shared/core/filings/filings.ts';
import { prepare } from '../../shared/core/filings/life.ts';
import { changeRecord, moveRows, recordKey, stored } from '../../shared/core/records.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { createTables, dynamoLocalMissing, sharedDynamoLocal } from '../support/dynamoLocal.ts';
import {
  expectAt,
  keepSince,
  listed,
  listsOf,
  organisationOf,
  servicesAt,
  startedAt,
  worldOf,
} from '../support/expecting.ts';
import { dawdling, failingAt, InjectedFault } from '../support/faultyStores.ts';
import { timeZone } from '../support/filings.ts';

const noBlobs = {} as BlobStore;

interface Opened {
  readonly records: RecordStore;
  readonly close: () => void;
}

let folder: string;
let count = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minutebook-expect-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const openSqlite = async (): Promise<Opened> => {
  const records = openSqliteRecordStore(join(folder, `${count++}.sqlite`));
  return { records, close: () => records.close() };
};
const openDynamo = async (): Promise<Opened> => {
  const { client, tables } = await createTables(await sharedDynamoLocal());
  return { records: dynamoRecordStore({ client, tables }), close: () => client.destroy() };
};

const missing = dynamoLocalMissing();
const columns = [
  { store: 'SQLite', open: openSqlite, skipped: undefined },
  { store: 'DynamoDB Local', open: openDynamo, skipped: missing },
];

const ofYear = (year: number) => `us-irs-return~${year}-12-31`;
const ofReport = (year: number) => `us-va-annual-report~${year}-01-31`;

/** What is owed for periods that end in 2025 or later, on 2 March 2026: until 6 April 2027. */
const all = [ofReport(2025), ofYear(2025), ofReport(2026), ofReport(2027)].sort();

describe.each(columns)('the job that expects filings, on $store', ({ open, skipped }) => {
  let records: RecordStore;
  let close: () => void;
  beforeEach(async context => {
    if (skipped !== undefined) return context.skip(skipped);
    ({ records, close } = await open());
  });
  afterEach(() => close?.());

  /** Figures of a year, as the API records them. */
  async function recordYear(lastDay: string, dollars: number, at = startedAt) {
    const figures: YearFigures = {
      grossReceipts: { amount: dollars * 100, currency: 'USD' },
      totalAssets: { amount: 1000_00, currency: 'USD' },
      unrelatedIncome: null,
      source: 'The books.',
      circumstances: {
        committeesActForBoard: null,
        chapters: null,
        paysTopOfficial: null,
        paysOtherOfficers: null,
        jointVenture: null,
      },
    };
    const item = await records.get(recordKey('fiscal-year', lastDay));
    const before = item === undefined ? undefined : stored<YearFigures>(lastDay, item);
    const act = { operation: 'recordFiscalYear', by: null, at, eventId: v7() };
    const change = changeRecord('fiscal-year', lastDay, before, figures, act);
    await records.commit([...change.writes, ...moveRows([], [yearRow(change.stored)]), expectAgain(at)]);
  }

  it('does nothing before the book is founded, and nothing while nobody said since when filings are kept', async () => {
    await expectAt(records);
    await organisationOf(records, null);
    await records.commit([expectAgain(startedAt)]);
    await expectAt(records);
    expect(await worldOf(records)).toEqual({});
    expect(await listed(records, toExpect)).toEqual([]);
  });

  it('makes every filing that is due from then on until 400 days ahead, with the reminders that lie ahead', async () => {
    await organisationOf(records, '2025-01-01');
    await expectAt(records);
    const world = await worldOf(records);
    expect(Object.keys(world).sort()).toEqual(all);
    for (const { filing, events } of Object.values(world)) {
      expect(events).toEqual(['expectFilings']);
      expect(filing).toMatchObject({ submissions: [], excuse: null, responsible: [] });
    }
    const { open: opened, reminders } = await listsOf(records);
    expect(opened).toHaveLength(4);
    expect(reminders.filter(sort => sort.includes(ofYear(2025))).map(sort => sort.slice(0, 10))).toEqual([
      '2026-03-16',
      '2026-04-15',
      '2026-05-01',
      '2026-05-08',
      '2026-05-14',
    ]);
    expect(reminders.some(sort => sort.includes(ofReport(2026)))).toBe(false);
    expect(await listed(records, toExpect)).toEqual([]);
  });

  it('works once a day, and whenever it is asked to: time alone brings what is due later', async () => {
    await organisationOf(records, '2025-01-01');
    await expectAt(records);
    const calls: string[] = [];
    const watched = (inner: RecordStore) =>
      new Proxy(inner, {
        get: (target, name) => {
          const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
          return (...args: unknown[]) => {
            calls.push(String(name));
            return method.apply(target, args);
          };
        },
      });
    // Still the same day where the organisation is.
    await expectAt(watched(records), '2026-03-03T04:59:00.000Z');
    expect(calls).toEqual(['getMany']);
    await expectAt(watched(records), '2026-03-03T05:00:00.000Z');
    expect(calls.length).toBeGreaterThan(2);
    expect(Object.keys(await worldOf(records)).sort()).toEqual(all);
    // The return for 2026 is due on Monday, 17 May 2027.
    await expectAt(records, '2026-04-11T12:00:00.000Z');
    expect(Object.keys(await worldOf(records))).not.toContain(ofYear(2026));
    await expectAt(records, '2026-04-12T12:00:00.000Z');
    expect(Object.keys(await worldOf(records))).toContain(ofYear(2026));
  });

  it('renews what nobody has touched, and leaves alone what somebody has', async () => {
    await organisationOf(records, '2024-01-01');
    await expectAt(records);
    const id = ofYear(2024);
    const touched = stored<Filing>(id, (await records.get(recordKey('filing', id))) as never);
    const act = { operation: 'prepareFiling', by: null, at: startedAt, eventId: v7() };
    const prepared = prepare(touched.data, '2026-03-01', '2026-03-02');
    await records.commit(writeFiling(id, touched, prepared, { act, timeZone }).writes);
    for (const year of [2020, 2021, 2022, 2023, 2024, 2025]) await recordYear(`${year}-12-31`, 900_000);
    await expectAt(records);
    const world = await worldOf(records);
    expect(world[ofYear(2025)]?.filing.obligation.form).toBe('990');
    expect(world[ofYear(2025)]?.events).toEqual(['expectFilings', 'expectFilings']);
    expect(world[id]?.filing.obligation.form).toBeNull();
    expect(world[id]?.events).toEqual(['expectFilings', 'prepareFiling']);
    for (const year of [2023, 2024, 2025]) await recordYear(`${year}-12-31`, 10_000);
    await expectAt(records);
    expect((await worldOf(records))[ofYear(2025)]?.filing.obligation).toMatchObject({
      form: '990-N',
      extendable: null,
    });
  });

  it('takes away what is owed no more, without removing anything, and expects it again when it is owed again', async () => {
    await organisationOf(records, '2025-01-01');
    await expectAt(records);
    await organisationOf(records, null, { taxStatus: null });
    await records.commit([expectAgain('2026-03-02T15:00:01.000Z')]);
    await expectAt(records);
    const lapsed = (await worldOf(records))[ofYear(2025)];
    expect(lapsed?.filing.excuse).toMatchObject({ lapsed: true });
    expect(lapsed?.events).toHaveLength(2);
    expect((await listsOf(records)).open.some(sort => sort.includes(ofYear(2025)))).toBe(false);
    expect((await worldOf(records))[ofReport(2027)]?.filing.excuse).toBeNull();
    await organisationOf(records, null);
    await records.commit([expectAgain('2026-03-02T15:00:02.000Z')]);
    await expectAt(records);
    const back = (await worldOf(records))[ofYear(2025)];
    expect(back?.filing.excuse).toBeNull();
    expect(back?.events).toHaveLength(3);
    expect((await listsOf(records)).open.some(sort => sort.includes(ofYear(2025)))).toBe(true);
  });

  /** The same store; once, just before a call that is meant, something else happens. */
  function interrupted(store: RecordStore, isMeant: (call: string) => boolean, happen: () => Promise<unknown>) {
    let isOver = false;
    return new Proxy(store, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
        return async (...args: unknown[]) => {
          if (!isOver && isMeant(`${String(name)} ${JSON.stringify(args)}`)) {
            isOver = true;
            await happen();
          }
          return method.apply(target, args);
        };
      },
    });
  }

  it('leaves the last word to whoever knows more', async () => {
    await organisationOf(records, '2025-01-01');
    await expectAt(records);
    await records.commit([expectAgain('2026-03-02T15:00:01.000Z')]);
    const change = async () => {
      await keepSince(records, { since: '2026-01-01' }, '2026-03-02T15:00:02.000Z');
      await expectAt(records);
    };
    // It has read what decides, and not yet what there is, when that changes and somebody else does all the work.
    const slow = interrupted(records, call => call.startsWith('query') && call.includes('filings-open'), change);
    await expectAt(slow);
    expect((await worldOf(records))[ofYear(2025)]?.filing.excuse).toMatchObject({ lapsed: true });
  });

  it('is asked again by what changes while it works', async () => {
    await organisationOf(records, '2025-01-01');
    const change = () => keepSince(records, { since: '2026-01-01' }, '2026-03-02T15:00:02.000Z');
    await expectAt(
      interrupted(records, call => call.includes('filings-worked-out') && call.startsWith('commit'), change),
    );
    expect(await listed(records, toExpect)).toHaveLength(1);
    await expectAt(records);
    expect((await worldOf(records))[ofYear(2025)]?.filing.excuse).toMatchObject({ lapsed: true });
    expect(await listed(records, toExpect)).toEqual([]);
  });

  it('leaves nothing out and makes nothing twice, wherever it breaks off', async () => {
    let n = 0;
    for (let isOver = false; !isOver; ) {
      n++;
      for (const mode of ['before', 'after'] as const) {
        const own = await open();
        await organisationOf(own.records, '2025-01-01');
        const faulty = failingAt({ records: own.records, blobs: noBlobs }, n, mode);
        await expectFilings(servicesAt(faulty.records)).catch(error => {
          if (!(error instanceof InjectedFault)) throw error;
        });
        isOver = faulty.failed.call === undefined;
        await expectAt(own.records);
        const world = await worldOf(own.records);
        expect(Object.keys(world).sort(), `${mode} call ${n}`).toEqual(all);
        for (const { events } of Object.values(world)) expect(events).toEqual(['expectFilings']);
        expect((await listsOf(own.records)).open).toHaveLength(4);
        expect(await listed(own.records, toExpect)).toEqual([]);
        own.close();
      }
    }
    // Reading, each of four filings, and the note that it is done.
    expect(n).toBeGreaterThan(10);
  });

  it('comes to the same when several run at once, and settings change meanwhile', async () => {
    for (let round = 0; round < 3; round++) {
      const own = await open();
      await organisationOf(own.records, '2025-01-01');
      const slow = () => expectFilings(servicesAt(dawdling({ records: own.records, blobs: noBlobs }, 4).records));
      const change = async () => {
        await keepSince(own.records, { since: '2026-01-01' }, '2026-03-02T15:00:03.000Z');
        await slow();
      };
      await Promise.all([slow(), slow(), change(), slow()]);
      // Whoever knew less gave way or left the row.
      await expectAt(own.records);
      const world = await worldOf(own.records);
      const owed = Object.keys(world).filter(id => world[id]?.filing.excuse === null);
      expect(owed.sort()).toEqual([ofReport(2026), ofReport(2027)]);
      for (const { events } of Object.values(world)) expect(events.length).toBeLessThanOrEqual(2);
      own.close();
    }
  });
});
