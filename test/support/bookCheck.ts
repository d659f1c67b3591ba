/** Reads a whole embedded book and says what in it does not fit together. */
import { DatabaseSync } from 'node:sqlite';
import { type Catalogue, emptyCatalogue, recount, rowsOf } from '../../shared/core/disclosureLists.ts';
import type { Disclosure } from '../../shared/core/disclosures.ts';
import type { BookEvent, Row } from '../../shared/core/records.ts';
import { decisionFaults, decisionLists, decisionRows, type StoredItem } from './decisionsCheck.ts';

/**
 * Every record has exactly one event a version, ending in the state it has; every disclosure, resolution and ballot stands on
 * exactly its lists; the catalogue counts what there is; every register has given each number once.
 */
export function faultsOf(file: string): string[] {
  const items = readAll(file);
  const at = new Map(items.map(item => [`${item.partition}|${item.sort}`, item]));
  const faults: string[] = [];
  const expectedRows = new Map<string, unknown>();
  let catalogue = emptyCatalogue;
  const now = new Date().toISOString();

  for (const record of items.filter(item => item.sort === 'record')) {
    const events = items.filter(item => item.partition === record.partition && item.sort.startsWith('event#'));
    const versions = events.map(event => (event.data as BookEvent).record.version).sort((a, b) => a - b);
    const wanted = Array.from({ length: record.version }, (_, index) => index + 1);
    if (versions.join() !== wanted.join())
      faults.push(`${record.partition} is at ${record.version}, its events at ${versions}`);
    for (const { data } of events) {
      const { id, at: when } = data as BookEvent;
      if (!at.has(`list#events#${when.slice(0, 7)}|${when}#${id}`))
        faults.push(`${record.partition}: an event is on no list`);
    }
    const last = events.find(event => (event.data as BookEvent).record.version === record.version)?.data as BookEvent;
    for (const { field, to } of last?.changes ?? []) {
      const is = (record.data as Record<string, unknown>)[field] ?? null;
      if (JSON.stringify(is) !== JSON.stringify(to))
        faults.push(`${record.partition}: ${field} is not what its last event says`);
    }
    const [kind = '', id = ''] = record.partition.split('#');
    for (const { key, card } of decisionRows(kind, id, record.data, at))
      expectedRows.set(`${key.partition}|${key.sort}`, card);
    if (kind !== 'disclosure') continue;
    const disclosure = record.data as Disclosure;
    for (const { key, card } of rowsOf(id, disclosure) as Row[]) expectedRows.set(`${key.partition}|${key.sort}`, card);
    catalogue = recount(catalogue, id, undefined, disclosure, now);
  }

  const rows = items.filter(
    ({ partition, sort }) =>
      decisionLists.test(partition) || (/^list#(disclosures#|drafts$)/.test(partition) && sort !== 'catalogue'),
  );
  for (const row of rows) {
    const key = `${row.partition}|${row.sort}`;
    if (JSON.stringify(row.data) !== JSON.stringify(expectedRows.get(key)))
      faults.push(`a row that should not be so: ${key}`);
    expectedRows.delete(key);
  }
  for (const key of expectedRows.keys()) faults.push(`a row is missing: ${key}`);
  const counted = at.get('list#disclosures|catalogue')?.data as Catalogue | undefined;
  if (totals(counted) !== totals(catalogue))
    faults.push(`the catalogue counts ${totals(counted)}, there are ${totals(catalogue)}`);
  return [...faults, ...decisionFaults(items, at)];
}

function totals(catalogue: Catalogue = emptyCatalogue): string {
  const settled = Object.values(catalogue.settled).flatMap(years => Object.values(years));
  const sum = (field: 'published' | 'withdrawn') => settled.reduce((total, tally) => total + tally[field], 0);
  return `${sum('published')} published, ${sum('withdrawn')} withdrawn, ${catalogue.upcoming.length} upcoming`;
}

function readAll(file: string): StoredItem[] {
  const db = new DatabaseSync(file);
  try {
    const [check] = db.prepare('pragma integrity_check').all();
    if (check?.integrity_check !== 'ok') throw new Error(`${file} is damaged`);
    const text = (value: unknown) => Buffer.from(value as Uint8Array).toString();
    return db
      .prepare('select * from records')
      .all()
      .map(row => ({
        partition: text(row.partition),
        sort: text(row.sort),
        version: Number(row.version),
        data: JSON.parse(String(row.data)),
      }));
  } finally {
    db.close();
  }
}
