/** Reads public lists of disclosures across the years of publication, the newest first. */
import type { Instant } from '../../shared/core/calendar.ts';
import {
  type Catalogue,
  catalogueKey,
  emptyCatalogue,
  lists,
  upTo,
  yearOf,
  yearsBefore,
} from '../../shared/core/disclosureLists.ts';
import type { Category } from '../../shared/core/disclosures.ts';
import { listPartition } from '../../shared/core/records.ts';
import { decodeCursor, encodeCursor, notOfThisList } from '../../shared/http/cursor.ts';
import { readPage } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { type PresentedEntry, presentEntry } from './present.ts';

export interface Wanted {
  readonly category?: Category | undefined;
  /** A calendar year that the disclosure is about. */
  readonly period?: number | undefined;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** Years with few disclosures are read several at once, so that a page waits for few answers. */
const yearsAtOnce = 4;

/** A page ends short after so many times, whatever years a cursor names: nobody can ask for more work than that. */
const maxBatches = 4;

export interface EntryPage {
  readonly items: PresentedEntry[];
  readonly next: string | null;
}

/**
 * One page of what is public at that moment. It costs one query; a page that goes on into earlier years costs one read of the
 * catalogue besides, to learn which years there are, and the queries for those years.
 */
export async function readDisclosures(records: RecordStore, wanted: Wanted, now: Instant): Promise<EntryPage> {
  return wanted.period === undefined
    ? readByYears(records, wanted, now)
    : readByPeriod(records, wanted, wanted.period, now);
}

async function readByPeriod(records: RecordStore, wanted: Wanted, period: number, now: Instant): Promise<EntryPage> {
  const { items, next } = await readPage(records, {
    partition: listPartition(lists.period(period)),
    upTo: upTo(now),
    order: 'descending',
    limit: wanted.limit,
    cursor: wanted.cursor,
    keep: item => wanted.category === undefined || item.data.category === wanted.category,
  });
  return { items: items.map(presentEntry), next };
}

/** The cursor names the year, the place in it, and the years that come after it once they are known. */
async function readByYears(records: RecordStore, wanted: Wanted, now: Instant): Promise<EntryPage> {
  const list = `disclosures#${wanted.category ?? ''}`;
  const cursorAt = (...place: string[]) => encodeCursor(list, place);
  const [yearText = String(yearOf(now)), after = start, laterText = unknown] =
    decodeCursor(list, wanted.cursor, 3) ?? [];
  const first = toYear(yearText)[0] ?? refuse();
  let later = laterText === unknown ? undefined : laterText.split(' ').flatMap(toYear);
  let batch = [await readYear(first, after)];
  const items: PresentedEntry[] = [];
  for (let batches = 1; ; batches++) {
    for (const [index, page] of batch.entries()) {
      const room = wanted.limit - items.length;
      items.push(...page.items.slice(0, room).map(presentEntry));
      if (items.length < wanted.limit) continue;
      const unread = batch.slice(index + 1).map(({ year }) => year);
      const last = page.items[room - 1];
      if (last !== undefined && (page.items.length > room || page.next !== null)) {
        const known = later === undefined ? unknown : yearsText([...unread, ...later]);
        return { items, next: cursorAt(String(page.year), last.key.sort, known) };
      }
      later ??= await yearsThere();
      return { items, next: fromStartOf([...unread, ...later]) };
    }
    later ??= await yearsThere();
    if (later.length === 0 || batches === maxBatches) return { items, next: fromStartOf(later) };
    batch = await Promise.all(later.slice(0, yearsAtOnce).map(year => readYear(year, start)));
    later = later.slice(yearsAtOnce);
  }

  async function yearsThere(): Promise<number[]> {
    return yearsBefore(await readCatalogue(records), first, wanted.category, now);
  }

  function fromStartOf([next, ...rest]: readonly number[]): string | null {
    return next === undefined ? null : cursorAt(String(next), start, yearsText(rest));
  }

  async function readYear(year: number, from: string) {
    const { category } = wanted;
    const partition = listPartition(category === undefined ? lists.year(year) : lists.category(category, year));
    const page = await readPage(records, {
      partition,
      upTo: upTo(now),
      order: 'descending',
      limit: wanted.limit,
      cursor: from === start ? undefined : encodeCursor(partition, [from]),
    });
    return { year, ...page };
  }
}

export async function readCatalogue(records: RecordStore): Promise<Catalogue> {
  const item = await records.get(catalogueKey);
  return (item?.data as unknown as Catalogue | undefined) ?? emptyCatalogue;
}

const refuse = () => {
  throw notOfThisList();
};
const start = 'start';
const unknown = 'unknown';
const none = 'none';
const yearsText = (years: readonly number[]) => (years.length === 0 ? none : years.join(' '));
const toYear = (text: string) => (/^[12]\d{3}$/.test(text) ? [Number(text)] : []);
