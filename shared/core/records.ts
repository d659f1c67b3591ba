/** How a record, its events and the rows that list it are laid out in the store, and how a change to them is written. */
import { isDeepStrictEqual } from 'node:util';
import type { Expectation, Item, Json, JsonObject, Key, Write } from '../ports/recordStore.ts';
import type { Instant } from './calendar.ts';

export const recordKinds = [
  'organisation',
  'body',
  'person',
  'seat',
  'disclosure',
  'document',
  'upload',
  'retrieval',
  'hold',
  'retention-schedule',
  'rulebook',
  'resolution',
  'ballot',
  'recusal',
  'proxy',
  'declaration',
  'meeting',
  'attendance',
  'minutes',
  'calendar-address',
  'compliance',
  'obligation',
  'fiscal-year',
  'filing',
  'return',
  'copy-request',
  'policy',
  'support',
  'log-key',
] as const;
export type RecordKind = (typeof recordKinds)[number];

/** What happened to one record: written in the same commit as the change itself, never altered. */
export interface BookEvent {
  readonly id: string;
  readonly at: Instant;
  /** The person who acted; null when the book was founded, and for what the system does by itself. */
  readonly by: string | null;
  /** The operation of the contract that made the change, or `found`. */
  readonly operation: string;
  readonly record: { readonly kind: RecordKind; readonly id: string; readonly version: number };
  readonly reason: string | null;
  /** The fields that differ, with their value before and after; a missing value is null. */
  readonly changes: readonly FieldChange[];
  /** Fields whose values were in it and were erased. */
  readonly erased?: readonly string[];
}

export interface FieldChange {
  readonly field: string;
  readonly from: Json;
  readonly to: Json;
}

/** A record as it was read: its data and the version to expect when writing. */
export interface Stored<Data> {
  readonly id: string;
  readonly version: number;
  readonly data: Data;
}

/** Who acts, when, by which operation; `eventId` is a new UUIDv7. */
export interface Act {
  readonly operation: string;
  readonly by: string | null;
  readonly at: Instant;
  readonly eventId: string;
}

/** The same act on another record in the same commit: its event has an identifier of its own. @param place from 1; each once. */
export function actBeside(act: Act, place: number): Act {
  // The last digits of a UUIDv7 are random.
  const digits = (BigInt(`0x${act.eventId.slice(-12)}`) + BigInt(place)) % 2n ** 48n;
  return { ...act, eventId: act.eventId.slice(0, -12) + digits.toString(16).padStart(12, '0') };
}

/** A record after a change, and what has to be committed for it. */
export interface Change<Data> {
  readonly stored: Stored<Data>;
  readonly writes: readonly Write[];
}

const partitionOf = (kind: RecordKind, id: string) => `${kind}#${id}`;

export function recordKey(kind: RecordKind, id: string): Key {
  return { table: 'records', partition: partitionOf(kind, id), sort: 'record' };
}

/** Events stand beside their record, in the order of its versions. */
export const eventPrefix = 'event#';

export function eventKey(kind: RecordKind, id: string, version: number): Key {
  return {
    table: 'records',
    partition: partitionOf(kind, id),
    sort: `${eventPrefix}${String(version).padStart(10, '0')}`,
  };
}

/** Something else that belongs to one record and stands in its partition, such as an earlier edition. */
export function partKey(kind: RecordKind, id: string, part: string): Key {
  return { table: 'records', partition: partitionOf(kind, id), sort: part };
}

/** The partition in which the rows of a list stand. */
export const listPartition = (list: string) => `list#${list}`;

/** A row of a list; `sort` is its place. */
export function rowKey(list: string, sort: string): Key {
  return { table: 'records', partition: listPartition(list), sort };
}

/** An item that leads from something unique, such as an e-mail address, to a record, and keeps it unique. */
export function pointerKey(from: string, value: string): Key {
  return { table: 'records', partition: `${from}#${value}`, sort: 'pointer' };
}

/** The terms of all administrators: seating and ending them conflict here, so that one always remains. */
export const administratorsKey: Key = pointerKey('place', 'administrators');

/** The record in a stored item. The data was validated when it was written. */
export function stored<Data>(id: string, item: Item): Stored<Data> {
  return { id, version: item.version, data: item.data as unknown as Data };
}

/**
 * Writes a record, its event, and the event's row on the list of all events: a new one when `before` is undefined, else the version after `before`.
 *
 * `Data` must be plain JSON. When nothing differs there is nothing to record: the version stays and no write is needed.
 */
export function changeRecord<Data extends object>(
  kind: RecordKind,
  id: string,
  before: Stored<Data> | undefined,
  after: Data,
  act: Act,
  reason: string | null = null,
): Change<Data> {
  const changes = differences((before?.data ?? {}) as JsonObject, after as JsonObject);
  if (before !== undefined && changes.length === 0) return { stored: before, writes: [] };
  const version = (before?.version ?? 0) + 1;
  const event: BookEvent = {
    id: act.eventId,
    at: act.at,
    by: act.by,
    operation: act.operation,
    record: { kind, id, version },
    reason,
    changes,
  };
  const expect: Expectation = before === undefined ? 'absent' : { version: before.version };
  return {
    stored: { id, version, data: after },
    writes: [
      { put: { key: recordKey(kind, id), version, data: after as JsonObject }, expect },
      { put: { key: eventKey(kind, id, version), version: 1, data: event as unknown as JsonObject }, expect: 'absent' },
      { put: eventRow(event), expect: 'absent' },
    ],
  };
}

/** The list of all events of the book, by the month in which they happened (UTC), such as `2024-02`. */
export const eventList = (month: string) => `events#${month}`;

/** Tells that there was an event, and of which record; what changed stands in the event itself. */
function eventRow({ changes, ...told }: BookEvent): Item {
  const key = rowKey(eventList(told.at.slice(0, 7)), `${told.at}#${told.id}`);
  return { key, version: 1, data: told as unknown as JsonObject };
}

/** The top-level fields that differ between two records. */
export function differences(before: JsonObject, after: JsonObject): FieldChange[] {
  const valueIn = (record: JsonObject, field: string) =>
    Object.hasOwn(record, field) ? (record[field] ?? null) : null;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map(field => ({ field, from: valueIn(before, field), to: valueIn(after, field) }))
    .filter(({ from, to }) => !isDeepStrictEqual(from, to));
}

/** Writes an item that is no record over the one that was read, which must not have changed since; a new one if none was. */
export function replaceItem(key: Key, read: Item | undefined, data: JsonObject, expiresAt?: number): Write {
  const version = (read?.version ?? 0) + 1;
  return {
    put: { key, version, data, ...(expiresAt === undefined ? {} : { expiresAt }) },
    expect: read === undefined ? 'absent' : { version: read.version },
  };
}

/** The rows a list loses and gains when a record changes. Rows carry no expectation: they follow their record, which has one. */
export function moveRows(before: readonly Row[], after: readonly Row[]): Write[] {
  const kept = new Set(after.map(row => JSON.stringify(row.key)));
  return [
    ...before
      .filter(row => !kept.has(JSON.stringify(row.key)))
      .map((row): Write => ({ remove: row.key, expect: 'any' })),
    ...after.map((row): Write => ({ put: { key: row.key, version: 1, data: row.card }, expect: 'any' })),
  ];
}

/** A row of a list, with what the list shows of the record. */
export interface Row {
  readonly key: Key;
  readonly card: JsonObject;
}
