// A book that is older than its log: sealed later, it says the same as if every commit had been sealed at once.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backfill } from '../../../../functions/sequence/backfill.ts';
import { sequence } from '../../../../functions/sequence/sequence.ts';
import { sealingRecordStore } from '../../../../shared/adapters/sealingRecordStore.ts';
import { introductionOf } from '../../../../shared/core/log/keys.ts';
import { statedKey, statementKey } from '../../../../shared/core/log/outbox.ts';
import { backfillKey, type EventName } from '../../../../shared/core/log/sequencing.ts';
import { organisationId } from '../../../../shared/core/organisation.ts';
import { changeRecord, type RecordKind, type Stored } from '../../../../shared/core/records.ts';
import type { RecordStore, Write } from '../../../../shared/ports/recordStore.ts';
import { checkLog, checkSealed } from '../../../support/logCheck.ts';
import { newKey, openOnFiles, removeFolder, servicesOf } from '../../../support/sequenced.ts';
import { chance, failingAtRandom, InjectedFault } from '../../../support/sequencerFaults.ts';

interface Step {
  readonly record: number;
  readonly isPublic: boolean;
  readonly versions: number;
  readonly title: string;
  readonly disposed: boolean;
  readonly day: number;
}

/** Documents are said something of while they are public; people never. */
const steps = fc.array(
  fc.record({
    record: fc.nat(7),
    isPublic: fc.boolean(),
    versions: fc.nat(2),
    title: fc.constantFrom('The first', 'The second'),
    disposed: fc.boolean(),
    // Clocks may differ by days: events of a record need not be listed in the order of its versions.
    day: fc.nat(100),
  }),
  { minLength: 1, maxLength: 40 },
);

/** @param sealFrom the commits from there on are sealed at once, those before are not. */
async function write(records: RecordStore, history: readonly Step[], sealFrom: number): Promise<EventName[]> {
  const known = new Map<string, Stored<object>>();
  const names: EventName[] = [];
  const put = async (kind: RecordKind, id: string, after: object, day: number, place: number) => {
    const at = new Date(Date.UTC(2026, 0, 15 + day)).toISOString();
    const act = { operation: 'test', by: null, at, eventId: `event-${String(place).padStart(6, '0')}` };
    const { stored, writes } = changeRecord(kind, id, known.get(id), after, act);
    known.set(id, stored);
    if (writes.length === 0) return;
    await (place < sealFrom ? records : sealingRecordStore(records)).commit(writes as Write[]);
    names.push({ kind, id, version: stored.version });
  };
  await put('organisation', organisationId, { history: [] }, 0, 0);
  for (const [place, { record, isPublic, versions, title, disposed, day }] of history.entries()) {
    const facts = { title, review: null, language: title === 'The first' ? null : 'en' };
    const disposal = disposed ? { executedAt: '2026-01-01T00:00:00.000Z' } : null;
    const data = { facts, access: isPublic ? 'public' : 'members', versions, disposal };
    await put(record < 5 ? 'document' : 'person', `record-${record}`, data, day, place + 1);
  }
  return names;
}

const said = async (records: RecordStore, names: readonly EventName[]) =>
  Promise.all(
    names.map(async name => [
      (await records.get(statementKey(name)))?.data,
      (await records.get(statedKey(name)))?.data.version,
    ]),
  );

const keys = [newKey()];
const now = () => new Date('2026-06-01T00:00:00.000Z');

describe('a book that was written without a log', () => {
  it('comes to the same statements as one that was sealed from the beginning, through any faults', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(), fc.nat(40), async (history, seed, sealFrom) => {
        const [sealed, old] = [openOnFiles(), openOnFiles()];
        try {
          const names = await write(sealed.records, history, 0);
          await write(old.records, history, sealFrom);
          const next = chance(seed);
          const services = servicesOf(old, keys, { now });
          for (let isDone = false; !isDone; ) {
            isDone = await sequence(failingAtRandom(services, next, () => 0.02)).then(
              () => true,
              error => {
                if (error instanceof InjectedFault) return false;
                throw error;
              },
            );
          }
          expect(await said(old.records, names)).toEqual(await said(sealed.records, names));
          const { entries } = await checkLog(old.store, keys[0]?.key as never);
          await checkSealed(old.records, entries, [...names, ...keys.map(({ key }) => introductionOf(key))]);
        } finally {
          for (const { folder, close } of [sealed, old]) {
            close();
            removeFolder(folder);
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  it('is looked through once', async () => {
    const place = openOnFiles();
    await write(
      place.records,
      [{ record: 0, isPublic: true, versions: 1, title: 'The first', disposed: false, day: 40 }],
      100,
    );
    await sequence(servicesOf(place, keys, { now }));
    const done = await place.records.get(backfillKey);
    expect(done?.data.pass).toBe('done');
    let calls = 0;
    const records = new Proxy(place.records, {
      get: (target, property: keyof RecordStore) => (argument: never) => {
        calls++;
        return (target[property] as (asked: never) => Promise<unknown>)(argument);
      },
    });
    await sequence(servicesOf({ ...place, records }, keys, { now }));
    // How it stands, how many have a place, and what waits.
    expect(calls).toBe(3);
    place.close();
    removeFolder(place.folder);
  });

  it('is looked through by two at once', async () => {
    const history = Array.from({ length: 150 }, (_, index) => ({
      ...{
        record: index % 8,
        isPublic: index % 3 > 0,
        versions: 1,
        title: 'The first',
        disposed: index % 2 > 0,
        day: index % 90,
      },
    }));
    const [sealed, old] = [openOnFiles(), openOnFiles()];
    const names = await write(sealed.records, history, 0);
    await write(old.records, history, 1000);
    await Promise.all([1, 2, 3].map(() => backfill(servicesOf(old, keys, { now }))));
    await sequence(servicesOf(old, keys, { now }));
    expect(isDeepStrictEqual(await said(old.records, names), await said(sealed.records, names))).toBe(true);
    for (const { folder, close } of [sealed, old]) {
      close();
      removeFolder(folder);
    }
  });
});
