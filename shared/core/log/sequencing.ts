/** How the log is kept while it grows: in which order its entries stand, and how far it is built. */
import type { Item, JsonObject, Key, Write } from '../../ports/recordStore.ts';
import type { Instant } from '../calendar.ts';
import { type BookEvent, partKey } from '../records.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { type Stated, type Statement, statedKey, type Unsealed } from './outbox.ts';
import type { Head } from './proofs.ts';
import { type Entry, entryBytes, sealOf } from './seals.ts';
import { tileWidth } from './tree.ts';

/** Names an event by the record that it is of. */
export type EventName = BookEvent['record'];

/** Beside the record: with the salts that its seals were made with, and their places in the log. Erasing it leaves the log whole. */
export const sealKey = ({ kind, id, version }: EventName) =>
  partKey(kind, id, `seal#${String(version).padStart(10, '0')}`);

/** Where something stands in the log, from 0, and the salt that it was sealed with; null once it was erased: then nobody can show any more what was sealed. */
export interface Seal {
  readonly index: number;
  /** Base64 of 32 bytes. */
  readonly salt: string | null;
}

export interface Seals {
  readonly event: Seal;
  /** Of what the book says in public from then on; null when that is nothing, or nothing new. */
  readonly statement: Seal | null;
}

const logKey = (partition: string, sort: string): Key => ({ table: 'log', partition, sort });

/** What the log is called. */
export const nameKey = logKey('log', 'name');

/** How many entries have their place. */
export const nextKey = logKey('log', 'next');

/** How far the tiles are built; what is signed is this, and nothing else. */
export const headKey = logKey('log', 'head');

/** How far the events of a book that is older than its log were put on the list of what is to be sealed. */
export const backfillKey = logKey('log', 'backfill');

/**
 * Beside the record of one of the log's keys: the proof that the log itself told of it, signed by the key before it, kept for whoever
 * trusts only that one. The data of its item is {@link Handover}.
 * @param keyId eight hexadecimal digits.
 */
export const handoverKey = (keyId: string) => partKey('log-key', keyId, 'handover');

export interface Handover {
  /** The text of a tlog-proof file, for the statement of the key's record. */
  readonly proof: string;
}

/** Entries stand in the order of the log, as many to a partition as make a bundle. */
export const entryPartition = (bundle: number) => `entries#${bundle}`;
export const entryKey = (index: number) =>
  logKey(entryPartition(Math.floor(index / tileWidth)), String(index % tileWidth).padStart(3, '0'));

/** An entry as it waits to be built into the log. */
const entryData = (entry: Entry): JsonObject => ({ entry: new TextDecoder().decode(entryBytes(entry)) });
/** An entry that is published takes its place again. */
export const entryWrite = (index: number, entry: Uint8Array): Write => ({
  put: { key: entryKey(index), version: 1, data: { entry: new TextDecoder().decode(entry) } },
  expect: 'absent',
});
export const entryIn = (data: JsonObject): Uint8Array => new TextEncoder().encode(String(data.entry));

export const headData = ({ size, root }: Head): JsonObject => ({ size, root: toBase64(root) });

/** @throws {RangeError} it is no head. */
export function headIn(data: JsonObject): Head {
  const root = fromBase64(String(data.root));
  if (typeof data.size !== 'number' || root?.length !== 32) throw new RangeError('What is stored is no head of a log.');
  return { size: data.size, root };
}

/** An event takes so many writes to get its place: with its statement that is said of the record, and without. */
const writesOf = ({ isStated }: Unsealed) => (isStated ? 5 : 3);

/** Beside the count, and within what one commit holds. */
const mostWrites = 99;

/** Parts what waits into as many as get their places in one commit each. */
export function batchesOf<Row extends { readonly data: unknown }>(rows: readonly Row[]): Row[][] {
  const batches: Row[][] = [];
  let room = 0;
  for (const row of rows) {
    const writes = writesOf(row.data as Unsealed);
    if (room < writes) {
      batches.push([]);
      room = mostWrites;
    }
    batches.at(-1)?.push(row);
    room -= writes;
  }
  return batches;
}

/** An event that waits, what is said in public with it, and new salts. */
export interface Waiting {
  /** Of the list: another version of it says that the event was changed since, as erasing does. */
  readonly row: Item;
  readonly event: BookEvent;
  readonly statement: Statement | null;
  /** True when nothing else was said of the record since. */
  readonly isLatest: boolean;
  readonly newSalt: () => Uint8Array;
}

/**
 * Gives events their places, one behind the other, once: whoever tries it a second time conflicts.
 *
 * @param next the count as it was read; undefined for a log that has none.
 * @returns what to commit, and the count behind it.
 */
export function assign(
  next: { readonly version: number; readonly size: number } | undefined,
  waiting: readonly Waiting[],
): { readonly writes: readonly Write[]; readonly size: number } {
  let size = next?.size ?? 0;
  const writes: Write[] = [];
  const place = (sealed: object, at: Instant, salt: Uint8Array): Seal => {
    const data = entryData({ at, seal: sealOf(salt, sealed) });
    writes.push({ put: { key: entryKey(size), version: 1, data }, expect: 'absent' });
    return { index: size++, salt: toBase64(salt) };
  };
  for (const { row, event, statement, isLatest, newSalt } of waiting) {
    const seals: Seals = {
      event: place(event, event.at, newSalt()),
      statement: statement && place(statement, statement.at, newSalt()),
    };
    const data = seals as unknown as JsonObject;
    writes.push({ put: { key: sealKey(event.record), version: 1, data }, expect: 'absent' });
    if (seals.statement !== null && isLatest) writes.push(statedAt(event.record, seals.statement.index));
    writes.push({ remove: row.key, expect: { version: row.version } });
  }
  if (waiting.length === 0) return { writes, size };
  const count: Write = {
    put: { key: nextKey, version: (next?.version ?? 0) + 1, data: { size } },
    expect: next === undefined ? 'absent' : { version: next.version },
  };
  return { writes: [count, ...writes], size };
}

function statedAt(name: EventName, index: number): Write {
  const { version } = name;
  const stated: Stated = { version, index };
  return {
    put: { key: statedKey(name), version: 2 * version + 1, data: { ...stated } },
    expect: { version: 2 * version },
  };
}
