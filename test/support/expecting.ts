/** The job that expects filings, on a book of its own: founded, with or without what decides about filings. */
import { v7 } from 'uuid';
import { expectFilings } from '../../functions/expect/expectFilings.ts';
import { expectAgain } from '../../shared/core/filings/expecting.ts';
import type { Compliance } from '../../shared/core/filings/figures.ts';
import { complianceId } from '../../shared/core/filings/figures.ts';
import { type Filing, filingLists } from '../../shared/core/filings/filings.ts';
import { mailingList } from '../../shared/core/mailings.ts';
import { organisationId } from '../../shared/core/organisation.ts';
import { changeRecord, eventPrefix, listPartition, recordKey, stored } from '../../shared/core/records.ts';
import { allPages } from '../../shared/http/read.ts';
import type { Item, JsonObject, RecordStore } from '../../shared/ports/recordStore.ts';
import { organisation } from './book.ts';

export const startedAt = '2026-03-02T15:00:00.000Z';

/** @param at the moment that it is. */
export const servicesAt = (records: RecordStore, at = startedAt) => ({
  records,
  now: () => new Date(at),
  newId: () => v7(),
});

export const expectAt = (records: RecordStore, at?: string) => expectFilings(servicesAt(records, at));

/** A founded organisation that keeps filings since a day; null while nobody said so. */
export async function organisationOf(records: RecordStore, since: string | null, profile = {}): Promise<void> {
  const data = { history: [{ ...organisation, ...profile, from: '2020-01-01' }] } as unknown as JsonObject;
  await records.commit([{ put: { key: recordKey('organisation', organisationId), version: 1, data }, expect: 'any' }]);
  if (since !== null) await keepSince(records, { since });
}

export async function keepSince(records: RecordStore, settings: Partial<Compliance>, at = startedAt): Promise<void> {
  const item = await records.get(recordKey('compliance', complianceId));
  const before = item === undefined ? undefined : stored<Compliance>(complianceId, item);
  const after = { since: '2024-01-01', solicitsIn: [], responsible: [], ...before?.data, ...settings };
  const act = { operation: 'updateCompliance', by: null, at, eventId: v7() };
  const { writes } = changeRecord('compliance', complianceId, before, after, act);
  await records.commit([...writes, expectAgain(at)]);
}

async function itemsOf(records: RecordStore, partition: string): Promise<Item[]> {
  const found: Item[] = [];
  for await (const items of allPages(records, { partition })) found.push(...items);
  return found;
}

export const listed = (records: RecordStore, list: string) => itemsOf(records, listPartition(list));

/** Everything that there is of filings: by identifier, the record, and the operations of its events. */
export async function worldOf(records: RecordStore) {
  const cards: Item[] = [];
  for (let year = 2018; year <= 2032; year++) cards.push(...(await listed(records, filingLists.ofYear(String(year)))));
  const world: Record<string, { readonly filing: Filing; readonly events: readonly string[] }> = {};
  for (const { data } of cards) {
    const id = String(data.id);
    const items = await itemsOf(records, `filing#${id}`);
    const record = items.find(({ key }) => key.sort === 'record');
    const events = items.filter(({ key }) => key.sort.startsWith(eventPrefix));
    world[id] = {
      filing: record?.data as unknown as Filing,
      events: events.map(event => String(event.data.operation)),
    };
  }
  return world;
}

/** All that is on lists, to compare: cards without the moment of the change. */
export async function listsOf(records: RecordStore) {
  const open = await listed(records, filingLists.open);
  const reminders = await listed(records, mailingList);
  return { open: open.map(({ key }) => key.sort), reminders: reminders.map(({ key }) => key.sort) };
}
