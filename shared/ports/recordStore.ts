/** The book's records, their events and the rows that list them. */

/**
 * JSON, with keys that are undefined left out when stored. It must fit DynamoDB: 31 levels of objects and arrays at most,
 * no empty names, well-formed text, and numbers that are zero or from 1e-130 to 9.99e125 in magnitude.
 */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };
export type JsonObject = { readonly [name: string]: Json | undefined };

/**
 * `records` is kept for ever, with point-in-time recovery. `expiring` forgets an item some time after its `expiresAt`
 * (on DynamoDB up to days later), so a reader compares `expiresAt` itself. What is removed from `expiring` cannot be recovered:
 * the table has no copies, and SQLite overwrites it in its files. `log` is how the transparency log stands, kept as `records` are.
 */
export const tableNames = ['records', 'expiring', 'log'] as const;
export type Table = (typeof tableNames)[number];

/** Where an item stands. Both parts are non-empty UTF-8 of at most 2,048 (partition) and 1,024 (sort) bytes. */
export interface Key {
  readonly table: Table;
  readonly partition: string;
  readonly sort: string;
}

/** One stored item; `version` counts from 1 and grows by one with every write. */
export interface Item {
  readonly key: Key;
  readonly version: number;
  readonly data: JsonObject;
  /** Unix time in seconds; only in the table `expiring`. */
  readonly expiresAt?: number;
}

/** What must be true of the stored item for a write to be made: absent, at exactly this version, or anything. */
export type Expectation = 'absent' | 'any' | { readonly version: number };

/**
 * A put stores `item.data` under `item.version`; the writer numbers versions itself, one after the version it expects.
 * A remove deletes the item; a check writes nothing and only demands.
 */
export type Write =
  /** `forgets`: what stood there before is to be gone from disk as well, where a file keeps it. */
  | { readonly put: Item; readonly expect: Expectation; readonly forgets?: true }
  | { readonly remove: Key; readonly expect: Expectation }
  | { readonly check: Key; readonly expect: Exclude<Expectation, 'any'> };

/** A range of one partition, ordered by the UTF-8 bytes of the sort key; no bound may be an empty string. */
export interface Query {
  readonly table: Table;
  readonly partition: string;
  /** Only sort keys that begin with this. */
  readonly prefix?: string;
  /** Only sort keys at or before this one (bytewise). Applies within the prefix. */
  readonly upTo?: string;
  /** Continue behind this sort key, in the direction of `order`; it need not exist any more. */
  readonly after?: string;
  readonly order: 'ascending' | 'descending';
  /** From 1 to 1,000 items. */
  readonly limit: number;
}

export interface Page {
  readonly items: readonly Item[];
  /** True when more items of the range stood behind the last one at the time of reading. */
  readonly more: boolean;
}

/**
 * Where the book is kept.
 *
 * Every read sees every commit that was acknowledged before the read began. A query is not one moment's view: of
 * a commit made meanwhile it may show some writes only. An item that is there during a whole walk over pages, or within one,
 * is returned exactly once. All methods retry throttling and network faults themselves, and let faults that remain pass
 * through. What DynamoDB would not store is refused by every store, before anything is sent, as a TypeError or RangeError.
 */
export interface RecordStore {
  /** The item, or undefined when there is none. */
  get(key: Key): Promise<Item | undefined>;

  /** The items under up to 100 distinct keys, in the order of the keys, undefined where there is none. Not one moment's view. */
  getMany(keys: readonly Key[]): Promise<readonly (Item | undefined)[]>;

  query(query: Query): Promise<Page>;

  /**
   * Applies all writes or none: 1 to 100 of them, each to another key, 4 MB at most together.
   *
   * Durable when it resolves. It never retries a conflict, and it never takes its own retry for one. After any error but
   * those below the outcome is unknown: it may have been applied, or may be yet.
   * @throws {VersionConflictError} an expectation did not hold; nothing was written. Read again and decide again.
   * @throws {BusyError} other commits kept holding the same items; nothing was written. The same commit may be tried again.
   * @throws {ItemTooLargeError} an item is over 400 KB, or all together over 4 MB; nothing was written.
   */
  commit(writes: readonly Write[]): Promise<void>;
}
