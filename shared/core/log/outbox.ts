/** What is written besides with every commit, so that nothing is in the book that will not be in the log. */
import { isDeepStrictEqual } from 'node:util';
import type { Item, JsonObject, Write } from '../../ports/recordStore.ts';
import type { Instant } from '../calendar.ts';
import { type BookEvent, eventPrefix, listPartition, partKey, recordKey, rowKey } from '../records.ts';
import { publicFormOf } from './publicForms.ts';

/** Events that stand in no log yet, in the order in which they came to be. */
export const unsealedList = 'unsealed';
export const unsealedPartition = listPartition(unsealedList);

/** What the book says of a record to everybody from then on, sealed for itself: so it is shown without who did what, and when, before. */
export interface Statement {
  readonly at: Instant;
  readonly record: BookEvent['record'];
  readonly content: JsonObject;
}

/** Beside the record: a text and the statement that repeats it may together be more than one item holds. */
export const statementKey = ({ kind, id, version }: BookEvent['record']) =>
  partKey(kind, id, `statement#${String(version).padStart(10, '0')}`);

/** Beside the record: which of its statements is the latest, and where that stands in the log. */
export const statedKey = ({ kind, id }: Pick<BookEvent['record'], 'kind' | 'id'>) => partKey(kind, id, 'stated');

/** Its item's version is twice that of the record, and one more when it is sealed: so sealing conflicts with what is said meanwhile. */
export interface Stated {
  /** Of the record. */
  readonly version: number;
  /** Null while it waits to be sealed. */
  readonly index: number | null;
}

/** The same commit, with a row for each of its events on the list of what is to be sealed. */
export function withOutbox(writes: readonly Write[]): Write[] {
  const records = new Map(writes.flatMap(write => ('put' in write ? [[nameOf(write.put), write.put] as const] : [])));
  return writes.flatMap((write): Write[] => {
    if (!('put' in write) || !isEvent(write.put)) return [write];
    const event = write.put.data as unknown as BookEvent;
    const { kind, id } = event.record;
    const record = records.get(nameOf({ key: recordKey(kind, id) }));
    const statement = record === undefined ? null : statementOf(event, record.data);
    const row: Item = { key: rowKey(unsealedList, event.id), version: 1, data: event.record };
    return [write, { put: row, expect: 'absent' }, ...(statement === null ? [] : statementWrites(statement))];
  });
}

function statementWrites(statement: Statement): Write[] {
  const { version } = statement.record;
  const stated: Stated = { version, index: null };
  const content = statement as unknown as JsonObject;
  return [
    { put: { key: statementKey(statement.record), version: 1, data: content }, expect: 'absent' },
    // It follows its record, whose version is expected.
    { put: { key: statedKey(statement.record), version: 2 * version, data: { ...stated } }, expect: 'any' },
  ];
}

/** Null when nobody is told anything new. */
function statementOf(event: BookEvent, after: JsonObject): Statement | null {
  const content = publicFormOf(event.record.kind, after);
  if (content === null) return null;
  const before = Object.fromEntries(
    Object.entries(after).map(([field, value]) => [
      field,
      event.changes.find(one => one.field === field)?.from ?? value,
    ]),
  );
  const isNew = event.record.version === 1;
  if (!isNew && isDeepStrictEqual(publicFormOf(event.record.kind, before), content)) return null;
  return { at: event.at, record: event.record, content };
}

export const isEvent = ({ key }: Item) => key.table === 'records' && key.sort.startsWith(eventPrefix);
const nameOf = ({ key }: Pick<Item, 'key'>) => `${key.table}\n${key.partition}\n${key.sort}`;
