/** How operations read records and lists. */
import { dateIn, type Instant, type PlainDate } from '../core/calendar.ts';
import { type Organisation, organisationId, timeZoneOf } from '../core/organisation.ts';
import { type RecordKind, recordKey, type Stored, stored } from '../core/records.ts';
import { NotFoundError, PreconditionFailedError } from '../errors.ts';
import type { Item, Query, RecordStore } from '../ports/recordStore.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

/** @throws {NotFoundError} */
export async function readRecord<Data>(records: RecordStore, kind: RecordKind, id: string): Promise<Stored<Data>> {
  const item = await records.get(recordKey(kind, id));
  if (item === undefined) throw new NotFoundError();
  return stored<Data>(id, item);
}

/** The records of one kind that there are, by their id. One read for every hundred. */
export async function readEach<Data>(
  records: RecordStore,
  kind: RecordKind,
  ids: readonly string[],
): Promise<Map<string, Data>> {
  const unique = [...new Set(ids)];
  const found = new Map<string, Data>();
  for (let from = 0; from < unique.length; from += 100) {
    const some = unique.slice(from, from + 100);
    const items = await records.getMany(some.map(id => recordKey(kind, id)));
    for (const [index, id] of some.entries()) {
      const item = items[index];
      if (item !== undefined) found.set(id, item.data as unknown as Data);
    }
  }
  return found;
}

/** @throws {PreconditionFailedError} the record is not at the version that the caller read. */
export function expectVersion(record: Stored<unknown>, expected: number): void {
  if (record.version !== expected) throw new PreconditionFailedError();
}

/** The date it is where the organisation is. @throws {NotFoundError} the book has not been founded. */
export async function readToday(records: RecordStore, now: Instant): Promise<PlainDate> {
  const organisation = await readRecord<Organisation>(records, 'organisation', organisationId);
  return dateIn(timeZoneOf(organisation.data, now), now);
}

export interface ListRequest {
  /** The name of a list, or the partition of a record. */
  readonly partition: string;
  readonly prefix?: string;
  readonly upTo?: string;
  readonly order: 'ascending' | 'descending';
  readonly limit: number;
  readonly cursor: string | undefined;
  /** Leaves out what the caller did not ask for. */
  readonly keep?: (item: Item) => boolean;
  /** Set for lists of items that may be large: ends a page early, before an answer grows past what a function may return. */
  readonly large?: boolean;
}

/** A Lambda function answers 6 MB at most; JSON of this many characters, with three bytes each, is below it. */
const largePage = { characters: 1_500_000, itemsAtOnce: 10 };

/** One page of one partition, and the cursor of the next page, if anything is on it. Costs one query unless `keep` leaves items out. */
export async function readPage(
  records: RecordStore,
  request: ListRequest,
): Promise<{ readonly items: readonly Item[]; readonly next: string | null }> {
  const { partition, prefix, upTo, order, limit, keep, large = false } = request;
  // Where some are left out, only the next one that is not shows that there is another page.
  const atOnce = keep === undefined ? limit : limit + 1;
  const kept: Item[] = [];
  let characters = 0;
  const isFull = () => kept.length === limit || characters > largePage.characters;
  const cursorBehind = (items: readonly Item[]) => encodeCursor(partition, [items.at(-1)?.key.sort ?? '']);
  let [after] = decodeCursor(partition, request.cursor, 1) ?? [];
  for (;;) {
    const page = await records.query({
      table: 'records',
      partition,
      ...(prefix === undefined ? {} : { prefix }),
      ...(upTo === undefined ? {} : { upTo }),
      ...(after === undefined ? {} : { after }),
      order,
      limit: large ? Math.min(atOnce, largePage.itemsAtOnce) : atOnce,
    });
    for (const [index, item] of page.items.entries()) {
      if (keep?.(item) === false) continue;
      if (isFull()) return { items: kept, next: cursorBehind(kept) };
      kept.push(item);
      if (large) characters += JSON.stringify(item.data).length;
      if (keep !== undefined || !isFull()) continue;
      const isLast = index === page.items.length - 1 && !page.more;
      return { items: kept, next: isLast ? null : cursorBehind(kept) };
    }
    if (!page.more) return { items: kept, next: null };
    after = page.items.at(-1)?.key.sort;
  }
}

/** Everything in one range of the records, in order, page by page: for work that goes over all of it. */
export async function* allPages(
  records: RecordStore,
  range: Pick<Query, 'partition' | 'prefix' | 'upTo'>,
  limit = 100,
): AsyncGenerator<readonly Item[]> {
  for (let after: string | undefined, more = true; more; ) {
    const page = await records.query({
      table: 'records',
      ...range,
      ...(after === undefined ? {} : { after }),
      order: 'ascending',
      limit,
    });
    yield page.items;
    after = page.items.at(-1)?.key.sort;
    more = page.more;
  }
}

/** The address of the next page, from its cursor. */
export const nextOf = (next: string | null, nextAddress: (cursor: string) => string) =>
  next === null ? null : nextAddress(next);
