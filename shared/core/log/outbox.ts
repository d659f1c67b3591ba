/** What is written besides with every commit, so that nothing is in the book that will not be in the log. */
import { isDeepStrictEqual } from 'node:util';
import type { Item, JsonObject, Key, Write } from '../../ports/recordStore.ts';
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

/** Statements stand beside their record, in the order of its versions: a text and the statement that repeats it may together be more than one item holds. */
export const statementPrefix = 'statement#';
export const statementKey = ({ kind, id, version }: BookEvent['record']) =>
  partKey(kind, id, `${statementPrefix}${String(version).padStart(10, '0')}`);

/** Beside the record: which of its statements is the latest, and where that stands in the log. */
export const statedKey = ({ kind, id }: Pick<BookEvent['record'], 'kind' | 'id'>) => partKey(kind, id, 'stated');

/** Its item's version is twice that of the record, and one more when it is sealed: so sealing conflicts with what is said meanwhile. */
export interface Stated {
  /** Of the record. */
  readonly version: number;
  /** Null while it waits to be sealed. */
  readonly index: number | null;
}

/** A row of the list: which event it is. */
export interface Unsealed {
  readonly kind: BookEvent['record']['kind'];
  readonly id: string;
  readonly version: number;
  /** Whether something is said in public with it. */
  readonly isStated: boolean;
}

export const unsealedKey = (eventId: string): Key => rowKey(unsealedList, eventId);

export function unsealedRow({ id, record }: Pick<BookEvent, 'id' | 'record'>, isStated: boolean): Item {
  const data: Unsealed = { ...record, isStated };
  return { key: unsealedKey(id), version: 1, data: { ...data } };
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
    const row = unsealedRow(event, statement !== null);
    const said =
      statement !== null ? statementWrites(statement) : record === undefined ? [] : retraction(event, record.data);
    return [write, { put: row, expect: 'absent' }, ...said];
  });
}

function statementWrites(statement: Statement): Write[] {
  return [
    statementWrite(statement),
    // It follows its record, whose version is expected.
    { put: statedItem(statement.record), expect: 'any' },
  ];
}

export const statementWrite = (statement: Statement): Write => ({
  put: { key: statementKey(statement.record), version: 1, data: statement as unknown as JsonObject },
  expect: 'absent',
});

/** That a statement is the latest, and waits to be sealed. */
export function statedItem(name: BookEvent['record']): Item {
  const stated: Stated = { version: name.version, index: null };
  return { key: statedKey(name), version: 2 * name.version, data: { ...stated } };
}

/**
 * What is said in public with an event; null when nobody is told anything new.
 * @param after what the record held from then on.
 */
export function statementOf(event: BookEvent, after: JsonObject): Statement | null {
  const { kind, version } = event.record;
  const content = publicFormOf(kind, after);
  if (content === null) return null;
  if (version > 1 && isDeepStrictEqual(publicFormOf(kind, dataBefore(event, after)), content)) return null;
  return { at: event.at, record: event.record, content };
}

/** What is meant for everybody no more is proven no more: nobody is led to a statement that nobody is shown. */
function retraction(event: BookEvent, after: JsonObject): Write[] {
  const { kind, version } = event.record;
  if (version === 1 || publicFormOf(kind, after) !== null) return [];
  const before = publicFormOf(kind, dataBefore(event, after));
  return before === null ? [] : [{ remove: statedKey(event.record), expect: 'any' }];
}

/** What a record held before an event. What was missing then is null. */
export const dataBefore = ({ changes }: BookEvent, after: JsonObject): JsonObject => ({
  ...after,
  ...Object.fromEntries(changes.map(({ field, from }) => [field, from])),
});

export const isEvent = ({ key, version }: Item) =>
  key.table === 'records' && key.sort.startsWith(eventPrefix) && version === 1;
const nameOf = ({ key }: Pick<Item, 'key'>) => `${key.table}\n${key.partition}\n${key.sort}`;
